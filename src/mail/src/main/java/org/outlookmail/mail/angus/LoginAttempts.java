package org.outlookmail.mail.angus;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import org.outlookmail.DiagnosedMessagingException;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.DiagnosisCode.Retry;
import org.outlookmail.OneLine;
import org.outlookmail.mail.Call;
import org.outlookmail.mail.Deadline;
import org.outlookmail.mail.Endpoint;
import org.outlookmail.mail.MailAccount;
import org.outlookmail.mail.MailServer;
import org.outlookmail.mail.Proof;
import org.outlookmail.mail.wire.LoginText;
import org.outlookmail.mail.wire.WireSockets;
import org.outlookmail.mail.wire.WriteTimeouts;
import org.outlookmail.management.ConnectorListener;

/**
 * How a {@link ServerLogin} is made, with a token (or password) fetched at that moment. A token that the server refuses is
 * forgotten, in the whole cluster, and the login tried once more with a new one: it may have been issued before an
 * administrator granted the permission, or have been revoked. If another one was replaced a moment ago, the new one is waited
 * for until the deadline of the caller.
 *
 * <p>Thread rule: one thread at a time.
 *
 * @param <S> Angus Mail's client
 */
final class LoginAttempts<S extends ServerLogin.Client> {

    private static final Logger LOG = System.getLogger(LoginAttempts.class.getName());

    /** Makes a client that is not connected yet. */
    @FunctionalInterface
    interface ClientFactory<S extends ServerLogin.Client> {
        S create(Session session, MailServer server) throws MessagingException;
    }

    /** Whom a login is made for; from any thread it may be closed meanwhile. */
    interface Owner {

        /** These are its sockets from now on. */
        void connecting(WireSockets sockets);

        /** Throws, diagnosed, if it has been closed. */
        void requireOpen() throws DiagnosedMessagingException;
    }

    private final MailAccount account;
    private final Endpoint end;
    private final MailServer server;
    private final Proof proof;
    private final WriteTimeouts writeTimeouts;
    private final ClientFactory<S> factory;
    private final ConnectorListener listener;
    private final Owner owner;

    /** What the administrator was told last; null since it has worked. */
    private DiagnosisCode complained;

    LoginAttempts(
            MailAccount account,
            Endpoint end,
            Proof proof,
            WriteTimeouts writeTimeouts,
            ClientFactory<S> factory,
            ConnectorListener listener,
            Owner owner) {
        this.account = account;
        this.end = end;
        this.server = end.server();
        this.proof = proof;
        this.writeTimeouts = writeTimeouts;
        this.factory = factory;
        this.listener = listener;
        this.owner = owner;
    }

    /**
     * A client that is logged in.
     *
     * @throws MessagingException diagnosed: no token, no server, a refusal, or that the owner has been closed
     */
    S make(Call call) throws MessagingException {
        String password = proof.fetch();
        try {
            proof.doubt().ifPresent(this::complain);
            long started = System.nanoTime();
            S fresh = connectedWithAny(call, password);
            listener.onConnectionOpened(
                    account.mailbox(),
                    server.toString(),
                    Duration.ofNanos(System.nanoTime() - started),
                    complained != null);
            succeeded();
            return fresh;
        } catch (MessagingException failure) {
            Diagnosis.of(failure)
                    // That the owner was closed meanwhile is the server's own doing.
                    .filter(diagnosis -> diagnosis.code() != DiagnosisCode.SESSION_TAKEN_BACK)
                    .ifPresent(this::complain);
            throw failure;
        }
    }

    /** Whatever was complained of is over. */
    void succeeded() {
        complained = null;
    }

    private S connectedWithAny(Call call, String password) throws MessagingException {
        try {
            return connected(call, password);
        } catch (MessagingException refused) {
            Optional<String> other = mayBeReplaced(refused) ? replaced(refused, call.turn()) : Optional.empty();
            if (other.isPresent()) {
                return connected(call, other.get());
            }
            throw refused;
        }
    }

    private S connected(Call call, String password) throws MessagingException {
        LoginText.check(account.mailbox(), end.authentication(), proof.user(), password);
        WireSockets made = WireSockets.of(account, server);
        made.limit(null, call.end());
        S fresh = factory.create(WireSession.of(account, end, writeTimeouts, made), server);
        owner.connecting(made);
        owner.requireOpen(); // Whoever closes it from here on finds these sockets.
        try {
            fresh.connect(server.host(), server.port(), proof.user(), password);
            return fresh;
        } catch (MessagingException | RuntimeException failure) {
            made.abort();
            closeQuietly(fresh, server);
            owner.requireOpen();
            throw FailureClassifier.connecting(account, server, proof, call, fresh.refusal(), failure);
        }
    }

    /** It may have been issued before an administrator granted the permission, or have been revoked. */
    private static boolean mayBeReplaced(MessagingException refused) {
        return Diagnosis.of(refused)
                .map(Diagnosis::code)
                .filter(code -> code.retry() == Retry.WITH_NEW_TOKEN)
                .isPresent();
    }

    private Optional<String> replaced(MessagingException refused, Deadline deadline) {
        try {
            return proof.replace(deadline);
        } catch (MessagingException none) {
            refused.addSuppressed(none);
            return Optional.empty();
        }
    }

    /** Tells the administrator: once, not at every attempt of an application that tries on and on. */
    private void complain(Diagnosis diagnosis) {
        listener.onConnectionFailed(diagnosis, diagnosis.code() == complained);
        complained = diagnosis.code();
    }

    static void closeQuietly(ServerLogin.Client client, MailServer server) {
        try {
            client.close();
        } catch (MessagingException | RuntimeException gone) {
            // Nothing depends on a goodbye; the socket is closed either way.
            LOG.log(Level.DEBUG, () -> "closing the connection to " + server + ": " + OneLine.of(gone.toString()));
        }
    }
}
