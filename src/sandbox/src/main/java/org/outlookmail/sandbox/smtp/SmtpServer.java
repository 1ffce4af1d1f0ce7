package org.outlookmail.sandbox.smtp;

import java.io.IOException;
import java.net.Socket;
import java.time.Clock;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.outlookmail.sandbox.PortInUseException;
import org.outlookmail.sandbox.SandboxState;
import org.outlookmail.sandbox.access.ConnectionSlots;
import org.outlookmail.sandbox.access.Gatekeeper;
import org.outlookmail.sandbox.faults.Faults;
import org.outlookmail.sandbox.wire.Counters;
import org.outlookmail.sandbox.wire.MailPorts;
import org.outlookmail.sandbox.wire.TcpListener;
import org.outlookmail.sandbox.wire.Workers;

/**
 * The submission server: its two ports, a {@link SmtpSession} for each connection, and what the sessions share. Safe for any
 * thread. Owns its ports; the sandbox closes it.
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
    private final Relay relay;
    private final TcpListener relayPort;
    private final MailPorts ports;

    /**
     * Takes mail without a login, as a connector of Exchange Online does.
     *
     * @param port 0 is any free one
     * @param from the addresses whose mail it takes
     */
    public record Relay(int port, Set<String> from) {}

    /** Opens the ports and serves; {@code tls} is the box's own context. */
    public SmtpServer(
            MailPorts.Plan plan,
            Relay relay,
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
        this.relay = relay;
        this.ports = MailPorts.open(plan, workers, (socket, tlsFirst) -> serve(socket, tlsFirst, false));
        this.relayPort = relayOpened();
    }

    private TcpListener relayOpened() {
        try {
            return TcpListener.open("a relay (SMTP)", relay.port(), workers, socket -> serve(socket, false, true));
        } catch (PortInUseException taken) {
            ports.close();
            throw taken;
        }
    }

    private void serve(Socket socket, boolean tlsFirst, boolean relayed) throws IOException {
        counters.opened();
        try (SmtpWire wire = new SmtpWire(socket, tls, workers, faults, counters)) {
            if (tlsFirst) {
                wire.startTls();
            }
            SmtpSession session = new SmtpSession(this, wire, relayed);
            try {
                session.run();
            } finally {
                session.end();
            }
        } finally {
            counters.closed();
        }
    }

    /** The ports that were opened. */
    public MailPorts ports() {
        return ports;
    }

    /** Cuts every connection, as a server that restarts would. */
    public void dropConnections() {
        ports.dropConnections();
        relayPort.dropConnections();
    }

    /** Where the relay listens. */
    public int relayPort() {
        return relayPort.port();
    }

    /** Whether it takes mail from there. */
    boolean relays(String address) {
        return relay.from().contains(address);
    }

    /** The figures. */
    public SandboxState.Smtp state() {
        return counters.smtp(slots.peaks());
    }

    /** Counts from zero, or from the connections that are open. */
    public void resetCounters() {
        counters.reset();
        slots.resetPeaks();
    }

    Counters counters() {
        return counters;
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
        relayPort.close();
        ports.close();
    }
}
