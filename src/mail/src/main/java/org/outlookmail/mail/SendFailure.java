package org.outlookmail.mail;

import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.outlookmail.DiagnosedMessagingException;
import org.outlookmail.DiagnosedSendException;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.token.AccessToken;

/**
 * A message that was not sent, or perhaps was. Angus Mail hides the decisive reply in a chain of exceptions, one for the
 * transaction and one for each recipient.
 */
final class SendFailure {

    private final MailAccount account;
    private final MessagingException failure;
    private final Map<String, String> details;
    private final ServerReply reply;
    private final boolean recipient;

    SendFailure(
            MailAccount account, AccessToken token, Message message, long startedNanos, MessagingException failure) {
        this.account = account;
        this.failure = failure;
        this.details = FailureClassifier.details(account, account.transport(), token, startedNanos, failure);
        SMTPAddressFailedException address = find(failure, SMTPAddressFailedException.class);
        SMTPSendFailedException transaction = find(failure, SMTPSendFailedException.class);
        this.recipient = address != null;
        this.reply = ServerReply.of(
                address != null ? address.getMessage() : transaction != null ? transaction.getMessage() : "");
        if (!reply.text().isEmpty()) {
            details.put("reply", reply.text());
        }
        details.put("subject", FailureClassifier.subject(message));
        details.put("messageId", header(message, "Message-ID"));
        details.put("from", header(message, "From"));
        details.put("refusedRecipients", refused());
    }

    /** Whether the server answered in an orderly way, so that the connection can carry the next message. */
    boolean connectionIntact() {
        return reply.code() > 0 && reply.code() != 421;
    }

    /**
     * @param outcomeUnknown whether the failure happened between the final dot and the server's reply
     */
    MessagingException exception(boolean outcomeUnknown) {
        if (outcomeUnknown) {
            return new DiagnosedMessagingException(
                    Diagnosis.of(
                            DiagnosisCode.OUTCOME_UNKNOWN,
                            account.transport() + " took the whole message of " + account.mailbox()
                                    + " and did not say whether it accepts it.",
                            details),
                    failure);
        }
        if (reply.code() > 0) {
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
        DiagnosisCode code = FailureClassifier.contentUnreadable(failure)
                ? DiagnosisCode.MESSAGE_INCOMPLETE
                : FailureClassifier.network(failure).orElse(DiagnosisCode.CONNECTION_LOST);
        return new DiagnosedMessagingException(
                Diagnosis.of(
                        code,
                        "A message of " + account.mailbox() + " could not be handed to " + account.transport() + ".",
                        details),
                failure);
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

    private static String header(Message message, String name) {
        try {
            return Optional.ofNullable(message.getHeader(name))
                    .map(values -> values[0])
                    .orElse(null);
        } catch (MessagingException unreadable) {
            return null;
        }
    }

    private static <T extends Exception> T find(MessagingException failure, Class<T> type) {
        for (Throwable next = failure; next != null; next = next.getCause()) {
            if (type.isInstance(next)) {
                return type.cast(next);
            }
        }
        return null;
    }
}
