package org.outlookmail.mail;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.outlookmail.DiagnosisCode;

/**
 * A mail server's refusal and what it stands for. The reply code and the enhanced status code (RFC 3463) decide;
 * Exchange's texts only where it gives one code to several faults.
 *
 * @param code the SMTP reply code, or -1 if the text has none
 * @param status the enhanced status code such as {@code 5.7.3}, or empty
 * @param text the whole reply in one line
 */
record ServerReply(int code, String status, String text) {

    private static final Pattern SMTP = Pattern.compile("(?s)([245]\\d\\d)[ -](?:([245]\\.\\d{1,3}\\.\\d{1,3})\\b)?.*");

    static ServerReply of(String raw) {
        String text = raw == null ? "" : raw.strip().replaceAll("\\s+", " ");
        Matcher smtp = SMTP.matcher(text);
        return smtp.matches()
                ? new ServerReply(
                        Integer.parseInt(smtp.group(1)),
                        Optional.ofNullable(smtp.group(2)).orElse(""),
                        text)
                : new ServerReply(-1, "", text);
    }

    /** The meaning of a refused login. */
    DiagnosisCode ofLogin() {
        if (status.equals("5.7.139")) {
            return says("smtpclientauthentication is disabled")
                    ? DiagnosisCode.SMTP_AUTH_DISABLED
                    : DiagnosisCode.SECURITY_POLICY;
        }
        if (throttles() || code == 421) {
            return DiagnosisCode.MAIL_THROTTLED;
        }
        return says("authenticated but not connected")
                ? DiagnosisCode.MAILBOX_NOT_PERMITTED
                : DiagnosisCode.AUTHENTICATION_REFUSED;
    }

    /** The meaning of a refused message or recipient. */
    DiagnosisCode ofMessage(boolean recipient) {
        if (status.equals("5.2.252") || status.equals("5.7.60") || says("sendasdenied")) {
            return DiagnosisCode.SEND_AS_DENIED;
        }
        if (status.equals("4.2.0") && says("logon failure")) {
            return DiagnosisCode.MAILBOX_NOT_PERMITTED;
        }
        if (throttles()) {
            return DiagnosisCode.MAIL_THROTTLED;
        }
        if (code == 421) {
            return DiagnosisCode.CONNECTION_LOST;
        }
        return recipient ? DiagnosisCode.RECIPIENT_REFUSED : DiagnosisCode.MESSAGE_REFUSED;
    }

    /** The meaning of a refused IMAP command. */
    DiagnosisCode ofFolder() {
        if (throttles()) {
            return DiagnosisCode.MAIL_THROTTLED;
        }
        return says("authenticated but not connected")
                ? DiagnosisCode.MAILBOX_NOT_PERMITTED
                : DiagnosisCode.FOLDER_FAILURE;
    }

    private boolean throttles() {
        return status.equals("4.3.2")
                || status.startsWith("4.5.")
                || status.startsWith("4.7.")
                || says("suggested backoff time")
                || says("[limit]")
                || says("[throttled]");
    }

    private boolean says(String words) {
        return text.toLowerCase(Locale.ROOT).contains(words);
    }
}
