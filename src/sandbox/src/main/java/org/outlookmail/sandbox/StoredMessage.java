package org.outlookmail.sandbox;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * One message of a mailbox, as it was when asked for; later changes in the mailbox do not show.
 *
 * @param mailbox the address of the mailbox
 * @param folder "INBOX", "Sent Items", ...
 * @param uid the IMAP UID in that folder
 * @param received when the box took it, by the box's clock
 * @param flags IMAP flags, such as {@code \Seen}
 * @param headers in the order of the message, unfolded
 * @param size in bytes
 * @param mime the message itself, one char per byte (ISO 8859-1), so that nothing is lost
 */
public record StoredMessage(
        String mailbox,
        String folder,
        long uid,
        Instant received,
        List<String> flags,
        List<Header> headers,
        int size,
        String mime) {

    /** A header field; {@code value} is not decoded (RFC 2047). */
    public record Header(String name, String value) {}

    /** Copies the lists. */
    public StoredMessage {
        flags = List.copyOf(flags);
        headers = List.copyOf(headers);
    }

    /** The first header of that name, whatever its case. */
    public Optional<String> header(String name) {
        return headers.stream()
                .filter(header -> header.name().equalsIgnoreCase(name))
                .map(Header::value)
                .findFirst();
    }

    /** The Subject as sent, empty when there is none. */
    public String subject() {
        return header("Subject").orElse("");
    }

    /** The message's bytes. */
    public byte[] bytes() {
        return mime.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The message parsed anew; each call gives an independent object. */
    public MimeMessage mimeMessage() throws MessagingException {
        return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(bytes()));
    }
}
