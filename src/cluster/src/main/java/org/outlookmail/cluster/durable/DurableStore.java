package org.outlookmail.cluster.durable;

import java.io.IOException;
import java.util.Optional;

/**
 * The durable home of what must not be lost, such as refresh tokens; it outlives every node. It sees sealed texts under names that reveal nothing.
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
     * Writes an entry if it is still what the caller has read, wholly or not at all; it has reached the disk when this
     * returns.
     *
     * @param name as above
     * @param old what was read; empty if there was none
     * @param text the text, some kilobytes
     * @return false if there is something else now
     * @throws IOException if the store cannot be written, or whether it was is unknown
     */
    boolean replace(String name, Optional<String> old, String text) throws IOException;
}
