package org.outlookmail.mail.message;

import jakarta.activation.DataHandler;
import jakarta.activation.DataSource;
import jakarta.activation.FileDataSource;
import jakarta.mail.BodyPart;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimePart;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.IOException;
import java.io.InputStream;

/**
 * How large a message will at least be as it leaves, as far as that is known without reading content that may be there only
 * once. What it says may be less than the truth, never more.
 */
final class MessageSize {

    private static final int BASE64_FROM = 3;
    private static final int BASE64_TO = 4;

    private MessageSize() {}

    /** In octets; what cannot be known counts for nothing. */
    static long atLeast(Message message) {
        try {
            // Of a message in a mailbox it is the server that says it: at a price, and Exchange only about.
            return message.getFolder() == null ? ofPart(message) : 0;
        } catch (MessagingException | IOException | RuntimeException unknown) {
            return 0; // Whatever it is, sending tells.
        }
    }

    private static long ofPart(Part part) throws MessagingException, IOException {
        if (part.getSize() > 0) {
            return part.getSize(); // As it was read, or put together, so as it leaves.
        }
        DataHandler handler = part.getDataHandler();
        if (handler == null) {
            return 0;
        }
        long octets = ofSource(handler.getDataSource());
        if (octets > 0) {
            return part instanceof MimePart mime && "base64".equalsIgnoreCase(mime.getEncoding())
                    ? octets / BASE64_FROM * BASE64_TO
                    : octets;
        }
        return part.isMimeType("multipart/*") && handler.getContent() instanceof Multipart parts ? ofParts(parts) : 0;
    }

    private static long ofParts(Multipart parts) throws MessagingException, IOException {
        long octets = 0;
        for (int index = 0; index < parts.getCount(); index++) {
            BodyPart each = parts.getBodyPart(index);
            octets += ofPart(each);
        }
        return octets;
    }

    /** Of files and arrays alone, which lose nothing by it. */
    private static long ofSource(DataSource source) throws IOException {
        if (source instanceof FileDataSource file) {
            return file.getFile().length();
        }
        if (source instanceof ByteArrayDataSource array) {
            try (InputStream content = array.getInputStream()) {
                return content.available();
            }
        }
        return 0;
    }
}
