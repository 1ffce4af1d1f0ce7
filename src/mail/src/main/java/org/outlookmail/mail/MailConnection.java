package org.outlookmail.mail;

import jakarta.mail.Address;
import jakarta.mail.Folder;
import jakarta.mail.FolderNotFoundException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.ReadOnlyFolderException;
import jakarta.mail.Store;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.angus.mail.iap.CommandFailedException;
import org.outlookmail.DiagnosedSendException;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.DiagnosisCode.Fault;
import org.outlookmail.DiagnosisCode.Retry;
import org.outlookmail.token.TokenSource;

/**
 * The physical connection to one mailbox: a login to send and a login to read, each made at its first use. What a pool
 * keeps.
 *
 * <p>Thread rule: one thread at a time. Whoever created it closes it, exactly once and from any thread; after that it cannot
 * be used.
 */
public final class MailConnection implements AutoCloseable {

    private static final Logger LOG = System.getLogger(MailConnection.class.getName());

    /** A connection that others wait for is given up when nobody has used it for this long. */
    private static final Duration AT_REST = Duration.ofMillis(200);

    /** How long a message that is on its way holds up the end of its connection. */
    public static final Duration LAST_MESSAGE = Duration.ofSeconds(10);

    private final MailAccount account;
    private final MessagePreparation preparation;
    private final Quota sendingQuota;
    private final Quota readingQuota;
    private final Quota.Guest guest = this::makeRoom;
    private final ServerLogin<SmtpConnection> transport;
    private final ServerLogin<StoreClient> store;
    private final FolderFailures failures;
    private final MailboxStore own;
    private final StoreAudience audience = new StoreAudience();

    /** Held while the transport is in use, so that only an idle one is given up to somebody who waits. */
    private final ReentrantLock sending = new ReentrantLock();

    /**
     * Prepares a connection without limits; nothing goes over the network.
     *
     * @param account which mailbox; not null
     * @param tokens where its token comes from; not null
     * @param writeTimeouts ends hanging writes; not null
     * @param clock what time it is; not null
     */
    public MailConnection(MailAccount account, TokenSource tokens, WriteTimeouts writeTimeouts, Clock clock) {
        this(account, tokens, writeTimeouts, clock, Quota.NONE, Quota.NONE);
    }

    /**
     * Prepares a connection; nothing goes over the network.
     *
     * @param account which mailbox; not null
     * @param tokens where its token comes from; not null
     * @param writeTimeouts ends hanging writes; not null
     * @param clock what time it is; not null
     * @param sendingQuota the mailbox' manners towards its transport; not null
     * @param readingQuota the same towards its store; not null
     */
    public MailConnection(
            MailAccount account,
            TokenSource tokens,
            WriteTimeouts writeTimeouts,
            Clock clock,
            Quota sendingQuota,
            Quota readingQuota) {
        this.account = account;
        this.preparation = new MessagePreparation(account);
        this.sendingQuota = sendingQuota;
        this.readingQuota = readingQuota;
        transport = new ServerLogin<>(
                account,
                account.out(),
                proof(account.out(), tokens),
                writeTimeouts,
                clock,
                SmtpConnection::new,
                sendingQuota,
                guest);
        Proof reader = proof(account.in(), tokens);
        failures = new FolderFailures(account, reader);
        store = new ServerLogin<>(
                account,
                account.in(),
                reader,
                writeTimeouts,
                clock,
                StoreClient.factory(account, audience),
                readingQuota,
                () -> {});
        own = new ConnectionStore(this, account);
    }

    private Proof proof(Endpoint end, TokenSource tokens) {
        return end.authentication() instanceof Authentication.Token token
                ? new TokenProof(account.mailbox(), end, token.request(), tokens)
                : new PasswordProof((Authentication.Password) end.authentication());
    }

    /** The mailbox this connection belongs to; never null. */
    public String mailbox() {
        return account.mailbox();
    }

    /**
     * Sends one message to all its recipients (RFC 5321). {@code saveChanges()} is called first, a missing From becomes
     * the mailbox.
     *
     * @param message with at least one recipient; not null
     * @throws MessagingException as {@link #send(Message, Address[])}
     */
    public void send(Message message) throws MessagingException {
        send(completed(message), SenderCheck.ANYBODY, sendingQuota.patience());
    }

    /**
     * Sends one message to the recipients given, whatever its headers say. A missing From becomes the mailbox.
     *
     * @param message as it shall be sent, its changes saved; not null
     * @param recipients at least one
     * @throws MessagingException diagnosed. Only code OUTCOME_UNKNOWN leaves open whether the server took the message;
     *     with every other it did not
     */
    public void send(Message message, Address[] recipients) throws MessagingException {
        send(completed(message, recipients), SenderCheck.ANYBODY, sendingQuota.patience());
    }

    /**
     * Makes a message ready as {@link #send(Message)} does, and sends nothing.
     *
     * @throws DiagnosedSendException no recipient, an address that cannot be told to a server, or a header that cannot be read
     */
    public OutgoingMessage completed(Message message) throws DiagnosedSendException {
        return preparation.complete(message);
    }

    /**
     * Makes a message ready as {@link #send(Message, Address[])} does, and sends nothing.
     *
     * @throws DiagnosedSendException as {@link #completed(Message)}
     */
    public OutgoingMessage completed(Message message, Address[] recipients) throws DiagnosedSendException {
        return preparation.complete(message, recipients);
    }

    /**
     * Logs in if need be, and takes a copy of a message as it is now, to be sent later.
     *
     * @param check in whose name it may leave; asked of the copy
     * @param patience how long to wait for its turn altogether; not negative
     * @throws MessagingException diagnosed, also if the server cannot be told the message's addresses
     */
    public OutgoingMessage frozen(OutgoingMessage message, SenderCheck check, Duration patience)
            throws MessagingException {
        Call call = new Call(patience, account.route().timeouts());
        sending.lock();
        try {
            requireSpoken(connected(transport, sendingQuota, call), message);
        } finally {
            transport.rest();
            sending.unlock();
        }
        return preparation.frozen(message, check);
    }

    /** Before the envelope, so that the connection stays as it is. */
    private static void requireSpoken(SmtpConnection smtp, OutgoingMessage message) throws DiagnosedSendException {
        if (message.needsUtf8() && !smtp.supportsExtension("SMTPUTF8")) {
            throw message.unspeakable();
        }
    }

    /**
     * Sends a message that has been made ready.
     *
     * @param check in whose name it may leave; asked of the header when it does
     * @param patience how long to wait for its turn altogether; not negative
     * @throws MessagingException as {@link #send(Message, Address[])}
     */
    public void send(OutgoingMessage message, SenderCheck check, Duration patience) throws MessagingException {
        Call call = new Call(patience, account.route().timeouts());
        sending.lock();
        try {
            boolean renewed = false;
            Optional<SendFailure> failure = attempt(message, check, call);
            while (failure.isPresent()) {
                boolean again = !renewed && mayBeRenewed(failure.get(), call.turn());
                renewed |= again;
                if (!again && !waits(failure.get().diagnosis(), sendingQuota, call)) {
                    transport.complainOfMessage(failure.get().diagnosis());
                    throw failure.get().exception();
                }
                LOG.log(
                        Level.DEBUG,
                        "sending once more after {0}",
                        failure.get().code());
                failure = attempt(message, check, call);
            }
        } finally {
            transport.rest();
            makeRoomIfWanted();
            sending.unlock();
        }
    }

    /** Tries once; what is given back has been refused or was never begun, or its outcome is not known. */
    private Optional<SendFailure> attempt(OutgoingMessage message, SenderCheck check, Call call)
            throws MessagingException {
        call.tried();
        sendingQuota.awaitMessage(call.turn());
        boolean fresh = transport.present() == null;
        SmtpConnection smtp = connected(transport, sendingQuota, call);
        requireSpoken(smtp, message);
        WireMessage wire = new WireMessage(message, check);
        boolean intact = false;
        try {
            smtp.sendMessage(wire, message.recipients());
            intact = true;
        } catch (MessagingException | RuntimeException failure) {
            if (wire.refusal() != null) {
                throw wire.refusal();
            }
            SendFailure diagnosed = new SendFailure(account, transport.proof(), message, call, smtp, fresh, failure);
            intact = diagnosed.connectionIntact();
            if (smtp.beforeContent() && diagnosed.code().retry() == Retry.OVER_ANOTHER_CONNECTION) {
                transport.requireOpen(); // It was cut by whoever closes it, and nothing was handed over.
            }
            return Optional.of(diagnosed);
        } finally {
            if (!intact) {
                // Broken, or stopped in the middle of the data by a fault of the message: its state is not known.
                transport.drop();
            }
        }
        transport.took();
        sendingQuota.flows();
        return Optional.empty();
    }

    /** Whether another connection, or another token, lets the same message go: the server has certainly not taken it. */
    private boolean mayBeRenewed(SendFailure failure, Deadline deadline) throws MessagingException {
        if (failure.code() == DiagnosisCode.TOKEN_EXPIRES_SOON) {
            transport.renewProof(deadline);
            return true;
        }
        return failure.stale();
    }

    /** Whether the same may succeed now: after a pause of the mailbox, or a moment in which the server may have come back. */
    private static boolean waits(Diagnosis refusal, Quota quota, Call call) throws MessagingException {
        return switch (refusal.code()) {
            case MAIL_THROTTLED -> quota.throttled(refusal, call.turn());
            case MAIL_SERVER_UNAVAILABLE -> quota.unavailable(call.turn());
            default -> false;
        };
    }

    /** Logged in, if need be after the pauses that the server asks for. */
    private static <S extends ServerLogin.Client> S connected(ServerLogin<S> login, Quota quota, Call call)
            throws MessagingException {
        while (true) {
            try {
                return login.client(call);
            } catch (MessagingException failure) {
                Optional<Diagnosis> diagnosis = Diagnosis.of(failure);
                if (diagnosis.isEmpty() || !waits(diagnosis.get(), quota, call)) {
                    throw failure;
                }
                call.tried();
            }
        }
    }

    private void makeRoom() {
        if (sending.tryLock()) {
            try {
                if (transport.present() != null
                        && (sendingQuota.wanted(guest) || transport.idle().compareTo(AT_REST) > 0)) {
                    transport.retire();
                }
            } finally {
                sending.unlock();
            }
        }
    }

    private void makeRoomIfWanted() {
        if (transport.present() != null && sendingQuota.wanted(guest)) {
            transport.retire();
        }
    }

    /**
     * Opens a folder (RFC 3501, SELECT or EXAMINE); of POP3 there is only INBOX.
     *
     * @param name the full name; not null
     * @param mode {@link Folder#READ_ONLY} or {@link Folder#READ_WRITE}
     * @throws MessagingException diagnosed. Folders that are open already stay so, unless the connection broke
     *     or its token ran out
     */
    public Folder openFolder(String name, int mode) throws MessagingException {
        Folder folder = own.getFolder(name);
        folder.open(mode);
        return folder;
    }

    /**
     * Does something with a login that reads; once more over another one, if it may be repeated and the connection has
     * ended.
     *
     * @throws MessagingException diagnosed
     */
    <T> T read(StoreCall<T> work) throws MessagingException {
        Call call = new Call(readingQuota.patience(), account.route().timeouts());
        try {
            return read(work, call);
        } finally {
            store.rest();
        }
    }

    private <T> T read(StoreCall<T> work, Call call) throws MessagingException {
        boolean renewed = false;
        while (true) {
            call.tried();
            boolean fresh = store.present() == null;
            long started = System.nanoTime();
            StoreClient client = connected(store, readingQuota, call);
            if (!work.repeatable()) {
                // What takes its time, such as a message to append, would be done and told as a failure.
                store.rest();
            }
            audience.found();
            try {
                T result = work.on(client);
                readingQuota.flows();
                return result;
            } catch (MessagingException | IllegalStateException failure) {
                MessagingException diagnosed = assessed(work, client, started, failure);
                Diagnosis diagnosis = Diagnosis.of(diagnosed).orElseThrow();
                boolean again = work.repeatable()
                        && !fresh
                        && !renewed
                        && diagnosis.code().retry() == Retry.OVER_ANOTHER_CONNECTION;
                renewed |= again;
                if (!again && !waits(diagnosis, readingQuota, call)) {
                    throw FailureClassifier.ofWholeCall(call, diagnosed);
                }
            }
        }
    }

    /** Says what a failure means, and gives up the login if it is to blame. */
    private MessagingException assessed(StoreCall<?> call, StoreClient client, long startedNanos, Exception failure)
            throws MessagingException {
        store.requireOpen();
        if (failure instanceof IllegalStateException misused && client.open()) {
            throw misused;
        }
        MessagingException diagnosed = call.diagnosed(startedNanos, failure);
        boolean gone = Diagnosis.of(diagnosed)
                .map(Diagnosis::code)
                .filter(code -> code.fault() == Fault.CONNECTION)
                .isPresent();
        if (gone || (call.opensFolder() && !refused(failure))) {
            store.drop();
        } else if (!refused(failure)) {
            store.doubt();
        }
        return diagnosed;
    }

    /** A folder's own connection has failed: the login beneath may have ended with it. */
    void doubtStore(Exception failure) {
        if (!refused(failure)) {
            store.doubt();
        }
    }

    FolderFailures failures() {
        return failures;
    }

    /** Tells that store from now on what happens to the login, until the connection is released. */
    void joinedBy(MailboxStore reader) {
        audience.join(reader);
    }

    MailAccount account() {
        return account;
    }

    /** Which mailbox at which server it reads. */
    public Object place() {
        return List.of(account.mailbox().toLowerCase(Locale.ROOT), account.in().server());
    }

    /** Whether the next use of {@link #store} needs no other login than the last one; asks the server as that would. */
    public boolean standing() {
        return store.standing();
    }

    /** Ends the login that reads; the next use logs in anew. */
    void endReading() {
        release();
        store.retire();
    }

    /** Whether the server said NO to this folder and nothing more (RFC 3501, section 7.1.2). */
    private static boolean refused(Exception failure) {
        for (Throwable next = failure; next != null; next = next.getCause()) {
            if (next instanceof FolderNotFoundException
                    || next instanceof ReadOnlyFolderException
                    || next instanceof CommandFailedException) {
                return true;
            }
        }
        return false;
    }

    /**
     * The store, logged in, for those who have no session of their own.
     *
     * @throws MessagingException diagnosed
     */
    public Store store() throws MessagingException {
        logInToRead();
        return own;
    }

    void logInToRead() throws MessagingException {
        try {
            connected(
                    store,
                    readingQuota,
                    new Call(readingQuota.patience(), account.route().timeouts()));
        } finally {
            store.rest();
        }
    }

    /**
     * What the mail server says of itself; logs in if need be, so that a test of the connection really is one.
     *
     * @return the SMTP greeting, without its code
     * @throws MessagingException diagnosed
     */
    public String greeting() throws MessagingException {
        sending.lock();
        try {
            return connected(
                            transport,
                            sendingQuota,
                            new Call(sendingQuota.patience(), account.route().timeouts()))
                    .greeting()
                    .replaceFirst("^220[ -]", "");
        } finally {
            transport.rest();
            sending.unlock();
        }
    }

    /**
     * Asks the servers that this connection is logged in to whether they are still there. What is not logged in is good: it
     * logs in when it is needed.
     *
     * @return whether the next use goes on without another login
     */
    public boolean valid() {
        sending.lock();
        try {
            return transport.alive() && store.alive();
        } finally {
            sending.unlock();
        }
    }

    /**
     * Makes the connection ready for its next borrower: closes the folders that the last one left open.
     *
     * @return their names
     */
    public List<String> release() {
        audience.leave();
        StoreClient present = store.present();
        if (present == null) {
            return List.of();
        }
        store.hurry();
        try {
            return present.closeFolders();
        } catch (MessagingException folderBroken) {
            store.doubt();
            return List.of();
        } catch (RuntimeException broken) {
            store.drop();
            return List.of();
        } finally {
            store.rest();
        }
    }

    /**
     * Logs out on both sides. A message that is on its way at that moment arrives first, unless it takes longer than ten
     * seconds; what comes after it, or waits for its turn, fails with code SESSION_TAKEN_BACK.
     */
    @Override
    public void close() {
        close(Deadline.in(LAST_MESSAGE));
    }

    /** From now on nobody logs in any more; whoever is about to learns it. {@link #close} must follow. */
    public void ending() {
        transport.ending();
        store.ending();
    }

    /**
     * Closes it as {@link #close()} does, and in time.
     *
     * @param deadline until when a message that is on its way may arrive, and the servers say goodbye; not null
     */
    public void close(Deadline deadline) {
        ending();
        boolean logged = transport.present() != null;
        boolean alone = logged && alone(deadline);
        if (logged && !alone) {
            transport.cut(); // Whoever sends there holds Angus Mail's lock, and perhaps hangs.
        }
        try {
            transport.close(deadline);
            if (store.closing(deadline)) {
                store.cut(); // Who reads there would otherwise be waited for, and with it the server.
            }
            release();
            store.close(deadline);
        } finally {
            if (alone) {
                sending.unlock();
            }
        }
    }

    /** Waits for the message that is on its way; whether nobody sends now, nor until the lock is given back. */
    private boolean alone(Deadline deadline) {
        try {
            return sending.tryLock(deadline.left().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
