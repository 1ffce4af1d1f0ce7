package org.outlookmail.token;

/**
 * One way to obtain a token from the identity provider (RFC 6749, section 1.3). It asks over the network each time it is
 * called; caching is not its business.
 *
 * <p>Thread rule: any number of threads; the work is done on the caller's thread.
 */
@FunctionalInterface
public interface Grant {

    /**
     * Asks for a token.
     *
     * @param request which token; not null
     * @return a fresh token
     * @throws TokenException if the provider refuses, cannot be reached, or answers with something else
     */
    AccessToken acquire(TokenRequest request) throws TokenException;
}
