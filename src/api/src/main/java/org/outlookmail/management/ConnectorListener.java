package org.outlookmail.management;

import java.time.Duration;
import java.time.Instant;
import org.outlookmail.Diagnosis;

/**
 * Hears what happens in a connector, one callback for each event. No argument is null, or holds a token, a secret or the text of
 * a mail.
 *
 * <p>Thread rule: called on the thread that does the work, which waits for it, by many threads at a time: it must be quick and
 * ask nobody. An exception of it is logged, and changes nothing else.
 */
public interface ConnectorListener {

    /**
     * The identity provider gave a token. The other servers of the cluster, which share it, do not hear of it.
     *
     * @param subject for whom, as diagnoses say it
     * @param expiresAt until when it is good
     * @param took how long the provider was asked
     * @param again whether the last answer before was a refusal
     */
    default void onTokenObtained(String subject, Instant expiresAt, Duration took, boolean again) {}

    /** The identity provider gave no token. Not repeated while the refusal is remembered. */
    default void onTokenRefused(Diagnosis diagnosis) {}

    /**
     * A login at a mail server succeeded.
     *
     * @param mailbox its address
     * @param server such as {@code smtp://smtp.office365.com:587}
     * @param took from the token at hand to the end of the login
     * @param again whether the last thing told of this connection was a failure
     */
    default void onConnectionOpened(String mailbox, String server, Duration took, boolean again) {}

    /**
     * There is no login at a mail server, or there is probably going to be none.
     *
     * @param again whether the last thing told of this connection was the same
     */
    default void onConnectionFailed(Diagnosis diagnosis, boolean again) {}

    /** A connection was closed, in an orderly way or because it was of no more use. */
    default void onConnectionClosed(String mailbox, String server) {}

    /**
     * A mail server took a message.
     *
     * @param took with waits for its turn, login and repetitions
     */
    default void onMessageSent(String mailbox, Duration took) {}

    /**
     * A message was given up after the mail server had been reached; {@link Diagnosis#code} tells whether somebody may have it all
     * the same.
     *
     * @param again whether the message before, over the same connection, failed for the same reason
     */
    default void onMessageFailed(String mailbox, Diagnosis diagnosis, boolean again) {}

    /** Somebody waited in vain for a connection, for a turn, or for the end of a pause. */
    default void onQuotaReached(String mailbox, Diagnosis diagnosis) {}

    /**
     * What the servers of the cluster share cannot be reached; this one goes on with tokens and limits of its own. Not repeated
     * until it works again.
     *
     * @param failure of the cache; it may have been made by somebody who knows nothing of log lines
     */
    default void onSharedCacheFailed(Diagnosis diagnosis, Throwable failure) {}

    /** What the servers of the cluster share works again. */
    default void onSharedCacheRestored() {}

    /**
     * The store of refresh tokens cannot be used. Not repeated until it works again.
     *
     * @param failure of the store; it may have been made by somebody who knows nothing of log lines
     */
    default void onTokenStoreFailed(Diagnosis diagnosis, Throwable failure) {}

    /** The store of refresh tokens works again. */
    default void onTokenStoreRestored() {}

    /**
     * There is a connection factory that can be used, as far as its configuration tells.
     *
     * @param description how it sends and reads, and with what it is opened; for people
     */
    default void onFactoryConfigured(String mailbox, String description) {}

    /**
     * What was tried when the server started has succeeded.
     *
     * @param what for people
     */
    default void onFactoryChecked(String mailbox, String what) {}

    /** The same has failed; perhaps the reason was told where it arose. */
    default void onFactoryCheckFailed(String mailbox, Diagnosis diagnosis) {}

    /**
     * What the servers of the cluster share was opened.
     *
     * @param description what it is, such as how many members have it; for people
     */
    default void onSharedCacheOpened(String description) {}

    /** What is configured cannot be used; all of it that is wrong is told at once. */
    default void onConfigurationInvalid(Diagnosis diagnosis) {}

    /**
     * Something that an administrator or developer should look after and that has no event of its own, such as a session that
     * an application did not close.
     *
     * @param again whether the same was told before
     */
    default void onWarning(Diagnosis diagnosis, boolean again) {}
}
