package org.outlookmail.cluster.durable;

import java.io.IOException;
import java.util.Optional;

/**
 * The durable home of refresh tokens, which outlives every node. It sees sealed texts under names that reveal nothing.
 *
 * <p>Thread rule: free for any thread, also of several nodes.
 */
public interface DurableStore {

    /**
     * Reads an entry.
     *
     * @param name at most 64 letters, digits, {@code -} and {@code _}
     * @return empty if there is none
     * @throws IOException if the store cannot be read
     */
    Optional<String> load(String name) throws IOException;

    /**
     * Writes an entry, wholly or not at all; it has reached the disk when this returns.
     *
     * @param name as above
     * @param text the text, some kilobytes
     * @throws IOException if the store cannot be written
     */
    void save(String name, String text) throws IOException;
}
