package org.outlookmail.servers;

import java.net.URI;
import java.nio.file.Path;

/** A server with the adapter, the factories and the application on it. Closed by who started it. */
interface AppServer extends AutoCloseable {
    /** Where the application is. */
    URI application();

    /** The name of a factory without transactions. */
    String factory();

    /** The name of one whose mail waits for the commit. */
    String transactional();

    /** The name of a {@code jakarta.mail.Session}. */
    String session();

    /** The process that the server is, or that it descends from. */
    ProcessHandle process();

    /** Where it keeps its configuration and its logs. */
    Path home();

    @Override
    void close();
}
