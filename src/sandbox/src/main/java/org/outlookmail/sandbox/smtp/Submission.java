package org.outlookmail.sandbox.smtp;

import jakarta.mail.MessagingException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.outlookmail.sandbox.delivery.Delivery;
import org.outlookmail.sandbox.delivery.MessageHeaders;

/**
 * What happens to a message once its content is there: the limit per minute, the right to its From, then a copy for each
 * recipient and one for Sent Items. Safe for any thread.
 */
public final class Submission {
    private final Clock clock;
    private final Delivery delivery;
    private final MessageRate rate;
    private final BooleanSupplier discard;

    /** Uses all, owns none; {@code discard} tells whether messages are counted only. */
    public Submission(Clock clock, Delivery delivery, MessageRate rate, BooleanSupplier discard) {
        this.clock = clock;
        this.delivery = delivery;
        this.rate = rate;
        this.discard = discard;
    }

    /** What the Received header tells of the connection, and the commands of the envelope. */
    record Received(String helloName, String address, String tlsVersion, String cipher, List<String> envelope) {}

    /** The reply to the end of the content. */
    record Outcome(boolean accepted, boolean throttled, String reply) {}

    /** Whether a recipient belongs to one of our domains and has no mailbox. */
    boolean isUnknownHere(String address) {
        return delivery.isUnknownHere(address);
    }

    Outcome submit(String mailbox, String sender, List<String> recipients, byte[] content, Received received) {
        MessageHeaders headers;
        try {
            headers = MessageHeaders.read(content);
        } catch (MessagingException e) {
            return new Outcome(false, false, "554 5.6.0 Corrupt message content");
        }
        Optional<String> denied = denied(mailbox, sender, headers.from());
        if (denied.isPresent()) {
            return new Outcome(
                    false,
                    false,
                    "554 5.2.252 SendAsDenied; " + mailbox + " not allowed to send as " + denied.get()
                            + "; STOREDRV.Submission.Exception:SendAsDeniedException.MapiExceptionSendAsDenied; Failed to"
                            + " process message due to a permanent exception. [Hostname=" + SmtpServer.HOST + "]");
        }
        if (!rate.admit(mailbox)) {
            return new Outcome(
                    false,
                    true,
                    "432 4.3.2 STOREDRV.ClientSubmit; sender thread limit exceeded [Hostname=" + SmtpServer.HOST + "]");
        }
        String messageId = headers.messageIdOrNew(SmtpServer.HOST);
        if (!discard.getAsBoolean()) {
            deliver(mailbox, sender, recipients, complete(content, headers, messageId, received), received);
        }
        return new Outcome(true, false, "250 2.0.0 OK " + messageId + " [Hostname=" + SmtpServer.HOST + "]");
    }

    /** What a relay takes: from a sender of one of our domains to anybody, and from anybody to one of our domains. */
    Outcome relay(String sender, List<String> recipients, byte[] content, Received received) {
        if (!delivery.isLocalDomain(sender) && !recipients.stream().allMatch(delivery::isLocalDomain)) {
            return new Outcome(
                    false, false, "550 5.7.64 TenantAttribution; Relay Access Denied [" + SmtpServer.HOST + "]");
        }
        try {
            MessageHeaders headers = MessageHeaders.read(content);
            String messageId = headers.messageIdOrNew(SmtpServer.HOST);
            if (!discard.getAsBoolean()) {
                delivery.spread(
                        sender,
                        sender,
                        recipients,
                        complete(content, headers, messageId, received),
                        received.envelope());
            }
            return new Outcome(true, false, "250 2.6.0 " + messageId + " Queued mail for delivery");
        } catch (MessagingException e) {
            return new Outcome(false, false, "554 5.6.0 Corrupt message content");
        }
    }

    /** The first address that the mailbox may not use, of the envelope's sender and those in From. */
    private Optional<String> denied(String mailbox, String sender, List<String> from) {
        List<String> used = new ArrayList<>(from);
        used.add(sender);
        return delivery.denied(mailbox, used);
    }

    private void deliver(String mailbox, String sender, List<String> recipients, byte[] mime, Received received) {
        // The sender first: an automatic answer must not be there before the copy of what it answers.
        delivery.keep(mailbox, mime);
        delivery.spread(mailbox, sender, recipients, mime, received.envelope());
    }

    private byte[] complete(byte[] content, MessageHeaders headers, String messageId, Received received) {
        String now = DateTimeFormatter.RFC_1123_DATE_TIME.format(clock.instant().atOffset(ZoneOffset.UTC));
        StringBuilder top =
                new StringBuilder("Received: from " + received.helloName() + " (" + received.address() + ") by "
                        + SmtpServer.HOST + " (127.0.0.1) with Microsoft\r\n SMTP Server (version="
                        + received.tlsVersion() + ", cipher="
                        + received.cipher() + ") id " + UUID.randomUUID() + ";\r\n " + now + "\r\n");
        if (headers.messageId().isEmpty()) {
            top.append("Message-ID: ").append(messageId).append("\r\n");
        }
        if (!headers.dated()) {
            top.append("Date: ").append(now).append("\r\n");
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream(top.length() + content.length);
        all.writeBytes(top.toString().getBytes(StandardCharsets.UTF_8));
        all.writeBytes(content);
        return all.toByteArray();
    }
}
