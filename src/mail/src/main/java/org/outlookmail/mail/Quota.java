package org.outlookmail.mail;

import jakarta.mail.MessagingException;
import java.time.Duration;
import java.util.Optional;

/**
 * When one mailbox may be used at one server: how many connections at a time, how many messages a minute, and not while the
 * server has asked for a pause.
 *
 * <p>Thread rule: free for any thread.
 */
public interface Quota {

    /** Somebody who has a connection open, and may be asked to give it up. */
    @FunctionalInterface
    interface Guest {

        /** Gives the connection up if it is idle. Called on a thread of its own; may take as long as a goodbye. */
        void makeRoom();
    }

    /** No limits, and no patience with a server that throttles. */
    Quota NONE = new Quota() {};

    /** How long a caller waits for its turn altogether; zero means that it is told at once. */
    default Duration patience() {
        return Duration.ZERO;
    }

    /** After so many messages a connection is closed; 0 for no limit. */
    default int messagesPerConnection() {
        return 0;
    }

    /**
     * Waits until another connection may be opened, and counts it.
     *
     * @throws MessagingException diagnosed: it was not allowed in time
     */
    default void enter(Guest guest, Deadline deadline) throws MessagingException {
        // Nobody counts.
    }

    /** The connection is closed; without effect if it was not counted. */
    default void leave(Guest guest) {
        // Nobody counts.
    }

    /** Whether somebody waits for a connection and this one has had its share. */
    default boolean wanted(Guest guest) {
        return false;
    }

    /**
     * Waits for the end of a pause that the server has asked for.
     *
     * @throws MessagingException diagnosed: it does not end in time
     */
    default void awaitEndOfPause(Deadline deadline) throws MessagingException {
        // There is none.
    }

    /**
     * Waits until another message may be sent, and counts it.
     *
     * @throws MessagingException diagnosed: it is not allowed in time
     */
    default void awaitMessage(Deadline deadline) throws MessagingException {
        // Nobody counts.
    }

    /**
     * The server has refused something because it is too much.
     *
     * @param retryAfter how long it asks to wait; empty if it does not say
     * @return whether the caller may try again after the pause that this begins
     */
    default boolean throttled(Optional<Duration> retryAfter, Deadline deadline) {
        return false;
    }

    /**
     * The server has a fault that passes, and is no business of this mailbox: this caller alone waits for a moment, those of
     * other connections and nodes may meet a server that is well.
     *
     * @return whether the caller may try again now
     * @throws MessagingException diagnosed: the wait was ended from outside
     */
    default boolean unavailable(Deadline deadline) throws MessagingException {
        return false;
    }

    /** The server has taken something; what follows a pause begins anew. */
    default void flows() {
        // Nothing to forget.
    }
}
