package org.outlookmail.mail.wire;

import java.util.regex.Pattern;

/**
 * What mail servers say in words, or in the response codes of IMAP (RFC 3501, section 7.1; RFC 5530) and POP3 (RFC 2449,
 * section 8; RFC 3206), that no number tells. Texts change; that is why {@link ServerReply} looks at numbers where there are
 * any, and has these for the rest.
 */
final class ReplyWords {

    /** Response codes with which a server judges the credentials, and nothing else. */
    private static final Pattern CREDENTIALS = words("\\[(?:authenticationfailed|expired|auth)]");

    private static final Pattern MECHANISM = words("(?:unsupported|unknown|unrecognized|invalid) (?:sasl )?"
            + "(?:authentication )?(?:mechanism|type)|mechanism (?:is )?(?:not|un)[ -]?(?:supported|available|known)");

    /** Refusals that are the administrator's or the client's business, whoever logs in. */
    private static final Pattern SESSION = words("\\[(?:privacyrequired|contactadmin|clientbug|cannot|sys/perm)]");

    /** Too much in a time, or too many at a time; a limit of this mailbox or this client. */
    private static final Pattern THROTTLE = words("\\[(?:limit|throttled|login-delay)]|throttl(?:ed|ing)"
            + "|too many (?:[\\w-]+ ){0,2}(?:connections|sessions|messages|mails|emails|logins|login attempts|requests)"
            + "|(?:concurrent|simultaneous) (?:[\\w-]+ )?(?:connections|sessions|logins)"
            + "|(?:submission|sending|message|connection|unusual) rate|rate[ -]limit|connection limit");

    /** With these words even "try again" is a verdict: the same again will not do. */
    private static final Pattern WRONG =
            words("invalid|incorrect|wrong|bad (?:user|password|credential)|unknown user|denied|rejected");

    /** The folder is to blame; its name, which may be any word, stands in such replies. */
    private static final Pattern NO_FOLDER =
            words("\\[(?:nonexistent|noperm|trycreate)]|does(?:n't| not) exist|unknown mailbox|no such");

    private static final Pattern PAUSE = words("suggested backoff time");

    /** A fault of the server that passes. */
    private static final Pattern TEMPORARY = words("\\[(?:unavailable|inuse|in-use|serverbug|sys/temp)]"
            + "|unavailable|not (?:currently )?available|temporar(?:y|ily)|try (?:\\w+ )?(?:again|later)|service not active"
            + "|server (?:is )?busy|internal (?:server )?error|server error|shutting down");

    /** What Angus Mail notes as the reply of SMTP and of IMAP when the server ended the connection instead is among them. */
    private static final Pattern HANG_UP =
            words("\\* bye|accesstokenexpired|\\[eof]|connection dropped by server|eof on socket");

    private ReplyWords() {}

    private static Pattern words(String regex) {
        return Pattern.compile("(?i)" + regex);
    }

    static boolean refuseCredentials(String text) {
        return CREDENTIALS.matcher(text).find();
    }

    static boolean refuseMechanism(String text) {
        return MECHANISM.matcher(text).find();
    }

    static boolean refuseSession(String text) {
        return SESSION.matcher(text).find();
    }

    static boolean throttle(String text) {
        return THROTTLE.matcher(text).find();
    }

    static boolean suggestPause(String text) {
        return PAUSE.matcher(text).find();
    }

    static boolean temporary(String text) {
        return TEMPORARY.matcher(text).find() && !WRONG.matcher(text).find();
    }

    static boolean refuseFolder(String text) {
        return NO_FOLDER.matcher(text).find();
    }

    static boolean hangUp(String text) {
        return HANG_UP.matcher(text).find();
    }
}
