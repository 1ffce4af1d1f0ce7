package org.outlookmail.mail;

import jakarta.activation.DataHandler;
import jakarta.activation.DataSource;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Properties;
import java.util.function.Supplier;

/** What the tests send. */
public final class Messages {

    private Messages() {}

    /** A short text without From. */
    public static MimeMessage text(String subject, String... recipients) throws MessagingException {
        MimeMessage message = new MimeMessage(Session.getInstance(new Properties()));
        for (String recipient : recipients) {
            message.addRecipient(Message.RecipientType.TO, new InternetAddress(recipient));
        }
        message.setSubject(subject);
        message.setText("Hello\r\n.\r\nworld");
        return message;
    }

    /** The same with an attachment of so many bytes. */
    public static MimeMessage withAttachment(String subject, int bytes, String recipient) throws MessagingException {
        return withAttachment(subject, recipient, () -> new CountedZeros(bytes));
    }

    /** The same with an attachment that fails in the way given after its first 100,000 bytes have been read. */
    static MimeMessage failing(String subject, String recipient, Fault fault) throws MessagingException {
        return withAttachment(subject, recipient, () -> new CountedZeros(100_000) {
            @Override
            int end() throws IOException {
                fault.strike();
                return -1;
            }
        });
    }

    /** What goes wrong with an attachment. */
    @FunctionalInterface
    interface Fault {
        void strike() throws IOException;
    }

    private static MimeMessage withAttachment(String subject, String recipient, Supplier<InputStream> content)
            throws MessagingException {
        MimeMessage message = text(subject, recipient);
        MimeBodyPart attachment = new MimeBodyPart();
        attachment.setDataHandler(new DataHandler(new Source(content)));
        attachment.setHeader("Content-Transfer-Encoding", "base64");
        message.setContent(new MimeMultipart(attachment));
        return message;
    }

    private record Source(Supplier<InputStream> content) implements DataSource {

        @Override
        public InputStream getInputStream() {
            return content.get();
        }

        @Override
        public OutputStream getOutputStream() {
            throw new UnsupportedOperationException();
        }

        @Override
        public String getContentType() {
            return "application/octet-stream";
        }

        @Override
        public String getName() {
            return "zeros.bin";
        }
    }

    /** So many zeros without the memory for them. */
    private static class CountedZeros extends InputStream {

        private int left;

        CountedZeros(int bytes) {
            left = bytes;
        }

        int end() throws IOException {
            return -1;
        }

        @Override
        public int read() throws IOException {
            return left-- > 0 ? 0 : end();
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (left <= 0) {
                return end();
            }
            int count = Math.min(left, length);
            Arrays.fill(target, offset, offset + count, (byte) 0);
            left -= count;
            return count;
        }
    }
}
