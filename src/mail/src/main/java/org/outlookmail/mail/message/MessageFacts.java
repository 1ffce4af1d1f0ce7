package org.outlookmail.mail.message;

import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeUtility;
import java.io.UnsupportedEncodingException;
import org.outlookmail.OneLine;

/** What a diagnosis tells of a message, as a person reads it. */
public final class MessageFacts {

    private MessageFacts() {}

    /** The bare address of the From header, or null. */
    public static String sender(Message message) {
        try {
            Address[] from = message.getFrom();
            return from != null && from.length > 0 && from[0] instanceof InternetAddress address
                    ? address.getAddress()
                    : null;
        } catch (MessagingException | RuntimeException unreadable) {
            return null;
        }
    }

    /** As a person reads it; null if there is none or it cannot be read. */
    public static String subject(Message message) {
        try {
            return OneLine.of(message.getSubject());
        } catch (MessagingException | RuntimeException unreadable) {
            return null;
        }
    }

    /** The first header of that name, as a person reads it; null if there is none or it cannot be read. */
    public static String header(Message message, String name) {
        try {
            String[] values = message.getHeader(name);
            return values == null ? null : OneLine.of(decoded(values[0]));
        } catch (MessagingException | RuntimeException unreadable) {
            return null;
        }
    }

    /** Unfolded, its encoded words (RFC 2047) read. */
    private static String decoded(String header) {
        String line = MimeUtility.unfold(header);
        try {
            return MimeUtility.decodeText(line);
        } catch (UnsupportedEncodingException unknown) {
            return line;
        }
    }
}
