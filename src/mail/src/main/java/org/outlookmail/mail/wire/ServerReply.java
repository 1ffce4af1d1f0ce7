package org.outlookmail.mail.wire;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.outlookmail.DiagnosisCode;

/**
 * A mail server's refusal and what it stands for. The reply code and the enhanced status code (RFC 3463), or the response code
 * of IMAP (RFC 5530) and POP3 (RFC 3206), decide; texts only where a server gives one code to several faults, and where it
 * {@link ReplyWords says} that it has had too much.
 *
 * @param code the SMTP reply code, or -1 if the text has none
 * @param status the enhanced status code such as {@code 5.7.3}, or empty
 * @param text the whole reply in one line
 */
public record ServerReply(int code, String status, String text) {

    private static final Pattern SMTP =
            Pattern.compile("(?s)([245]\\d\\d)(?:[ -](?:([245]\\.\\d{1,3}\\.\\d{1,3})\\b)?.*)?");

    /** A server that refuses XOAUTH2 with a challenge, JSON in base64; Angus Mail asks no further. */
    private static final Pattern CHALLENGE = Pattern.compile("334 (ey[A-Za-z0-9+/]+=*)");

    private static final Pattern BACKOFF =
            Pattern.compile("(?i)suggested backoff time:?\\s*(\\d{1,9})\\s*milliseconds");

    /** AUTH is not known, its mechanism is not, or is too weak for this server (RFC 5321, section 4.2.2; RFC 4954, section 6). */
    private static final Set<Integer> OF_MECHANISM = Set.of(500, 502, 504, 534);

    /** What a login was given was malformed, came at the wrong moment or in the clear: no word about who logs in. */
    private static final Set<Integer> OF_SYNTAX = Set.of(501, 503, 538);

    /** A wrong password, or one that must be set anew, which some servers call temporary (RFC 4954, section 4.7.3 and 6). */
    private static final Set<String> OF_CREDENTIALS = Set.of("4.7.8", "4.7.12");

    /** The sender is at fault, even when Exchange says so in answer to a recipient: blocked, or above its limit. */
    private static final Map<String, DiagnosisCode> OF_SENDER = Map.of(
            "5.1.8", DiagnosisCode.SENDER_BLOCKED,
            "5.7.236", DiagnosisCode.SENDER_LIMIT,
            "5.7.57", DiagnosisCode.NOT_AUTHENTICATED,
            "5.7.30", DiagnosisCode.BASIC_NOT_SUPPORTED,
            "5.5.127", DiagnosisCode.TOKEN_EXPIRES_SOON);

    /** Whether that is no question but a refusal, which XOAUTH2 servers other than Exchange send. */
    public static boolean refusesByChallenge(String raw) {
        return CHALLENGE.matcher(raw.strip()).matches();
    }

    /** Whether all lines of a reply have the same code (RFC 5321, section 4.2.1); otherwise nobody knows what it means. */
    public static boolean ofOneCode(String raw) {
        return raw.strip()
                        .lines()
                        .map(line -> line.substring(0, Math.min(3, line.length())))
                        .distinct()
                        .count()
                == 1;
    }

    public static ServerReply of(String raw) {
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

    /**
     * The meaning of a refused AUTH, AUTHENTICATE or PASS. Only a verdict on the credentials is one: another token helps
     * against nothing else. A bare NO or -ERR is a verdict, since that is what it means here (RFC 3501, section 6.2.2;
     * RFC 5034, section 4), unless its response code or its words say otherwise.
     */
    public DiagnosisCode ofLogin() {
        if (OF_CREDENTIALS.contains(status) || ReplyWords.refuseCredentials(text)) {
            return DiagnosisCode.AUTHENTICATION_REFUSED;
        }
        Optional<DiagnosisCode> known = recognised();
        if (known.isPresent()) {
            return known.get();
        }
        if (OF_MECHANISM.contains(code) || status.equals("5.7.4") || ReplyWords.refuseMechanism(text)) {
            return DiagnosisCode.MECHANISM_NOT_OFFERED;
        }
        boolean unsaid = (OF_SYNTAX.contains(code) && !status.startsWith("5.7."))
                || code == 538
                || status.startsWith("5.5.")
                || ReplyWords.refuseSession(text);
        return unsaid ? DiagnosisCode.MAIL_FAILURE : DiagnosisCode.AUTHENTICATION_REFUSED;
    }

    /** The meaning of whatever kept a login from being made; empty if the reply says nothing that is known. */
    public Optional<DiagnosisCode> recognised() {
        return ofAccount().or(this::ofSession);
    }

    /** What the reply says of the mailbox, or of the right to it. */
    private Optional<DiagnosisCode> ofAccount() {
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
        if (says("authenticated but not connected") || says("[authorizationfailed]")) {
            return Optional.of(DiagnosisCode.MAILBOX_NOT_PERMITTED);
        }
        return code == 334 || code == 530 || code == 535
                ? Optional.of(DiagnosisCode.AUTHENTICATION_REFUSED)
                : Optional.empty();
    }

    /** What the reply says of the server and of the connection. */
    private Optional<DiagnosisCode> ofSession() {
        if (throttles()) {
            return Optional.of(DiagnosisCode.MAIL_THROTTLED);
        }
        if (says("sockettimeoutexception")) {
            return Optional.of(DiagnosisCode.MAIL_SERVER_TIMEOUT);
        }
        if (hangsUp() && !ReplyWords.temporary(text)) {
            return Optional.of(DiagnosisCode.CONNECTION_LOST);
        }
        return temporary() || (code < 0 && ReplyWords.temporary(text))
                ? Optional.of(DiagnosisCode.MAIL_SERVER_UNAVAILABLE)
                : Optional.empty();
    }

    /** The meaning of a refused message or recipient. */
    public DiagnosisCode ofMessage(boolean recipient) {
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
        if (status.equals("5.3.4") || status.equals("5.2.3") || (code == 552 && says("size"))) {
            return DiagnosisCode.MESSAGE_TOO_LARGE;
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

    /**
     * The meaning of a refused IMAP command, or of POP3's STAT. A goodbye is the end of a session that stood, whatever its
     * reason; what is wrong with the server, the next session tells.
     */
    public DiagnosisCode ofFolder() {
        if (hangsUp() && !throttles() && !says("sockettimeoutexception")) {
            return DiagnosisCode.CONNECTION_LOST;
        }
        return ReplyWords.refuseFolder(text)
                ? DiagnosisCode.FOLDER_FAILURE
                : recognised().orElse(DiagnosisCode.FOLDER_FAILURE);
    }

    /** Whether it takes no mail from somebody whom it does not know: 530 (RFC 4954), or a relay's refusal by its words. */
    public boolean wantsLogin() {
        return code == 530
                || status.equals("5.7.57")
                || status.equals("5.7.64")
                || (code >= 500 && (says("relay") || says("not authenticated") || says("authentication required")));
    }

    /** Whether the server may take the next message on this connection. */
    public boolean connectionIntact() {
        return refuses() && code != 421 && code != 530;
    }

    /** Whether that is a reply of SMTP that says no. */
    public boolean refuses() {
        return code >= 400;
    }

    /** Whether the server says that the same may succeed later (RFC 5321, section 4.2.1). */
    public boolean temporary() {
        return code >= 400 && code < 500;
    }

    /**
     * Whether the server has had too much of this mailbox. Its class of status alone does not tell: 4.7 is security, of which
     * Exchange Online alone made a range of its own for senders that it slows down.
     */
    private boolean throttles() {
        return (temporary() && (status.equals("4.3.2") || status.matches("4\\.7\\.[56]\\d\\d")))
                // A status of 4.1 and 4.2 is the recipient's, 4.5.3 about one message that has too many of them.
                || ((temporary() || code < 0)
                        && !status.matches("4\\.[12]\\..*|4\\.5\\.3")
                        && ReplyWords.throttle(text))
                || ReplyWords.suggestPause(text);
    }

    /** An idle connection, an expired token's session (RFC 3501, section 7.1.5), or no word at all. */
    public boolean hangsUp() {
        return (code == 421 && status.startsWith("4.4.")) || ReplyWords.hangUp(text);
    }

    private boolean says(String words) {
        return text.toLowerCase(Locale.ROOT).contains(words);
    }

    /** How long the server asks to wait before anything is tried again; empty if it does not. */
    public Optional<Duration> suggestedPause() {
        Matcher found = BACKOFF.matcher(text);
        return found.find() ? Optional.of(Duration.ofMillis(Long.parseLong(found.group(1)))) : Optional.empty();
    }
}
