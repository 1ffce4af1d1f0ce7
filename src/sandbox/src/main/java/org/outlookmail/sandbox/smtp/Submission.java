package org.outlookmail.sandbox.smtp;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.InternetHeaders;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.outlookmail.sandbox.OutboundMessage;
import org.outlookmail.sandbox.SandboxSettings;
import org.outlookmail.sandbox.mailstore.MailStore;

/**
 * What happens to a message once its content is there: the limit per minute, the right to its From, then a copy for each
 * recipient and one for Sent Items. Safe for any thread.
 */
public final class Submission {
    private final Clock clock;
    private final MailStore store;
    private final MessageRate rate;
    private final Outbox outbox;
    private final BooleanSupplier discard;

    /** Uses all, owns none; {@code discard} tells whether messages are counted only. */
    public Submission(Clock clock, MailStore store, MessageRate rate, Outbox outbox, BooleanSupplier discard) {
        this.clock = clock;
        this.store = store;
        this.rate = rate;
        this.outbox = outbox;
        this.discard = discard;
    }

    /** What the Received header tells of the connection, and the commands of the envelope. */
    record Received(String helloName, String address, String tlsVersion, String cipher, List<String> envelope) {}

    /** The reply to the end of the content. */
    record Outcome(boolean accepted, boolean throttled, String reply) {}

    /** Whether a recipient belongs to one of our domains and has no mailbox. */
    boolean isUnknownHere(String address) {
        return store.isLocalDomain(address) && store.find(address).isEmpty();
    }

    Outcome submit(String mailbox, String sender, List<String> recipients, byte[] content, Received received) {
        Headers headers;
        try {
            headers = Headers.read(content);
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
        String messageId = headers.messageIdOrNew();
        if (!discard.getAsBoolean()) {
            deliver(mailbox, sender, recipients, complete(content, headers, messageId, received), received);
        }
        return new Outcome(true, false, "250 2.0.0 OK " + messageId + " [Hostname=" + SmtpServer.HOST + "]");
    }

    /** What a relay takes: from a sender of one of our domains to anybody, and from anybody to one of our domains. */
    Outcome relay(String sender, List<String> recipients, byte[] content, Received received) {
        if (!store.isLocalDomain(sender) && !recipients.stream().allMatch(store::isLocalDomain)) {
            return new Outcome(
                    false, false, "550 5.7.64 TenantAttribution; Relay Access Denied [" + SmtpServer.HOST + "]");
        }
        try {
            Headers headers = Headers.read(content);
            String messageId = headers.messageIdOrNew();
            if (!discard.getAsBoolean()) {
                spread(sender, sender, recipients, complete(content, headers, messageId, received), received);
            }
            return new Outcome(true, false, "250 2.6.0 " + messageId + " Queued mail for delivery");
        } catch (MessagingException e) {
            return new Outcome(false, false, "554 5.6.0 Corrupt message content");
        }
    }

    /** The first address that the mailbox may not use, of the envelope's sender and those in From. */
    private Optional<String> denied(String mailbox, String sender, List<String> from) {
        Set<String> granted =
                store.find(mailbox).map(SandboxSettings.Mailbox::sendAs).orElse(Set.of());
        List<String> used = new ArrayList<>(from);
        if (!sender.isEmpty()) {
            used.add(sender);
        }
        return used.stream()
                .map(address -> address.toLowerCase(Locale.ROOT))
                .filter(address -> !address.equals(mailbox) && !granted.contains(address))
                .findFirst();
    }

    private void deliver(String mailbox, String sender, List<String> recipients, byte[] mime, Received received) {
        // The sender first: an automatic answer must not be there before the copy of what it answers.
        store.store(mailbox, MailStore.SENT, mime, true);
        spread(mailbox, sender, recipients, mime, received);
    }

    private void spread(String mailbox, String sender, List<String> recipients, byte[] mime, Received received) {
        Map<String, Boolean> distinct = new LinkedHashMap<>();
        recipients.forEach(each ->
                distinct.put(each.toLowerCase(Locale.ROOT), store.find(each).isPresent()));
        List<String> outside = new ArrayList<>();
        distinct.forEach((address, here) -> {
            if (here) {
                store.store(address, MailStore.INBOX, mime, false);
            } else {
                outside.add(address);
            }
        });
        if (!outside.isEmpty()) {
            outbox.add(new OutboundMessage(
                    mailbox,
                    sender,
                    outside,
                    received.envelope(),
                    clock.instant(),
                    mime.length,
                    new String(mime, StandardCharsets.ISO_8859_1)));
        }
    }

    private byte[] complete(byte[] content, Headers headers, String messageId, Received received) {
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

    /** The few headers that matter here. */
    private record Headers(List<String> from, Optional<String> messageId, boolean dated) {
        static Headers read(byte[] content) throws MessagingException {
            InternetHeaders headers = new InternetHeaders(new ByteArrayInputStream(content), true);
            return new Headers(
                    addresses(headers.getHeader("From", ",")),
                    Optional.ofNullable(headers.getHeader("Message-ID", null)).map(String::trim),
                    headers.getHeader("Date") != null);
        }

        String messageIdOrNew() {
            return messageId.orElseGet(() -> "<" + UUID.randomUUID() + "@" + SmtpServer.HOST + ">");
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
}
