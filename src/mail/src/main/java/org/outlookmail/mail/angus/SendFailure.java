package org.outlookmail.mail.angus;

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
import org.outlookmail.DiagnosisCode.Retry;
import org.outlookmail.mail.Call;
import org.outlookmail.mail.DeliveryFailure;
import org.outlookmail.mail.MailAccount;
import org.outlookmail.mail.NoProof;
import org.outlookmail.mail.Proof;
import org.outlookmail.mail.message.MessageFacts;
import org.outlookmail.mail.message.OutgoingMessage;
import org.outlookmail.mail.wire.ServerReply;

/**
 * A message that was not sent, or perhaps was. Angus Mail hides the decisive reply in a chain of exceptions, or behind a
 * later failure; the {@link SmtpConnection} has noted it.
 */
final class SendFailure {

    private final MailAccount account;
    private final Proof proof;
    private final OutgoingMessage outgoing;
    private final SmtpConnection smtp;
    private final boolean fresh;
    private final Exception failure;
    private final Map<String, String> details;
    private final ServerReply reply;
    private final Diagnosis diagnosis;

    SendFailure(
            MailAccount account,
            Proof proof,
            OutgoingMessage outgoing,
            Call call,
            SmtpConnection smtp,
            boolean fresh,
            Exception failure) {
        this.account = account;
        this.proof = proof;
        this.outgoing = outgoing;
        this.smtp = smtp;
        this.fresh = fresh;
        this.failure = failure;
        this.reply = ServerReply.of(smtp.refusal());
        this.details = FailureClassifier.details(account, account.out().server(), proof, call.facts(), failure);
        if (!reply.text().isEmpty()) {
            FailureClassifier.putReply(details, reply);
        }
        Message message = outgoing.message();
        details.put("subject", MessageFacts.subject(message));
        details.put("messageId", MessageFacts.header(message, "Message-ID"));
        details.put("from", MessageFacts.header(message, "From"));
        details.put("sender", MessageFacts.sender(message));
        details.put("refusedRecipients", refused());
        if (smtp.sizeLimit().isPresent() && reply.refuses() && refusal() == DiagnosisCode.MESSAGE_TOO_LARGE) {
            details.put("limitOctets", Long.toString(smtp.sizeLimit().getAsLong()));
        }
        diagnosis = diagnose();
    }

    /** Whether the server answered in an orderly way, so that the connection can carry the next message. */
    boolean connectionIntact() {
        return !smtp.outcomeUnknown() && !smtp.disorderly() && reply.connectionIntact() && smtp.open();
    }

    /**
     * Whether a connection that had rested was found dead, before the server had even agreed to take the content: the same
     * message may be sent over another one.
     */
    boolean stale() {
        boolean over = smtp.endedAtOnce() && reply.temporary() && code() != DiagnosisCode.MAIL_THROTTLED;
        boolean odd = smtp.disorderly() && !reply.refuses();
        return !fresh && smtp.beforeContent() && (over || odd || code().retry() == Retry.OVER_ANOTHER_CONNECTION);
    }

    DiagnosisCode code() {
        return diagnosis.code();
    }

    /** What is told of it above. */
    DeliveryFailure told(boolean intact, boolean afresh) {
        return new DeliveryFailure(
                diagnosis,
                smtp.outcomeUnknown() ? DeliveryFailure.Outcome.UNKNOWN : DeliveryFailure.Outcome.NOT_ACCEPTED,
                intact ? DeliveryFailure.Connection.INTACT : DeliveryFailure.Connection.BROKEN,
                afresh,
                exception());
    }

    private MessagingException exception() {
        if (code() == DiagnosisCode.MESSAGE_INCOMPLETE) {
            return outgoing.refused(diagnosis, failure);
        }
        // Without lists where nobody knows, so that nobody sends it again to those in them.
        if (smtp.outcomeUnknown() || !reply.refuses()) {
            return new DiagnosedMessagingException(diagnosis, failure);
        }
        SendFailedException refusal = find(failure, SendFailedException.class);
        return new DiagnosedSendException(
                diagnosis,
                failure,
                addresses(refusal == null ? null : refusal.getValidSentAddresses()),
                addresses(refusal == null ? null : refusal.getValidUnsentAddresses()),
                addresses(refusal == null ? null : refusal.getInvalidAddresses()));
    }

    private Diagnosis diagnose() {
        if (smtp.outcomeUnknown()) {
            return account.diagnosis(
                    DiagnosisCode.OUTCOME_UNKNOWN,
                    account.out().server() + " took the whole message of " + account.mailbox()
                            + " and did not say whether it accepts it.",
                    details);
        }
        if (reply.refuses()) {
            return account.diagnosis(
                    refusal(),
                    account.out().server() + " refused a message of " + account.mailbox()
                            + (reply.temporary() ? " for the time being; the same may be accepted later." : "."),
                    details);
        }
        return account.diagnosis(
                unanswered(),
                "A message of " + account.mailbox() + " could not be handed to "
                        + account.out().server() + ".",
                details);
    }

    private DiagnosisCode refusal() {
        return proof instanceof NoProof && reply.wantsLogin()
                ? proof.whenRefused()
                : reply.ofMessage(find(failure, SMTPAddressFailedException.class) != null);
    }

    /** The server refused nothing: the connection failed, or the message itself. */
    private DiagnosisCode unanswered() {
        if (smtp.contentFailed()) {
            return DiagnosisCode.MESSAGE_INCOMPLETE;
        }
        return FailureClassifier.network(failure)
                // TLS was agreed upon long before; what breaks now is the connection.
                .map(code -> code == DiagnosisCode.MAIL_SERVER_TLS ? DiagnosisCode.CONNECTION_LOST : code)
                .orElseGet(this::odd);
    }

    /** What it means that there was no reply, or none that SMTP knows at that point. */
    private DiagnosisCode odd() {
        if (reply.text().isEmpty()) {
            return DiagnosisCode.MESSAGE_INCOMPLETE;
        }
        return reply.hangsUp() ? DiagnosisCode.CONNECTION_LOST : DiagnosisCode.MAIL_FAILURE;
    }

    private String refused() {
        SendFailedException refusal = find(failure, SendFailedException.class);
        Address[] invalid = refusal == null ? null : refusal.getInvalidAddresses();
        return invalid == null || invalid.length == 0
                ? null
                : Arrays.stream(invalid).map(Address::toString).collect(Collectors.joining(", "));
    }

    private Address[] addresses(Address[] known) {
        return known == null ? new Address[0] : outgoing.given(known);
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
