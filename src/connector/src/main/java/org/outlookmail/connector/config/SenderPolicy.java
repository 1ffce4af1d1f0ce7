package org.outlookmail.connector.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.MailboxAddress;
import org.outlookmail.mail.message.Originators;
import org.outlookmail.mail.message.SenderCheck;

/**
 * Whose rights a message is sent with, and in whose name: its From, Sender, Resent-From and Resent-Sender, and the sender of
 * the envelope that an application sets. Immutable.
 *
 * @param perSender whether each message goes over a connection of its own From; otherwise over that of the mailbox, whatever
 *     the From
 * @param mailbox the factory's mailbox, which is always allowed
 * @param allowed further addresses or {@code @domain}s, in lower case; if there are none, {@code fixed} allows any From,
 *     because the mail server decides on it (SendAs)
 */
public record SenderPolicy(boolean perSender, String mailbox, List<String> allowed) {

    public SenderPolicy {
        allowed = List.copyOf(allowed);
    }

    /** Whether applications may ask for that mailbox. What is not the address of a mailbox matches nothing. */
    public boolean allowsMailbox(String address) {
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

    /** Whether mail may leave in the name of an address over a connection of {@code present}. */
    private boolean allowsSender(String address, String present) {
        return MailboxAddress.of(address)
                .map(wanted -> same(wanted, present) || allowsMailbox(address))
                .orElse(false);
    }

    /**
     * The mailbox whose connection a message goes over: its own under {@code sender}, else the present one.
     *
     * @param present the mailbox that the application's connection belongs to
     */
    public String senderOf(Originators originators, String present) {
        return perSender ? originators.responsible().orElse(present) : present;
    }

    /**
     * What speaks against sending in those names. Nothing goes over the network.
     *
     * @param present the mailbox that the application's connection belongs to
     * @return diagnosed; empty if each of them is allowed
     */
    public Optional<Diagnosis> objection(Originators originators, String present) {
        if (!perSender && allowed.isEmpty()) {
            return Optional.empty();
        }
        return originators.all().stream()
                .filter(address -> !allowsSender(address, present))
                .findFirst()
                .map(address -> notAllowed(address, present));
    }

    private Diagnosis notAllowed(String address, String present) {
        Map<String, String> details = new LinkedHashMap<>();
        details.put("mailbox", present);
        details.put("sender", address);
        details.put("allowedMailboxes", String.join(", ", allowed));
        return Diagnosis.of(
                DiagnosisCode.SENDER_NOT_ALLOWED,
                "A message from " + address + " was not sent: the factory of " + mailbox
                        + " does not allow that sender.",
                details);
    }

    /**
     * The check of a header that leaves over the connection of {@code sender}: it may be another than was read before.
     *
     * @param present the mailbox that the application's connection belongs to
     */
    public SenderCheck leavingAs(String sender, String present) {
        return originators -> objection(originators, present)
                .or(() -> Optional.of(senderOf(originators, present))
                        .filter(late -> !late.equalsIgnoreCase(sender))
                        .map(late -> notAllowed(late, present)));
    }
}
