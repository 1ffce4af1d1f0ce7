package org.outlookmail.sandbox.mailstore;

import com.icegreen.greenmail.imap.commands.IdRange;
import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.store.MailFolder;
import com.icegreen.greenmail.store.StoredMessage;
import jakarta.mail.Flags;
import java.io.ByteArrayOutputStream;
import java.util.Collection;
import java.util.List;
import org.outlookmail.sandbox.imap.Stored;

/**
 * A mailbox as POP3 sees it: the INBOX as it was when the session began (RFC 1939, 3), which later mail does not change.
 * For one thread; nothing must be closed.
 */
public final class Maildrop {
    private final MailFolder inbox;
    private final List<StoredMessage> messages;

    Maildrop(MailFolder inbox) {
        this.inbox = inbox;
        this.messages = inbox.getNonDeletedMessages();
    }

    /** How many messages there are. */
    public int count() {
        return messages.size();
    }

    /** The unique id of a message, the first being 1. */
    public long uid(int number) {
        return messages.get(number - 1).getUid();
    }

    /** The message with CR LF at the end of each line, the last one too, as it is sent; its length is the size that LIST names. */
    public byte[] octets(int number) {
        byte[] stored = Stored.octets(messages.get(number - 1));
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
        flag(number, Flags.Flag.SEEN);
    }

    /** Removes messages for good. */
    public void remove(Collection<Integer> numbers) {
        numbers.forEach(number -> flag(number, Flags.Flag.DELETED));
        inbox.expunge(numbers.stream().map(this::uid).map(IdRange::new).toArray(IdRange[]::new));
    }

    /** Through the folder, so that other sessions hear of it. */
    private void flag(int number, Flags.Flag flag) {
        try {
            inbox.setFlags(new Flags(flag), true, uid(number), null, false);
        } catch (FolderException goneMeanwhile) {
            System.getLogger(Maildrop.class.getName())
                    .log(System.Logger.Level.DEBUG, () -> "A message was removed by another session: " + goneMeanwhile);
        }
    }
}
