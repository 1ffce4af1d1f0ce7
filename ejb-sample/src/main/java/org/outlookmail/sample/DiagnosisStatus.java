package org.outlookmail.sample;

import org.outlookmail.DiagnosisCode;

/**
 * Which HTTP status tells the caller of a REST API most about a diagnosis: whether the request was at fault (422, 404),
 * whether to try again (429, 503), or whether somebody has to put something right first (502).
 */
final class DiagnosisStatus {

    private DiagnosisStatus() {}

    static int of(DiagnosisCode code) {
        return switch (code) {
            // The request itself, as the mail server sees it
            case SEND_AS_DENIED,
                    RECIPIENT_REFUSED,
                    MESSAGE_REFUSED,
                    MESSAGE_INCOMPLETE,
                    ADDRESS_NOT_TRANSMISSIBLE,
                    SENDER_NOT_ALLOWED,
                    MAILBOX_NOT_ALLOWED,
                    MAILBOX_MALFORMED -> 422;
            case FOLDER_FAILURE -> 404;
            // Too much at a time
            case MAIL_THROTTLED, TOKEN_ENDPOINT_THROTTLED -> 429;
            // Nothing was accepted, and the same request may succeed later or once the configuration is complete
            case CONFIGURATION_INVALID,
                    TOKEN_CACHE_UNUSABLE,
                    TOKEN_ENDPOINT_UNREACHABLE,
                    TOKEN_ENDPOINT_UNAVAILABLE,
                    MAIL_SERVER_UNREACHABLE,
                    MAIL_SERVER_UNAVAILABLE,
                    CONNECTION_LOST,
                    INTERRUPTED,
                    MAILBOX_BUSY,
                    MESSAGE_RATE_REACHED,
                    MAIL_PAUSED,
                    POOL_EXHAUSTED,
                    SESSION_TAKEN_BACK -> 503;
            // No answer in time; with OUTCOME_UNKNOWN the mail may be on its way
            case MAIL_SERVER_TIMEOUT, OUTCOME_UNKNOWN -> 504;
            // A fault in this application
            case HANDLE_CLOSED -> 500;
            // Entra or Exchange refuses the connector: secret, permission, mailbox, TLS. Later versions' codes too
            default -> 502;
        };
    }
}
