package org.outlookmail.mail.graph;

import jakarta.mail.MessagingException;
import java.util.Map;
import java.util.Objects;
import org.outlookmail.DiagnosedMessagingException;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.DiagnosisCode.Fault;
import org.outlookmail.mail.Call;
import org.outlookmail.mail.DeliveryFailure;
import org.outlookmail.mail.MailAccount;
import org.outlookmail.mail.message.MessageFacts;
import org.outlookmail.mail.message.OutgoingMessage;

/** What is told of a message that Graph has not taken, or perhaps has. Immutable. */
final class SendFailures {

    private final MailAccount account;
    private final GraphDiagnosis diagnosis;
    private final OutgoingMessage message;
    private final Call call;

    SendFailures(MailAccount account, GraphDiagnosis diagnosis, OutgoingMessage message, Call call) {
        this.account = account;
        this.diagnosis = diagnosis;
        this.message = message;
        this.call = call;
    }

    /** It has certainly not been sent. */
    DeliveryFailure notSent(MessagingException failure) {
        Diagnosis told = Diagnosis.of(failure)
                .orElseGet(() -> withMessage(diagnosis.of(
                        account.out().server() + " did not take a message of " + account.mailbox() + ".",
                        null,
                        call.facts(),
                        failure)));
        boolean ofMessage = told.code().fault() == Fault.MESSAGE || failure instanceof RefusedException;
        MessagingException exception =
                ofMessage ? message.refused(told, failure) : new DiagnosedMessagingException(told, failure);
        return new DeliveryFailure(
                told,
                DeliveryFailure.Outcome.NOT_ACCEPTED,
                told.code().fault() == Fault.CONNECTION
                        ? DeliveryFailure.Connection.BROKEN
                        : DeliveryFailure.Connection.INTACT,
                false,
                exception);
    }

    /** Success, but not the one that means it. */
    DeliveryFailure notTaken(GraphReply reply) {
        Map<String, String> details = facts();
        details.put("reply", reply.words());
        details.put("requestId", reply.requestId().orElse(null));
        Diagnosis told = account.diagnosis(
                DiagnosisCode.GRAPH_NOT_TAKEN,
                account.out().server() + " answered " + reply.status() + " to a message of " + account.mailbox()
                        + ", by which it does not take it.",
                details);
        return new DeliveryFailure(
                told,
                DeliveryFailure.Outcome.NOT_ACCEPTED,
                DeliveryFailure.Connection.INTACT,
                false,
                message.refused(told, null));
    }

    /**
     * Nobody knows.
     *
     * @param why what is known, as a sentence
     * @param reply Graph's words, or those of the network
     */
    DeliveryFailure unknown(String why, String reply, Exception cause) {
        Map<String, String> details = facts();
        details.put("reply", reply);
        Diagnosis told = account.diagnosis(DiagnosisCode.OUTCOME_UNKNOWN, why, details);
        return new DeliveryFailure(
                told,
                DeliveryFailure.Outcome.UNKNOWN,
                DeliveryFailure.Connection.BROKEN,
                false,
                new DiagnosedMessagingException(told, cause));
    }

    private Map<String, String> facts() {
        Map<String, String> details = diagnosis.details(null, call.facts());
        details.put("subject", MessageFacts.subject(message.message()));
        details.put("messageId", message.messageId());
        details.put("sender", MessageFacts.sender(message.message()));
        return details;
    }

    private static Map<String, String> known(Map<String, String> details) {
        details.values().removeIf(Objects::isNull);
        return details;
    }

    private Diagnosis withMessage(Diagnosis of) {
        Map<String, String> details = facts();
        details.putAll(of.details());
        // A refusal that says no more is one of the message here, and not of a folder.
        DiagnosisCode code = of.code() == DiagnosisCode.FOLDER_FAILURE ? DiagnosisCode.MESSAGE_REFUSED : of.code();
        return code == of.code()
                ? new Diagnosis(code, of.summary(), of.likelyCause(), of.cure(), known(details))
                : account.diagnosis(code, of.summary(), details);
    }
}
