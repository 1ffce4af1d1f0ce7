package org.outlookmail.sandbox.access;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * What a client sends for the SASL mechanism XOAUTH2: {@code user=<mailbox>^Aauth=Bearer <token>^A^A}, in base64; exactly
 * that, because who may add a field could add another mailbox.
 *
 * @param user the mailbox to open
 * @param token the access token
 */
record XOAuth2(String user, String token) {
    private static final String SEPARATOR = "\u0001";

    /**
     * Decodes it.
     *
     * @throws IllegalArgumentException that says what is wrong, without what was sent
     */
    static XOAuth2 decode(String base64) {
        String text;
        try {
            text = new String(Base64.getDecoder().decode(base64.trim()), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the XOAUTH2 answer is not base64", e);
        }
        if (!text.endsWith(SEPARATOR + SEPARATOR)) {
            throw new IllegalArgumentException("the XOAUTH2 answer does not end with two ^A");
        }
        String[] fields = text.substring(0, text.length() - 2).split(SEPARATOR, -1);
        if (fields.length != 2) {
            throw new IllegalArgumentException(
                    "the XOAUTH2 answer is malformed: it has " + fields.length + " fields instead of user and auth");
        }
        return new XOAuth2(value(fields[0], "user="), value(fields[1], "auth=Bearer "));
    }

    private static String value(String field, String name) {
        String value = field.regionMatches(true, 0, name, 0, name.length()) ? field.substring(name.length()) : "";
        if (value.isEmpty()) {
            throw new IllegalArgumentException("the XOAUTH2 answer has no " + name.strip());
        }
        if (value.chars().anyMatch(each -> Character.isISOControl(each) || Character.isWhitespace(each))) {
            throw new IllegalArgumentException(
                    "the XOAUTH2 answer is malformed: a blank or control character in " + name.strip());
        }
        return value;
    }

    /** Leaves the token out. */
    @Override
    public String toString() {
        return "XOAuth2[user=" + user + "]";
    }
}
