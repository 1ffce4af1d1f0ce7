package org.outlookmail.sandbox.delivery;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.InternetHeaders;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The few headers that matter on the way.
 *
 * @param from the addresses in From
 * @param messageId as it stands, if it does
 * @param dated whether there is a Date
 */
public record MessageHeaders(List<String> from, Optional<String> messageId, boolean dated) {
    /**
     * Reads those of a message.
     *
     * @throws MessagingException if it has no header that can be read
     */
    public static MessageHeaders read(byte[] content) throws MessagingException {
        InternetHeaders headers = new InternetHeaders(new ByteArrayInputStream(content), true);
        return new MessageHeaders(
                addresses(headers.getHeader("From", ",")),
                Optional.ofNullable(headers.getHeader("Message-ID", null)).map(String::trim),
                headers.getHeader("Date") != null);
    }

    /** The Message-ID, or one for a message that has none. */
    public String messageIdOrNew(String host) {
        return messageId.orElseGet(() -> "<" + UUID.randomUUID() + "@" + host + ">");
    }

    private static List<String> addresses(String from) throws AddressException {
        List<String> addresses = new ArrayList<>();
        if (from != null) {
            for (InternetAddress each : InternetAddress.parseHeader(from, false)) {
                addresses.add(each.getAddress());
            }
        }
        return addresses;
    }
}
