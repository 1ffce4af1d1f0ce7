package org.outlookmail.sandbox.access;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * What a client sends for the SASL mechanism XOAUTH2: {@code user=<mailbox>^Aauth=Bearer <token>^A^A}, in base64.
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
        String user = "";
        String token = "";
        for (String field : text.split(SEPARATOR, -1)) {
            if (field.startsWith("user=")) {
                user = field.substring("user=".length());
            } else if (field.regionMatches(true, 0, "auth=Bearer ", 0, "auth=Bearer ".length())) {
                token = field.substring("auth=Bearer ".length());
            }
        }
        if (user.isEmpty() || token.isEmpty()) {
            throw new IllegalArgumentException(
                    "the XOAUTH2 answer has no " + (user.isEmpty() ? "user" : "auth=Bearer"));
        }
        return new XOAuth2(user, token);
    }

    /** Leaves the token out. */
    @Override
    public String toString() {
        return "XOAuth2[user=" + user + "]";
    }
}
