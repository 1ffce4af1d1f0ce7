package org.outlookmail.connector.adapter;

import jakarta.resource.spi.work.Work;

/**
 * A short piece of work on one of the server's threads (Jakarta Connectors 2.1, chapter 10).
 *
 * <p>Thread rule: run once, by the server.
 */
public final class ServerWork implements Work {

    private final Runnable task;

    public ServerWork(Runnable task) {
        this.task = task;
    }

    @Override
    public void run() {
        task.run();
    }

    /** Nothing to do: a token request ends within its timeouts. */
    @Override
    public void release() {
        // The request at hand is not cut: its answer may be a rotated refresh token.
    }
}
