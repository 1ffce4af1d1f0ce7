package org.outlookmail.sandbox.smtp;

import java.io.IOException;
import java.net.Socket;
import java.time.Clock;
import javax.net.ssl.SSLContext;
import org.outlookmail.sandbox.access.ConnectionSlots;
import org.outlookmail.sandbox.access.Gatekeeper;
import org.outlookmail.sandbox.faults.Faults;
import org.outlookmail.sandbox.wire.Counters;
import org.outlookmail.sandbox.wire.TcpListener;
import org.outlookmail.sandbox.wire.Workers;

/**
 * The submission server: one port, a {@link SmtpSession} for each connection, and what the sessions share. Safe for any
 * thread. Owns its port; the sandbox closes it.
 */
public final class SmtpServer implements AutoCloseable {
    /** The name in greetings and Received headers; it resolves to nothing on purpose. */
    static final String HOST = "SANDBOX.PROD.OUTLOOK.INVALID";

    private final Clock clock;
    private final SSLContext tls;
    private final Workers workers;
    private final Faults faults;
    private final Gatekeeper gatekeeper;
    private final Submission submission;
    private final long maxMessageBytes;
    private final Counters counters = new Counters();
    private final ConnectionSlots slots;
    private final TcpListener listener;

    /** Opens {@code port} (0: any) and serves; {@code tls} is the box's own context. */
    public SmtpServer(
            int port,
            SSLContext tls,
            Workers workers,
            Clock clock,
            Faults faults,
            Gatekeeper gatekeeper,
            Submission submission,
            long maxMessageBytes) {
        this.tls = tls;
        this.workers = workers;
        this.clock = clock;
        this.faults = faults;
        this.gatekeeper = gatekeeper;
        this.submission = submission;
        this.maxMessageBytes = maxMessageBytes;
        this.slots = new ConnectionSlots(() -> faults.limits().maxConnections());
        this.listener = TcpListener.open("SMTP submission", port, workers, this::serve);
    }

    private void serve(Socket socket) throws IOException {
        counters.opened();
        try (SmtpWire wire = new SmtpWire(socket, tls, workers, faults, counters)) {
            SmtpSession session = new SmtpSession(this, wire);
            try {
                session.run();
            } finally {
                session.end();
            }
        } finally {
            counters.closed();
        }
    }

    /** The port that was opened. */
    public int port() {
        return listener.port();
    }

    /** The figures. */
    public Counters counters() {
        return counters;
    }

    /** Cuts every connection. */
    public void dropConnections() {
        listener.dropConnections();
    }

    Clock clock() {
        return clock;
    }

    Faults faults() {
        return faults;
    }

    Gatekeeper gatekeeper() {
        return gatekeeper;
    }

    Submission submission() {
        return submission;
    }

    long maxMessageBytes() {
        return maxMessageBytes;
    }

    ConnectionSlots slots() {
        return slots;
    }

    @Override
    public void close() {
        listener.close();
    }
}
