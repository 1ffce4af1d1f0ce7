package org.outlookmail.sandbox.mailstore;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A mailbox as POP3 sees it: the INBOX as it was when the session began (RFC 1939, 3), which later mail does not change.
 * For one thread; nothing must be closed.
 */
public final class Maildrop {
    private final MailFolder inbox;
    private final List<Map.Entry<Long, MailMessage>> messages;

    Maildrop(MailFolder inbox) {
        this.inbox = inbox;
        this.messages = new ArrayList<>(inbox.messages().entrySet());
    }

    /** How many messages there are. */
    public int count() {
        return messages.size();
    }

    /** The unique id of a message, the first being 1. */
    public long uid(int number) {
        return messages.get(number - 1).getKey();
    }

    /**
     * The message with CR LF at the end of each line, the last one too, as it is sent; its length is the size that LIST
     * names.
     */
    public byte[] octets(int number) {
        byte[] stored = messages.get(number - 1).getValue().octets();
        ByteArrayOutputStream sent = new ByteArrayOutputStream(stored.length + 64);
        byte before = 0;
        for (byte each : stored) {
            if (each == '\n' && before != '\r') {
                sent.write('\r');
            }
            sent.write(each);
            before = each;
        }
        if (before != '\n') {
            sent.writeBytes(new byte[] {'\r', '\n'});
        }
        return sent.toByteArray();
    }

    /** The message has been read. */
    public void seen(int number) {
        inbox.flag(uid(number), Set.of("\\Seen"), Set.of());
    }

    /** Removes messages for good. */
    public void remove(Collection<Integer> numbers) {
        inbox.remove(numbers.stream().map(this::uid).toList());
    }
}
