package org.outlookmail.mail.wire;

import java.util.Map;
import org.outlookmail.DiagnosedMessagingException;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.mail.Authentication;

/**
 * The last look at what goes into a login, whatever was checked before: XOAUTH2 ends each of its fields with a ^A and PLAIN
 * with a NUL (RFC 4616), so a control character in one would begin another, with another user. Stateless.
 */
public final class LoginText {

    private LoginText() {}

    /**
     * Refuses what could be read as more than one field.
     *
     * @param secret token or password; never shown
     * @throws DiagnosedMessagingException before anything goes over the network
     */
    public static void check(String mailbox, Authentication authentication, String user, String secret)
            throws DiagnosedMessagingException {
        if (authentication instanceof Authentication.Token) {
            if (!visible(user)) {
                throw refused(mailbox, DiagnosisCode.MAILBOX_MALFORMED, "user");
            }
            if (!visible(secret)) {
                throw refused(mailbox, DiagnosisCode.TOKEN_ANSWER_UNUSABLE, "access token");
            }
        } else if (controls(user) || controls(secret)) {
            throw refused(mailbox, DiagnosisCode.CONFIGURATION_INVALID, "user name or the password");
        }
    }

    /** What an access token consists of (RFC 6749, appendix A.12); and an address does too. */
    private static boolean visible(String text) {
        return text.chars().allMatch(each -> each >= 0x20 && each <= 0x7e);
    }

    private static boolean controls(String text) {
        return text.chars().anyMatch(Character::isISOControl);
    }

    private static DiagnosedMessagingException refused(String mailbox, DiagnosisCode code, String what) {
        return new DiagnosedMessagingException(
                Diagnosis.of(
                        code,
                        "There was no login to " + mailbox + ": the " + what
                                + " has a character that the login cannot carry.",
                        Map.of("mailbox", mailbox)),
                null);
    }
}
