package org.outlookmail.sandbox.entra;

import java.util.Optional;
import java.util.Set;

/** One way to get a token, by the {@code grant_type} of the request. A file each, safe for any thread. */
interface Grant {
    /** The values of {@code grant_type} this grant answers. */
    Set<String> types();

    /** The token for this request. */
    Issued issue(TokenRequest request) throws EntraRefusedException;

    /**
     * What speaks against this grant at an endpoint that many tenants share; nothing unless a grant says so.
     *
     * @param name "common" or "organizations"
     */
    default Optional<EntraError> objectionTo(String name) {
        return Optional.empty();
    }

    /** What goes into the answer; all but the access token may be empty. */
    record Issued(
            String accessToken,
            long expiresInSeconds,
            String refreshToken,
            String scope,
            String idToken,
            String clientInfo) {
        /** An access token and nothing beside it. */
        static Issued alone(String accessToken, long expiresInSeconds) {
            return new Issued(accessToken, expiresInSeconds, "", "", "", "");
        }

        /** Leaves the tokens out. */
        @Override
        public String toString() {
            return "Issued[expiresInSeconds=" + expiresInSeconds + "]";
        }
    }
}
