package org.outlookmail.connector;

import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.outlookmail.DiagnosedMessagingException;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.MailboxAddress;

/**
 * Whose rights a message is sent with, and which addresses may stand in its From. Immutable.
 *
 * @param perSender whether each message goes over a connection of its own From; otherwise over that of the mailbox, whatever
 *     the From
 * @param mailbox the factory's mailbox, which is always allowed
 * @param allowed further addresses or {@code @domain}s, in lower case; if there are none, {@code fixed} allows any From,
 *     because the mail server decides on it (SendAs)
 */
record SenderPolicy(boolean perSender, String mailbox, List<String> allowed) {

    SenderPolicy {
        allowed = List.copyOf(allowed);
    }

    /** Whether applications may ask for that mailbox. What is not the address of a mailbox matches nothing. */
    boolean allowsMailbox(String address) {
        return MailboxAddress.of(address)
                .map(wanted -> same(wanted, mailbox) || listed(wanted))
                .orElse(false);
    }

    private boolean listed(MailboxAddress wanted) {
        return allowed.stream()
                .anyMatch(entry -> entry.startsWith("@")
                        ? wanted.domain().equals(entry.substring(1))
                        : wanted.toString().equals(entry));
    }

    private static boolean same(MailboxAddress wanted, String mailbox) {
        return MailboxAddress.of(mailbox).equals(Optional.of(wanted));
    }

    /** Whether an address may stand in a From of a connection of {@code present}. */
    private boolean allowsSender(String address, String present) {
        return MailboxAddress.of(address)
                .map(wanted -> same(wanted, present) || allowsMailbox(address))
                .orElse(false);
    }

    /**
     * The mailbox whose connection a message goes over. Nothing goes over the network.
     *
     * @param present the mailbox that the application's connection belongs to
     * @throws MessagingException diagnosed, if a From is not allowed or is no address
     */
    String senderOf(Message message, String present) throws MessagingException {
        Address[] from;
        Address responsible;
        try {
            from = message.getFrom();
            responsible = responsible(message, from);
        } catch (MessagingException | RuntimeException unreadable) {
            throw new DiagnosedMessagingException(
                    Diagnosis.of(
                            DiagnosisCode.MESSAGE_INCOMPLETE,
                            "The From or Sender of a message of " + present + " cannot be read.",
                            Map.of("mailbox", present, "reason", unreadable.toString())),
                    unreadable);
        }
        if (from == null || from.length == 0) {
            return present;
        }
        for (Address address : from) {
            check(address, present);
        }
        if (!perSender) {
            return present;
        }
        check(responsible, present);
        return bare(responsible);
    }

    /** Of several authors one is responsible: the Sender (RFC 5322, section 3.6.2). */
    private static Address responsible(Message message, Address[] from) throws MessagingException {
        String[] header = message.getHeader("Sender");
        if (header != null) {
            return new InternetAddress(header[0]);
        }
        return from == null || from.length == 0 ? null : from[0];
    }

    private void check(Address address, String present) throws MessagingException {
        String bare = bare(address);
        boolean any = !perSender && allowed.isEmpty();
        if (!any && !allowsSender(bare, present)) {
            Map<String, String> details = new LinkedHashMap<>();
            details.put("mailbox", present);
            details.put("sender", bare);
            details.put("allowedMailboxes", String.join(", ", allowed));
            throw new DiagnosedMessagingException(
                    Diagnosis.of(
                            DiagnosisCode.SENDER_NOT_ALLOWED,
                            "A message from " + bare + " was not sent: the factory of " + mailbox
                                    + " does not allow that sender.",
                            details),
                    null);
        }
    }

    private static String bare(Address address) {
        return address instanceof InternetAddress internet && internet.getAddress() != null
                ? internet.getAddress()
                : address.toString();
    }
}
