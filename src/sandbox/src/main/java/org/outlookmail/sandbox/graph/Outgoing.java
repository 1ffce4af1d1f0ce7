package org.outlookmail.sandbox.graph;

import jakarta.mail.internet.InternetAddress;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.outlookmail.sandbox.delivery.Delivery;
import org.outlookmail.sandbox.mime.MimePart;

/** Sends messages: Graph knows no envelope, so the header says to whom. Safe for any thread. */
final class Outgoing {
    /** Larger MIME was reported to be refused with 200 instead of 202, and so it is here. */
    static final int MAX_MIME_OCTETS = 2_240_000;

    private final Clock clock;
    private final Delivery delivery;

    Outgoing(Clock clock, Delivery delivery) {
        this.clock = clock;
        this.delivery = delivery;
    }

    /** The MIME in a body of type text/plain. */
    static byte[] mime(GraphCall call) throws GraphException {
        try {
            byte[] mime = Base64.getMimeDecoder().decode(call.body());
            if (mime.length > 0) {
                return mime;
            }
        } catch (IllegalArgumentException e) {
            throw invalidBase64();
        }
        throw invalidBase64();
    }

    private static GraphException invalidBase64() {
        return GraphException.badRequest(
                "ErrorMimeContentInvalidBase64String", "Invalid base64 string for MIME content.");
    }

    /** The message with the fields that it lacks. */
    byte[] complete(String mailbox, byte[] mime) {
        MimePart part = MimePart.of(mime);
        StringBuilder top = new StringBuilder();
        if (part.header("Message-ID").isEmpty()) {
            top.append("Message-ID: <").append(UUID.randomUUID()).append("@outlook.office365.com>\r\n");
        }
        if (part.header("From").isEmpty()) {
            top.append("From: ").append(mailbox).append("\r\n");
        }
        if (part.header("Date").isEmpty()) {
            String now =
                    DateTimeFormatter.RFC_1123_DATE_TIME.format(clock.instant().atOffset(ZoneOffset.UTC));
            top.append("Date: ").append(now).append("\r\n");
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream(top.length() + mime.length);
        all.writeBytes(top.toString().getBytes(StandardCharsets.US_ASCII));
        all.writeBytes(mime);
        return all.toByteArray();
    }

    /** Refuses what the mailbox may not send; else gives the recipients. */
    List<String> checked(String mailbox, byte[] mime) throws GraphException {
        MimePart part = MimePart.of(mime);
        List<String> from = new ArrayList<>();
        MessageJson.addresses(part, "From").forEach(each -> from.add(each.getAddress()));
        if (delivery.denied(mailbox, from).isPresent()) {
            throw new GraphException(
                    403,
                    "ErrorSendAsDenied",
                    "The user account which was used to submit this request does not have the right to send mail on"
                            + " behalf of the specified sending account.");
        }
        List<String> recipients = new ArrayList<>();
        for (String header : new String[] {"To", "Cc", "Bcc"}) {
            for (InternetAddress each : MessageJson.addresses(part, header)) {
                recipients.add(each.getAddress());
            }
        }
        if (recipients.isEmpty() || recipients.stream().anyMatch(each -> each.indexOf('@') < 1)) {
            throw GraphException.badRequest("ErrorInvalidRecipients", "At least one recipient is not valid.");
        }
        return recipients;
    }

    /** Gives a message to its recipients, who do not see the Bcc. */
    void send(String mailbox, List<String> recipients, byte[] mime) {
        delivery.spread(mailbox, mailbox, recipients, MimePart.of(mime).without(Set.of("Bcc")), List.of());
    }

    /** Keeps a copy in Sent Items. */
    void keep(String mailbox, byte[] mime) {
        delivery.keep(mailbox, mime);
    }
}
