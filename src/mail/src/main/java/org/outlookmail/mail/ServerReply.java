package org.outlookmail.mail;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

    /** What Angus Mail notes as the reply of SMTP and of IMAP when the server ended the connection instead. */
    private static final List<String> END_OF_STREAM = List.of("[eof]", "connection dropped by server");

    private static final Pattern SMTP = Pattern.compile("(?s)([245]\\d\\d)[ -](?:([245]\\.\\d{1,3}\\.\\d{1,3})\\b)?.*");

    /** A server that refuses XOAUTH2 with a challenge, JSON in base64; Angus Mail asks no further. */
    private static final Pattern CHALLENGE = Pattern.compile("334 (ey[A-Za-z0-9+/]+=*)");

    /** The sender is at fault, even when Exchange says so in answer to a recipient: blocked, or above its limit. */
    private static final Map<String, DiagnosisCode> OF_SENDER = Map.of(
            "5.1.8", DiagnosisCode.SENDER_BLOCKED,
            "5.7.236", DiagnosisCode.SENDER_LIMIT,
            "5.7.57", DiagnosisCode.NOT_AUTHENTICATED,
            "5.7.30", DiagnosisCode.BASIC_NOT_SUPPORTED,
            "5.5.127", DiagnosisCode.TOKEN_EXPIRES_SOON);

    /** Whether that is no question but a refusal, which XOAUTH2 servers other than Exchange send. */
    static boolean refusesByChallenge(String raw) {
        return CHALLENGE.matcher(raw.strip()).matches();
    }

    static ServerReply of(String raw) {
        String text = raw == null ? "" : raw.strip().replaceAll("\\s+", " ");
        Matcher challenge = CHALLENGE.matcher(text);
        if (challenge.matches()) {
            return new ServerReply(334, "", "334 " + decoded(challenge.group(1)));
        }
        Matcher smtp = SMTP.matcher(text);
        return smtp.matches()
                ? new ServerReply(
                        Integer.parseInt(smtp.group(1)),
                        Optional.ofNullable(smtp.group(2)).orElse(""),
                        text)
                : new ServerReply(-1, "", text);
    }

    private static String decoded(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return base64;
        }
    }

    /** The meaning of a refused login. */
    DiagnosisCode ofLogin() {
        return recognised().orElse(DiagnosisCode.AUTHENTICATION_REFUSED);
    }

    /** The meaning of whatever kept a login from being made; empty if the reply says nothing that is known. */
    Optional<DiagnosisCode> recognised() {
        if (status.equals("5.7.139")) {
            return Optional.of(
                    says("smtpclientauthentication is disabled")
                            ? DiagnosisCode.SMTP_AUTH_DISABLED
                            : DiagnosisCode.SECURITY_POLICY);
        }
        if (status.equals("5.7.30")) {
            return Optional.of(DiagnosisCode.BASIC_NOT_SUPPORTED);
        }
        if (status.equals("5.5.127")) {
            return Optional.of(DiagnosisCode.TOKEN_EXPIRES_SOON);
        }
        if (status.equals("5.7.57")) {
            return Optional.of(DiagnosisCode.NOT_AUTHENTICATED);
        }
        if (says("authenticated but not connected")) {
            return Optional.of(DiagnosisCode.MAILBOX_NOT_PERMITTED);
        }
        if (throttles()) {
            return Optional.of(DiagnosisCode.MAIL_THROTTLED);
        }
        if (says("sockettimeoutexception")) {
            return Optional.of(DiagnosisCode.MAIL_SERVER_TIMEOUT);
        }
        if (hangsUp()) {
            return Optional.of(DiagnosisCode.CONNECTION_LOST);
        }
        if (code == 421) {
            return Optional.of(DiagnosisCode.MAIL_THROTTLED);
        }
        return code == 334 || code == 530 || code == 535
                ? Optional.of(DiagnosisCode.AUTHENTICATION_REFUSED)
                : Optional.empty();
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
        DiagnosisCode known = OF_SENDER.get(status);
        if (known != null) {
            return known;
        }
        if (code == 530) {
            return DiagnosisCode.AUTHENTICATION_REFUSED;
        }
        if (recipient) {
            return DiagnosisCode.RECIPIENT_REFUSED;
        }
        return status.equals("5.2.2") ? DiagnosisCode.MAILBOX_FULL : DiagnosisCode.MESSAGE_REFUSED;
    }

    /** The meaning of a refused IMAP command. */
    DiagnosisCode ofFolder() {
        return recognised().orElse(DiagnosisCode.FOLDER_FAILURE);
    }

    /** Whether the server may take the next message on this connection. */
    boolean connectionIntact() {
        return code > 0 && code != 421 && code != 530;
    }

    private boolean throttles() {
        return status.equals("4.3.2")
                // 4.5.3 is about one message that has too many recipients; waiting does not help it.
                || (status.startsWith("4.5.") && !status.equals("4.5.3"))
                || status.startsWith("4.7.")
                || says("suggested backoff time")
                || says("[limit]")
                || says("[throttled]");
    }

    /** An idle connection, an expired token's session (RFC 3501, section 7.1.5), or no word at all. */
    private boolean hangsUp() {
        return (code == 421 && status.startsWith("4.4."))
                || says("* bye")
                || says("accesstokenexpired")
                || END_OF_STREAM.stream().anyMatch(this::says);
    }

    private boolean says(String words) {
        return text.toLowerCase(Locale.ROOT).contains(words);
    }
}
