package org.outlookmail.management;

import java.util.Objects;

/**
 * The cache that the servers of a cluster share. Immutable.
 *
 * @param node this server's name there, for people
 * @param opened whether it has been needed and is open
 * @param failing whether something failed there and has not worked since; then this server goes on alone
 */
public record CacheSnapshot(String node, boolean opened, boolean failing) {

    public CacheSnapshot {
        Objects.requireNonNull(node, "node");
    }
}
