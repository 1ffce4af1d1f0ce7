package org.outlookmail.mail.graph;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.mail.MailAccount;
import org.outlookmail.mail.MailServer;
import org.outlookmail.mail.Proof;
import org.outlookmail.mail.wire.NetworkFailure;

/**
 * Says what an answer of Graph means, or none, in terms of this configuration. The table of codes is this one alone; a code
 * that it does not know is judged by the status.
 */
final class GraphDiagnosis {

    private static final String NO_WAY =
            "A firewall blocks the way to Microsoft Graph (HTTPS), a proxy is needed, the host name is wrong, or the service is"
                    + " down.";

    private static final String LOOK =
            "Check {graphEndpoint} if it is set, {proxyHost}, DNS and the firewall for the server in the details.";

    private final MailAccount account;
    private final MailServer server;
    private final Proof proof;

    GraphDiagnosis(MailAccount account, MailServer server, Proof proof) {
        this.account = account;
        this.server = server;
        this.proof = proof;
    }

    /**
     * What a failure means.
     *
     * @param summary what it was to do
     * @param folder or null
     * @param facts what it has cost
     */
    Diagnosis of(String summary, String folder, Map<String, String> facts, Exception failure) {
        if (failure instanceof RefusedException refused) {
            return refused(summary, folder, facts, refused);
        }
        Map<String, String> details = details(folder, facts);
        details.put("reply", lastWords(failure));
        DiagnosisCode code = NetworkFailure.of(failure)
                .orElse(
                        failure instanceof UnansweredException
                                ? DiagnosisCode.MAIL_FAILURE
                                : DiagnosisCode.FOLDER_FAILURE);
        Diagnosis told = account.diagnosis(code, summary, details);
        return code == DiagnosisCode.MAIL_SERVER_UNREACHABLE ? told.narrowed(NO_WAY, LOOK, account.names()) : told;
    }

    private Diagnosis refused(String summary, String folder, Map<String, String> facts, RefusedException refused) {
        GraphReply reply = refused.reply();
        DiagnosisCode code = code(reply);
        Map<String, String> details = details(folder, facts);
        details.put("request", refused.request().toString());
        details.put("reply", reply.words());
        details.put("requestId", reply.requestId().orElse(null));
        details.put(
                Diagnosis.RETRY_AFTER,
                reply.retryAfter().map(Diagnosis::retryAfterSeconds).orElse(null));
        if (code == DiagnosisCode.GRAPH_ACCESS_DENIED) {
            details.put("permission", refused.request().permission());
        }
        if (code == DiagnosisCode.AUTHENTICATION_REFUSED) {
            Optional<Diagnosis> suspicion = proof.suspicion();
            if (suspicion.isPresent()) {
                suspicion.get().details().forEach(details::putIfAbsent);
                return account.diagnosis(
                        suspicion.get().code(), summary + " " + suspicion.get().summary(), details);
            }
        }
        return account.diagnosis(code, summary, details);
    }

    /** What there is to say of a failure without an answer. */
    Map<String, String> details(String folder, Map<String, String> facts) {
        Map<String, String> details = new LinkedHashMap<>();
        details.put("mailbox", account.mailbox());
        details.put("server", server.toString());
        details.put("folder", folder);
        details.putAll(facts);
        details.putAll(proof.facts());
        return details;
    }

    /** What a refusal means; {@code graph.md} of Microsoft's documentation and reports of users say it. */
    static DiagnosisCode code(GraphReply reply) {
        return switch (reply.code()) {
            case "ErrorSendAsDenied" -> DiagnosisCode.SEND_AS_DENIED;
            case "ErrorQuotaExceeded" -> DiagnosisCode.MAILBOX_FULL;
            case "ErrorInvalidRecipients" -> DiagnosisCode.RECIPIENT_REFUSED;
            case "ErrorInvalidUser", "Request_ResourceNotFound", "ErrorNonExistentMailbox" ->
                DiagnosisCode.GRAPH_MAILBOX_UNKNOWN;
            case "MailboxNotEnabledForRESTAPI", "MailboxNotSupportedForRESTAPI" ->
                DiagnosisCode.GRAPH_MAILBOX_NOT_SERVED;
            case "ErrorMessageSizeExceeded", "RequestEntityTooLarge" -> DiagnosisCode.MESSAGE_TOO_LARGE;
            case "ErrorExceededMessageLimit", "ErrorMessageSubmissionBlocked" -> DiagnosisCode.SENDER_BLOCKED;
            case "ErrorMimeContentInvalidBase64String",
                    "ErrorMimeContentInvalid",
                    "InvalidInternetMessageHeader",
                    "InvalidInternetMessageHeaderCollection" -> DiagnosisCode.MESSAGE_REFUSED;
            case "ApplicationThrottled", "ErrorTooManyObjectsOpened" -> DiagnosisCode.MAIL_THROTTLED;
            case "ErrorServerBusy", "ErrorMailboxStoreUnavailable" -> DiagnosisCode.MAIL_SERVER_UNAVAILABLE;
            default -> byStatus(reply);
        };
    }

    private static DiagnosisCode byStatus(GraphReply reply) {
        return switch (reply.status()) {
            case 401 -> DiagnosisCode.AUTHENTICATION_REFUSED;
            case 403 -> DiagnosisCode.GRAPH_ACCESS_DENIED;
            case 413 -> DiagnosisCode.MESSAGE_TOO_LARGE;
            case 429 -> DiagnosisCode.MAIL_THROTTLED;
            case 500, 502, 503, 504 -> DiagnosisCode.MAIL_SERVER_UNAVAILABLE;
            case 400, 404, 405, 409, 410, 412 -> DiagnosisCode.FOLDER_FAILURE;
            default -> DiagnosisCode.MAIL_FAILURE;
        };
    }

    private static String lastWords(Throwable failure) {
        String words = null;
        for (Throwable next = failure; next != null; next = next.getCause()) {
            words = next.getMessage() == null ? words : next.getMessage();
        }
        return words == null ? null : words.strip().replaceAll("\\s+", " ");
    }
}
