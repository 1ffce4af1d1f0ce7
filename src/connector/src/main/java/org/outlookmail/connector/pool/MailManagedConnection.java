package org.outlookmail.connector.pool;

import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.resource.NotSupportedException;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ConnectionEvent;
import jakarta.resource.spi.ConnectionEventListener;
import jakarta.resource.spi.ConnectionRequestInfo;
import jakarta.resource.spi.LocalTransaction;
import jakarta.resource.spi.ManagedConnection;
import jakarta.resource.spi.ManagedConnectionMetaData;
import java.io.PrintWriter;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import javax.security.auth.Subject;
import javax.transaction.xa.XAResource;
import org.outlookmail.DiagnosedResourceException;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.DiagnosisCode.Fault;
import org.outlookmail.OneLine;
import org.outlookmail.connector.config.MailConfiguration;
import org.outlookmail.connector.config.SenderPolicy;
import org.outlookmail.connector.handle.MailMetaData;
import org.outlookmail.connector.handle.MailSessionHandle;
import org.outlookmail.connector.handle.Pooled;
import org.outlookmail.connector.transaction.DemarcatedTransaction;
import org.outlookmail.connector.transaction.OutgoingTransaction;
import org.outlookmail.mail.Deadline;
import org.outlookmail.mail.MailAccount;
import org.outlookmail.mail.MailConnection;
import org.outlookmail.mail.MailboxStore;
import org.outlookmail.mail.message.OutgoingMessage;
import org.outlookmail.mail.message.SenderCheck;
import org.outlookmail.mail.quota.QuotaLimits;

/**
 * One connection in the server's pool (Jakarta Connectors 2.1, section 6.5.3). It is created without a network call; the
 * {@link MailConnection} inside logs in at first use and stays logged in for the next borrower.
 *
 * <p>Thread rule: the server gives it to one thread at a time. The server destroys it.
 */
public class MailManagedConnection implements ManagedConnection, Pooled {

    private static final Logger LOG = System.getLogger(MailManagedConnection.class.getName());

    /** A call into Jakarta Mail. */
    @FunctionalInterface
    private interface MailCall<T> {
        T run() throws MessagingException;
    }

    private final MailManagedConnectionFactory factory;
    private final PoolRuntime runtime;
    private final SenderPolicy senders;
    private final MailAccount account;
    private final QuotaLimits limits;
    private final MailConnection own;
    private final OutgoingTransaction transaction;
    private final boolean transactional;
    private final Set<MailSessionHandle> handles = ConcurrentHashMap.newKeySet();
    private final List<ConnectionEventListener> listeners = new CopyOnWriteArrayList<>();
    private final AtomicBoolean useless = new AtomicBoolean();
    private PrintWriter logWriter;

    /**
     * @param account the mailbox it belongs to, not necessarily the factory's own
     */
    MailManagedConnection(
            MailManagedConnectionFactory factory,
            MailConfiguration configuration,
            MailAccount account,
            PoolRuntime runtime)
            throws ResourceException {
        this.factory = factory;
        this.runtime = runtime;
        this.senders = configuration.senders();
        this.account = account;
        this.limits = configuration.limits();
        this.own = runtime.connection(account, limits);
        this.transactional = configuration.transactional();
        this.transaction = new OutgoingTransaction(
                account.mailbox(),
                transactional,
                (sender, message) -> call(() -> committed(sender, message)),
                runtime.listeners());
    }

    /** Whether it is that factory's, and of that mailbox, and opened by that credential. */
    @SuppressWarnings("ReferenceEquality") // a short cut; else values are compared
    boolean serves(MailManagedConnectionFactory other, MailAccount wanted) {
        return factory.equals(other)
                && (account == wanted // As nearly always: the factory's own.
                        || (mailbox().equalsIgnoreCase(wanted.mailbox())
                                && account.as(wanted.mailbox()).opensAs(wanted)));
    }

    @Override
    public Object getConnection(Subject subject, ConnectionRequestInfo info) throws ResourceException {
        inUse();
        MailSessionHandle handle = new MailSessionHandle(this);
        handles.add(handle);
        return handle;
    }

    @Override
    public void associateConnection(Object handle) throws ResourceException {
        inUse();
        if (!(handle instanceof MailSessionHandle given)) {
            throw new ResourceException("not a handle of this adapter: " + handle);
        }
        MailSessionHandle ours = given.self();
        // Known before it is ours: the application may close it in this moment, and the server must be told.
        handles.add(ours);
        boolean associated = false;
        try {
            ours.associate(this);
            associated = true;
        } finally {
            if (!associated) {
                handles.remove(ours);
            }
        }
    }

    /** Whether an application has it. */
    public boolean borrowed() {
        return !handles.isEmpty();
    }

    private void inUse() throws ResourceException {
        if (useless.get()) {
            throw new DiagnosedResourceException(
                    Diagnosis.of(
                            DiagnosisCode.SESSION_TAKEN_BACK,
                            "The server gave out a connection of " + mailbox() + " that it had destroyed.",
                            Map.of("mailbox", mailbox())),
                    null);
        }
    }

    @Override
    public void forget(MailSessionHandle handle) {
        handles.remove(handle);
    }

    /** A handle was closed by the application. */
    @Override
    public void closed(MailSessionHandle handle) {
        // Only a handle that still counts: after an error or a cleanup the server is done with it. A handle in transit
        // between two connections counts with both, and is told by the one that has it.
        if (handles.remove(handle)) {
            ConnectionEvent event = new ConnectionEvent(this, ConnectionEvent.CONNECTION_CLOSED);
            event.setConnectionHandle(handle);
            tell(listener -> listener.connectionClosed(event));
        }
    }

    @Override
    public String mailbox() {
        return own.mailbox();
    }

    @Override
    public boolean transactional() {
        return transactional;
    }

    @Override
    public boolean inTransaction() {
        return transaction.active();
    }

    @Override
    public jakarta.resource.cci.LocalTransaction demarcated(MailSessionHandle handle) {
        return new DemarcatedTransaction(transaction, what -> tellTransaction(what, handle));
    }

    /** Whether the mail servers are still there. */
    boolean valid() {
        return !useless.get() && own.valid();
    }

    @Override
    public void send(Message message) throws MessagingException {
        call(() -> dispatched(own.completed(message)));
    }

    @Override
    public void send(Message message, Address[] recipients) throws MessagingException {
        call(() -> dispatched(own.completed(message, recipients)));
    }

    /** Over the connection of its sender; in a transaction it is kept, and the login made now, so that it fails here. */
    private Void dispatched(OutgoingMessage message) throws MessagingException {
        Optional<Diagnosis> objection = senders.objection(message.originators(), mailbox());
        if (objection.isPresent()) {
            throw message.refused(objection.get(), null);
        }
        String sender = senders.senderOf(message.originators(), mailbox());
        SenderCheck check = senders.leavingAs(sender, mailbox());
        return over(sender, (connection, patience) -> {
            if (transaction.active()) {
                transaction.add(sender, connection.frozen(message, check, patience));
            } else {
                connection.send(message, check, patience);
            }
            return null;
        });
    }

    /** A message that was checked when it was kept for the end of a transaction. */
    private Void committed(String sender, OutgoingMessage message) throws MessagingException {
        return over(sender, (connection, patience) -> {
            connection.send(message, SenderCheck.ANYBODY, patience);
            return null;
        });
    }

    /** The own connection, or one of the sender's. */
    private Void over(String sender, SenderConnections.Use<Void> use) throws MessagingException {
        if (sender.equalsIgnoreCase(mailbox())) {
            return use.with(own, limits.patience());
        }
        SenderConnections senders = useless.get() ? null : runtime.senders().orElse(null);
        if (senders == null) {
            throw SenderConnections.takenBack(sender, null);
        }
        return senders.with(account.as(sender), limits, use);
    }

    @Override
    public <T> T reading(MailboxStore.Reading<T> work) throws MessagingException {
        return call(() -> work.with(own));
    }

    /** Whether the login to read that it had is there. */
    @Override
    public boolean standing() {
        return !useless.get() && own.standing();
    }

    @Override
    public String introduction() throws MessagingException {
        return call(own::introduction);
    }

    private <T> T call(MailCall<T> work) throws MessagingException {
        try {
            return work.run();
        } catch (MessagingException failure) {
            Diagnosis.of(failure)
                    .map(Diagnosis::code)
                    .filter(code -> code.fault() == Fault.CONNECTION)
                    .ifPresent(code -> failed(code, failure));
            throw failure;
        }
    }

    /**
     * Tells the server once; it destroys this connection. The handles are void, and no close of theirs is told any more.
     * Not while messages wait for the commit, which would be lost with it: the {@link MailConnection} logs in anew by itself.
     */
    private void failed(DiagnosisCode code, MessagingException failure) {
        if (!transaction.holdsMessages() && useless.compareAndSet(false, true)) {
            invalidateHandles(code);
            ConnectionEvent event = new ConnectionEvent(this, ConnectionEvent.CONNECTION_ERROR_OCCURRED, failure);
            try {
                tell(listener -> listener.connectionErrorOccurred(event));
            } catch (RuntimeException atTheServer) {
                failure.addSuppressed(atTheServer);
            }
        }
    }

    private void invalidateHandles(DiagnosisCode why) {
        handles.forEach(handle -> {
            handle.invalidate(this, why);
            factory.handles().closed(handle);
        });
        handles.clear();
    }

    private void tell(Consumer<ConnectionEventListener> event) {
        listeners.forEach(event);
    }

    /** Makes the connection ready for the next borrower; the login stays. */
    @Override
    public void cleanup() {
        handles.forEach(MailSessionHandle::leaked);
        invalidateHandles(null);
        transaction.abandon();
        List<String> forgotten = own.release();
        if (!forgotten.isEmpty()) {
            LOG.log(
                    Level.DEBUG,
                    () -> "closed folders that the application left open in " + mailbox() + ": "
                            + OneLine.of(forgotten.toString()));
        }
    }

    @Override
    public void destroy() {
        destroy(Deadline.in(MailConnection.LAST_MESSAGE));
    }

    /** Nobody logs in any more; {@link #destroy} must follow. */
    public void ending() {
        useless.set(true);
        own.ending();
    }

    /**
     * Destroys it.
     *
     * @param deadline until when a message that is on its way may arrive, and servers say goodbye
     */
    public void destroy(Deadline deadline) {
        useless.set(true);
        invalidateHandles(null);
        // In this order: what is sent in a transaction meanwhile must not leave without it.
        own.close(deadline);
        transaction.abandon();
        runtime.destroyed(this);
    }

    @Override
    public void addConnectionEventListener(ConnectionEventListener listener) {
        listeners.add(listener);
    }

    @Override
    public void removeConnectionEventListener(ConnectionEventListener listener) {
        listeners.remove(listener);
    }

    @Override
    public XAResource getXAResource() throws ResourceException {
        throw new NotSupportedException("mail servers take no part in distributed transactions");
    }

    /** With transaction="none" it has no effect: some servers ask for one whatever the factory says. */
    @Override
    public LocalTransaction getLocalTransaction() {
        return transaction;
    }

    /** The application began or ended a transaction by itself. */
    private void tellTransaction(int what, MailSessionHandle handle) {
        ConnectionEvent event = new ConnectionEvent(this, what);
        event.setConnectionHandle(handle);
        switch (what) {
            case ConnectionEvent.LOCAL_TRANSACTION_STARTED -> tell(listener -> listener.localTransactionStarted(event));
            case ConnectionEvent.LOCAL_TRANSACTION_COMMITTED ->
                tell(listener -> listener.localTransactionCommitted(event));
            default -> tell(listener -> listener.localTransactionRolledback(event));
        }
    }

    @Override
    public ManagedConnectionMetaData getMetaData() {
        return new MailMetaData(this);
    }

    @Override
    public void setLogWriter(PrintWriter logWriter) {
        this.logWriter = logWriter;
    }

    @Override
    public PrintWriter getLogWriter() {
        return logWriter;
    }

    @Override
    public String toString() {
        return "MailManagedConnection[mailbox=" + mailbox() + "]";
    }
}
