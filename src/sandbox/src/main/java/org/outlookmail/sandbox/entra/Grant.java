package org.outlookmail.sandbox.entra;

/** One way to get a token; its {@link #type} is the {@code grant_type} of the request. A file each, safe for any thread. */
interface Grant {
    /** The value of {@code grant_type} this grant answers. */
    String type();

    /** The token for this request. */
    Issued issue(TokenRequest request) throws EntraRefusedException;

    /** What goes into the answer; refresh token and scope may be empty. */
    record Issued(String accessToken, long expiresInSeconds, String refreshToken, String scope) {
        /** Leaves the tokens out. */
        @Override
        public String toString() {
            return "Issued[expiresInSeconds=" + expiresInSeconds + "]";
        }
    }
}
