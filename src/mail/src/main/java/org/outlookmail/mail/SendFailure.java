package org.outlookmail.mail;

import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.outlookmail.DiagnosedMessagingException;
import org.outlookmail.DiagnosedSendException;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;

/**
 * A message that was not sent, or perhaps was. Angus Mail hides the decisive reply in a chain of exceptions, or behind a
 * later failure; the {@link SmtpConnection} has noted it.
 */
final class SendFailure {

    private final MailAccount account;
    private final SmtpConnection smtp;
    private final Exception failure;
    private final Map<String, String> details;
    private final ServerReply reply;

    SendFailure(
            MailAccount account,
            Proof proof,
            Message message,
            long startedNanos,
            SmtpConnection smtp,
            Exception failure) {
        this.account = account;
        this.smtp = smtp;
        this.failure = failure;
        this.reply = ServerReply.of(smtp.refusal());
        this.details = FailureClassifier.details(account, account.transport(), proof, startedNanos, failure);
        if (!reply.text().isEmpty()) {
            details.put("reply", reply.text());
        }
        details.put("subject", FailureClassifier.subject(message));
        details.put("messageId", FailureClassifier.header(message, "Message-ID"));
        details.put("from", FailureClassifier.header(message, "From"));
        details.put("refusedRecipients", refused());
    }

    /** Whether the server answered in an orderly way, so that the connection can carry the next message. */
    boolean connectionIntact() {
        return !smtp.outcomeUnknown() && reply.connectionIntact() && smtp.open();
    }

    MessagingException exception() {
        if (smtp.outcomeUnknown()) {
            return new DiagnosedMessagingException(
                    Diagnosis.of(
                            DiagnosisCode.OUTCOME_UNKNOWN,
                            account.transport() + " took the whole message of " + account.mailbox()
                                    + " and did not say whether it accepts it.",
                            details),
                    failure);
        }
        if (reply.code() > 0) {
            boolean recipient = find(failure, SMTPAddressFailedException.class) != null;
            Diagnosis diagnosis = Diagnosis.of(
                    reply.ofMessage(recipient),
                    account.transport() + " refused a message of " + account.mailbox() + ".",
                    details);
            SendFailedException refusal = find(failure, SendFailedException.class);
            return new DiagnosedSendException(
                    diagnosis,
                    failure,
                    addresses(refusal == null ? null : refusal.getValidSentAddresses()),
                    addresses(refusal == null ? null : refusal.getValidUnsentAddresses()),
                    addresses(refusal == null ? null : refusal.getInvalidAddresses()));
        }
        return new DiagnosedMessagingException(
                Diagnosis.of(
                        unanswered(),
                        "A message of " + account.mailbox() + " could not be handed to " + account.transport() + ".",
                        details),
                failure);
    }

    /** The server refused nothing: the connection failed, or the message itself. */
    private DiagnosisCode unanswered() {
        if (smtp.contentFailed()) {
            return DiagnosisCode.MESSAGE_INCOMPLETE;
        }
        boolean hungUp = !reply.text().isEmpty();
        return FailureClassifier.network(failure)
                // TLS was agreed upon long before; what breaks now is the connection.
                .map(code -> code == DiagnosisCode.MAIL_SERVER_TLS ? DiagnosisCode.CONNECTION_LOST : code)
                .orElse(hungUp ? DiagnosisCode.CONNECTION_LOST : DiagnosisCode.MESSAGE_INCOMPLETE);
    }

    private String refused() {
        SendFailedException refusal = find(failure, SendFailedException.class);
        Address[] invalid = refusal == null ? null : refusal.getInvalidAddresses();
        return invalid == null || invalid.length == 0
                ? null
                : Arrays.stream(invalid).map(Address::toString).collect(Collectors.joining(", "));
    }

    private static Address[] addresses(Address[] known) {
        return known == null ? new Address[0] : known;
    }

    private static <T extends Exception> T find(Exception failure, Class<T> type) {
        for (Throwable next = failure; next != null; next = next.getCause()) {
            if (type.isInstance(next)) {
                return type.cast(next);
            }
        }
        return null;
    }
}
