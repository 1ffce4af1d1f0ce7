package org.outlookmail.sample;

import org.outlookmail.DiagnosisCode;
import org.outlookmail.DiagnosisCode.Fault;
import org.outlookmail.DiagnosisCode.Retry;

/**
 * Which HTTP status tells the caller of a REST API most about a diagnosis: whether the request was at fault (422, 404),
 * whether to try again (429, 503), or whether somebody has to put something right first (502). The code itself says most of
 * it, those of later versions too; named are those that mean something particular here.
 */
final class DiagnosisStatus {

    private DiagnosisStatus() {}

    static int of(DiagnosisCode code) {
        return switch (code) {
            // The From of the request, and the mailbox it names
            case SEND_AS_DENIED, SENDER_NOT_ALLOWED, MAILBOX_NOT_ALLOWED, MAILBOX_MALFORMED -> 422;
            case FOLDER_FAILURE -> 404;
            // Too much at a time, as the provider sees it; the limits of this server are a matter of waiting
            case MAIL_THROTTLED, TOKEN_ENDPOINT_THROTTLED -> 429;
            // No answer in time
            case MAIL_SERVER_TIMEOUT -> 504;
            // Nothing was accepted, and the same request succeeds once the configuration is complete
            case CONFIGURATION_INVALID -> 503;
            case HANDLE_CLOSED -> 500;
            default -> of(code.fault(), code.retry());
        };
    }

    private static int of(Fault fault, Retry retry) {
        return switch (retry) {
            // The mail may be on its way
            case OUTCOME_UNKNOWN -> 504;
            case LATER, OVER_ANOTHER_CONNECTION -> 503;
            // Entra or Exchange refuses the connector: secret, permission, mailbox, TLS
            case AFTER_CHANGE, WITH_NEW_TOKEN -> fault == Fault.MESSAGE ? 422 : 502;
        };
    }
}
