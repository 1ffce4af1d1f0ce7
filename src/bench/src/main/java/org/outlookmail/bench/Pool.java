package org.outlookmail.bench;

import jakarta.resource.ResourceException;
import jakarta.resource.spi.BootstrapContext;
import jakarta.resource.spi.ConnectionEvent;
import jakarta.resource.spi.ConnectionEventListener;
import jakarta.resource.spi.ConnectionManager;
import jakarta.resource.spi.ConnectionRequestInfo;
import jakarta.resource.spi.ManagedConnection;
import jakarta.resource.spi.ManagedConnectionFactory;
import jakarta.resource.spi.XATerminator;
import jakarta.resource.spi.work.WorkContext;
import jakarta.resource.spi.work.WorkManager;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.Timer;

/**
 * The least that an application server does for a borrower: it matches, or creates, and takes back. What a benchmark measures
 * beside it is ours.
 *
 * <p>Thread rule: free for any thread. Its connections end with the adapter.
 */
final class Pool implements ConnectionManager, ConnectionEventListener, BootstrapContext {

    private static final long serialVersionUID = 1L;

    private final transient Deque<ManagedConnection> free = new ArrayDeque<>();

    @Override
    public Object allocateConnection(ManagedConnectionFactory factory, ConnectionRequestInfo info)
            throws ResourceException {
        ManagedConnection matched;
        synchronized (free) {
            ManagedConnection candidate = free.peek();
            matched = candidate == null ? null : factory.matchManagedConnections(Set.of(candidate), null, info);
            if (matched != null) {
                free.remove(matched);
            }
        }
        if (matched == null) {
            matched = factory.createManagedConnection(null, info);
            matched.addConnectionEventListener(this);
        }
        return matched.getConnection(null, info);
    }

    @Override
    public void connectionClosed(ConnectionEvent event) {
        ManagedConnection connection = (ManagedConnection) event.getSource();
        try {
            connection.cleanup();
        } catch (ResourceException failure) {
            throw new IllegalStateException(failure);
        }
        synchronized (free) {
            free.push(connection);
        }
    }

    @Override
    public void connectionErrorOccurred(ConnectionEvent event) {
        throw new IllegalStateException("a benchmark's connection failed", event.getException());
    }

    @Override
    public void localTransactionStarted(ConnectionEvent event) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void localTransactionCommitted(ConnectionEvent event) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void localTransactionRolledback(ConnectionEvent event) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Timer createTimer() {
        return new Timer(true);
    }

    /** None: nothing here needs a thread of the server. */
    @Override
    public WorkManager getWorkManager() {
        return null;
    }

    @Override
    public XATerminator getXATerminator() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isContextSupported(Class<? extends WorkContext> type) {
        return false;
    }

    @Override
    public TransactionSynchronizationRegistry getTransactionSynchronizationRegistry() {
        throw new UnsupportedOperationException();
    }
}
