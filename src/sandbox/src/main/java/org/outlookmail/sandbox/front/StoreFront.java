package org.outlookmail.sandbox.front;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.outlookmail.sandbox.access.ConnectionSlots;
import org.outlookmail.sandbox.access.Gatekeeper;
import org.outlookmail.sandbox.faults.Faults;
import org.outlookmail.sandbox.faults.Protocol;
import org.outlookmail.sandbox.mailstore.MailStore;
import org.outlookmail.sandbox.wire.Counters;
import org.outlookmail.sandbox.wire.MailPorts;
import org.outlookmail.sandbox.wire.Workers;

/**
 * The ports of IMAP or of POP3: ends TLS, greets, checks the token, and has commands run over the store, seeing each. Safe for any thread. Owns its ports; the sandbox closes it.
 */
public final class StoreFront implements AutoCloseable {
    private static final long EXPIRY_CHECK_MILLIS = 250;

    private final Protocol protocol;
    private final SSLContext tls;
    private final Workers workers;
    private final Faults faults;
    private final Gatekeeper gatekeeper;
    private final MailStore store;
    private final Counters counters = new Counters();
    private final ConnectionSlots slots;
    private final Set<StoreSession> sessions = ConcurrentHashMap.newKeySet();
    private final MailPorts ports;
    private final Future<?> expiry;

    /** Opens the ports and serves. */
    public StoreFront(
            Protocol protocol,
            MailPorts.Plan plan,
            SSLContext tls,
            Workers workers,
            Faults faults,
            Gatekeeper gatekeeper,
            MailStore store) {
        this.protocol = protocol;
        this.tls = tls;
        this.workers = workers;
        this.faults = faults;
        this.gatekeeper = gatekeeper;
        this.store = store;
        this.slots = new ConnectionSlots(() -> faults.limits().maxStoreConnections());
        this.ports = MailPorts.open(plan, workers, this::serve);
        this.expiry = workers.timer()
                .scheduleWithFixedDelay(
                        this::endExpired, EXPIRY_CHECK_MILLIS, EXPIRY_CHECK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void serve(Socket socket, boolean tlsFirst) throws IOException {
        counters.opened();
        try (ClientWire wire = new ClientWire(socket, tls, protocol, faults, counters)) {
            if (tlsFirst) {
                wire.startTls();
            }
            StoreSession session = protocol == Protocol.IMAP ? new ImapSession(this, wire) : new PopSession(this, wire);
            sessions.add(session);
            try {
                session.run();
            } finally {
                sessions.remove(session);
                session.end();
            }
        } finally {
            counters.closed();
        }
    }

    private void endExpired() {
        for (StoreSession session : sessions) {
            try {
                session.endIfExpired();
            } catch (IOException | RuntimeException e) {
                System.getLogger(StoreFront.class.getName()).log(Level.DEBUG, "An expired session ended badly", e);
            }
        }
    }

    /** The ports that were opened. */
    public MailPorts ports() {
        return ports;
    }

    /** The figures. */
    public Counters counters() {
        return counters;
    }

    Workers workers() {
        return workers;
    }

    Gatekeeper gatekeeper() {
        return gatekeeper;
    }

    Faults faults() {
        return faults;
    }

    MailStore store() {
        return store;
    }

    ConnectionSlots slots() {
        return slots;
    }

    @Override
    public void close() {
        expiry.cancel(false);
        ports.close();
    }
}
