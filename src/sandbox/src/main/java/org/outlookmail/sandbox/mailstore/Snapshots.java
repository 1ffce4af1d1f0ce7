package org.outlookmail.sandbox.mailstore;

import jakarta.mail.Flags;
import jakarta.mail.Header;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.outlookmail.sandbox.StoredMessage;
import org.outlookmail.sandbox.imap.Stored;

/** Copies a message out of GreenMail. Stateless. */
final class Snapshots {
    private static final Map<Flags.Flag, String> FLAGS = flags();

    private Snapshots() {}

    private static Map<Flags.Flag, String> flags() {
        Map<Flags.Flag, String> flags = new LinkedHashMap<>();
        flags.put(Flags.Flag.ANSWERED, "\\Answered");
        flags.put(Flags.Flag.DELETED, "\\Deleted");
        flags.put(Flags.Flag.DRAFT, "\\Draft");
        flags.put(Flags.Flag.FLAGGED, "\\Flagged");
        flags.put(Flags.Flag.SEEN, "\\Seen");
        return flags;
    }

    static StoredMessage of(String mailbox, String folder, com.icegreen.greenmail.store.StoredMessage stored) {
        MimeMessage message = stored.getMimeMessage();
        try {
            byte[] octets = Stored.octets(stored);
            return new StoredMessage(
                    mailbox,
                    folder,
                    stored.getUid(),
                    stored.getReceivedDate().toInstant(),
                    names(stored.getFlags()),
                    headers(message),
                    octets.length,
                    new String(octets, StandardCharsets.ISO_8859_1));
        } catch (MessagingException e) {
            throw new IllegalStateException("A stored message cannot be read", e);
        }
    }

    private static List<String> names(Flags flags) {
        List<String> names = new ArrayList<>();
        FLAGS.forEach((flag, name) -> {
            if (flags.contains(flag)) {
                names.add(name);
            }
        });
        names.addAll(List.of(flags.getUserFlags()));
        return names;
    }

    private static List<StoredMessage.Header> headers(MimeMessage message) throws MessagingException {
        List<StoredMessage.Header> headers = new ArrayList<>();
        for (Header header : Collections.list(message.getAllHeaders())) {
            headers.add(new StoredMessage.Header(header.getName(), unfold(header.getValue())));
        }
        return headers;
    }

    private static String unfold(String value) {
        return value.replaceAll("\\r?\\n(?=[ \\t])", "");
    }
}
