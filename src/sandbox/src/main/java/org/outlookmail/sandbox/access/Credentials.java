package org.outlookmail.sandbox.access;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A user name and a password, as a client sent them.
 *
 * @param user the mailbox to open; may be empty
 * @param password may be empty, too
 */
public record Credentials(String user, String password) {

    /**
     * Decodes SASL PLAIN (RFC 4616): {@code [authzid] NUL authcid NUL passwd}, in base64.
     *
     * @throws LoginRefusedException that says what is wrong, without what was sent
     */
    public static Credentials plain(String base64) throws LoginRefusedException {
        String[] fields = decode(base64).split("\0", -1);
        if (fields.length != 3) {
            throw new LoginRefusedException("the PLAIN answer does not have three fields", null);
        }
        if (!fields[0].isEmpty() && !fields[0].equalsIgnoreCase(fields[1])) {
            throw new LoginRefusedException("the PLAIN answer asks for another mailbox than its user's", null);
        }
        return new Credentials(fields[1], fields[2]);
    }

    /**
     * Decodes the two answers of AUTH LOGIN.
     *
     * @throws LoginRefusedException that says what is wrong, without what was sent
     */
    public static Credentials login(String base64User, String base64Password) throws LoginRefusedException {
        return new Credentials(decode(base64User), decode(base64Password));
    }

    private static String decode(String base64) throws LoginRefusedException {
        try {
            return new String(Base64.getDecoder().decode(base64.trim()), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new LoginRefusedException("the answer is not base64", e);
        }
    }

    /** Leaves the password out. */
    @Override
    public String toString() {
        return "Credentials[user=" + user + "]";
    }
}
