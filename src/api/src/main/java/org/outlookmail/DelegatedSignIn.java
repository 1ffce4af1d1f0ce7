package org.outlookmail;

import jakarta.resource.ResourceException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The one sign-in that the grant {@code delegated} needs (RFC 8628): a user opens an address in a browser anywhere, enters a
 * code and signs in. From then on mail works on every server of the cluster, also after restarts, until the user's refresh
 * token ends.
 *
 * <p>Thread rule: any thread, one poll at a time. It holds nothing open; one that is not finished may be forgotten.
 */
public interface DelegatedSignIn {

    /** For which mailbox; never null. */
    String mailbox();

    /** What the user enters; never null. Whoever sees it could sign in with it, so show it to the user alone. */
    String userCode();

    /** Where the user enters it; never null. */
    URI verificationUri();

    /** Until when the user can enter it, usually 15 minutes after the start. */
    Instant expiresAt();

    /** The least time between two polls that make sense; a poll sooner than that makes no request. */
    Duration interval();

    /** The user who has signed in, as the token names it; empty before, and if the token does not say. */
    Optional<String> user();

    /**
     * Asks the provider whether the user has signed in.
     *
     * @return whether it is done
     * @throws ResourceException with a {@link Diagnosis} if the user declined, the code has expired, or the provider refuses;
     *     then a new sign-in must be started
     */
    boolean poll() throws ResourceException;
}
