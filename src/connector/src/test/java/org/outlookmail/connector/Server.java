package org.outlookmail.connector;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.resource.ResourceException;
import jakarta.resource.spi.BootstrapContext;
import jakarta.resource.spi.ConnectionEvent;
import jakarta.resource.spi.ConnectionEventListener;
import jakarta.resource.spi.ConnectionManager;
import jakarta.resource.spi.ConnectionRequestInfo;
import jakarta.resource.spi.LocalTransaction;
import jakarta.resource.spi.ManagedConnection;
import jakarta.resource.spi.ManagedConnectionFactory;
import jakarta.resource.spi.XATerminator;
import jakarta.resource.spi.work.Work;
import jakarta.resource.spi.work.WorkContext;
import jakarta.resource.spi.work.WorkManager;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.Timer;
import javax.security.auth.Subject;
import org.outlookmail.connector.adapter.MailResourceAdapter;
import org.outlookmail.connector.handle.MailSessionHandle;
import org.outlookmail.connector.pool.MailManagedConnection;
import org.outlookmail.connector.pool.MailManagedConnectionFactory;
import org.outlookmail.sandbox.Sandbox;
import org.outlookmail.testkit.TestBox;

/**
 * As much of an application server as a pool is: matches or creates, listens, cleans up what is given back, destroys what
 * failed. It holds its own adapter, started.
 */
final class Server implements ConnectionManager, BootstrapContext, AutoCloseable {

    private static final long serialVersionUID = 1L;

    final transient MailResourceAdapter adapter = new MailResourceAdapter();
    final transient List<MailManagedConnection> all = new ArrayList<>();
    final transient List<MailManagedConnection> free = new ArrayList<>();

    /** What the connections told, in order. */
    final transient List<Integer> events = Collections.synchronizedList(new ArrayList<>());

    /** What container-managed authentication gives, or null. */
    transient Subject subject;

    /** Whether connections that are borrowed take part in a transaction, and those that do. */
    transient boolean transactional;

    final transient List<LocalTransaction> transactions = new ArrayList<>();

    Server() throws ResourceException {
        adapter.start(this);
    }

    /** A factory whose every property leads to the sandbox. */
    <F extends MailManagedConnectionFactory> F configured(F factory) throws ResourceException {
        Sandbox box = TestBox.box();
        factory.setTenantId(box.tenantId());
        factory.setClientId(box.clientId());
        factory.setClientSecret(box.clientSecret());
        factory.setAuthority(box.entraUrl().toString());
        factory.setMailbox(TestBox.NOREPLY);
        factory.setCheckAtStart("none"); // Tests count what goes over the network.
        factory.setSmtpHost("localhost");
        factory.setSmtpPort(box.smtpPort());
        factory.setStoreHost("localhost");
        factory.setStorePort(box.imapsPort());
        factory.setResourceAdapter(adapter);
        return factory;
    }

    @Override
    public synchronized Object allocateConnection(ManagedConnectionFactory factory, ConnectionRequestInfo info)
            throws ResourceException {
        ManagedConnection matched = factory.matchManagedConnections(Set.copyOf(free), subject, info);
        if (matched == null) {
            matched = factory.createManagedConnection(subject, info);
            all.add((MailManagedConnection) matched);
            matched.addConnectionEventListener(new Pool());
        }
        free.remove(matched);
        if (transactional) {
            transactions.add(matched.getLocalTransaction());
            matched.getLocalTransaction().begin();
        }
        return matched.getConnection(subject, info);
    }

    /** How many connections lie in the pool. */
    synchronized int free() {
        return free.size();
    }

    private synchronized void takeBack(MailManagedConnection connection) {
        free.add(connection);
    }

    @Override
    public void close() {
        all.forEach(MailManagedConnection::destroy);
        adapter.stop();
    }

    private final class Pool implements ConnectionEventListener {

        @Override
        public void connectionClosed(ConnectionEvent event) {
            events.add(event.getId());
            assertThat(event.getConnectionHandle()).isInstanceOf(MailSessionHandle.class);
            MailManagedConnection connection = (MailManagedConnection) event.getSource();
            if (!transactional) {
                connection.cleanup();
                takeBack(connection);
            }
        }

        @Override
        public void connectionErrorOccurred(ConnectionEvent event) {
            events.add(event.getId());
            assertThat(event.getException()).isNotNull();
            ((MailManagedConnection) event.getSource()).destroy();
        }

        @Override
        public void localTransactionStarted(ConnectionEvent event) {
            events.add(event.getId());
        }

        @Override
        public void localTransactionCommitted(ConnectionEvent event) {
            events.add(event.getId());
        }

        @Override
        public void localTransactionRolledback(ConnectionEvent event) {
            events.add(event.getId());
        }
    }

    @Override
    public Timer createTimer() {
        return new Timer("test", true);
    }

    @Override
    public WorkManager getWorkManager() {
        return (WorkManager) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {WorkManager.class}, (proxy, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("scheduleWork");
                    Thread thread = new Thread((Work) arguments[0], "work");
                    thread.setDaemon(true);
                    thread.start();
                    return null;
                });
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
