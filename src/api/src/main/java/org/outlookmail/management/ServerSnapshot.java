package org.outlookmail.management;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * One mailbox at one mail server, as this server uses it. Immutable.
 *
 * @param server such as {@code smtp://smtp.office365.com:587}
 * @param logins how many logins are open there
 * @param waiting how many callers wait: for a connection, for their turn, or for the end of a pause
 * @param limit how many connections the whole cluster may have there; 0 for no limit
 * @param pausedUntil until when the server wants to be left alone; empty if it does not
 */
public record ServerSnapshot(String server, int logins, int waiting, int limit, Optional<Instant> pausedUntil) {

    public ServerSnapshot {
        Objects.requireNonNull(server, "server");
        Objects.requireNonNull(pausedUntil, "pausedUntil");
    }
}
