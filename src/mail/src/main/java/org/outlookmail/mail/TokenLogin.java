package org.outlookmail.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.Service;
import jakarta.mail.Session;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.outlookmail.DiagnosedAuthenticationException;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.token.AccessToken;
import org.outlookmail.token.TokenException;
import org.outlookmail.token.TokenSource;

/**
 * One login at one server, kept for as long as it may be used: opened at first need with a token fetched at that moment,
 * renewed before the token expires (Exchange ends such sessions) and when it has been idle and the server has hung up.
 *
 * <p>A token that the server refuses is forgotten, in the whole cluster, and the login tried once more with a new one: it
 * may have been issued before an administrator granted the permission, or have been revoked.
 *
 * <p>Thread rule: one thread at a time. Its {@link MailConnection} closes it.
 *
 * @param <S> Angus Mail's client
 */
final class TokenLogin<S extends Service & TokenLogin.Client> implements AutoCloseable {

    private static final Logger LOG = System.getLogger(TokenLogin.class.getName());

    /** A login is given up when its token has less than this to live. */
    private static final Duration RETIREMENT = Duration.ofMinutes(1);

    /** After this long without use the server is asked whether it is still there; it costs one round trip. */
    private static final Duration IDLE = Duration.ofSeconds(30);

    /** The least time between two refused tokens that are replaced: a wrong mailbox must not become a load for Entra. */
    private static final Duration REPLACEMENT = Duration.ofMinutes(5);

    /** What we know of Angus Mail's client beyond its own interface. */
    interface Client {

        /** Whether it is connected as far as it knows; unlike {@code isConnected} it does not ask the server. */
        boolean open();

        /** The server's first refusal, in its own words; null if there is none or the exceptions tell it. */
        String refusal();
    }

    /** Makes a client that is not connected yet. */
    @FunctionalInterface
    interface ClientFactory<S extends Service> {
        S create(Session session, MailServer server) throws MessagingException;
    }

    private final MailAccount account;
    private final MailServer server;
    private final TokenSource tokens;
    private final WriteTimeouts writeTimeouts;
    private final Clock clock;
    private final ClientFactory<S> factory;

    private S client;
    private AccessToken token;
    private Instant lastUse;
    private Instant lastReplacement = Instant.MIN;
    private DiagnosisCode complained;
    private volatile boolean closed;

    TokenLogin(
            MailAccount account,
            MailServer server,
            TokenSource tokens,
            WriteTimeouts writeTimeouts,
            Clock clock,
            ClientFactory<S> factory) {
        this.account = account;
        this.server = server;
        this.tokens = tokens;
        this.writeTimeouts = writeTimeouts;
        this.clock = clock;
        this.factory = factory;
    }

    /**
     * The client, logged in.
     *
     * @throws MessagingException diagnosed: no token, no server, or a refusal
     * @throws IllegalStateException if this login has been closed
     */
    S client() throws MessagingException {
        if (closed) {
            throw new IllegalStateException("the connection of " + account.mailbox() + " is closed");
        }
        if (client != null && !usable()) {
            drop();
        }
        if (client == null) {
            client = login();
        }
        lastUse = clock.instant();
        return client;
    }

    /** The client if there is one, logged in or not; else null. */
    S present() {
        return client;
    }

    private boolean usable() {
        Instant now = clock.instant();
        if (!client.open() || !token.livesFor(now, RETIREMENT)) {
            return false;
        }
        return lastUse.plus(IDLE).isAfter(now) || client.isConnected();
    }

    private S login() throws MessagingException {
        token = fetch();
        try {
            S fresh = connectedWithAnyToken();
            complained = null;
            return fresh;
        } catch (MessagingException failure) {
            complain(failure);
            throw failure;
        }
    }

    private S connectedWithAnyToken() throws MessagingException {
        try {
            return connected();
        } catch (MessagingException refused) {
            if (replaceToken(refused)) {
                return connected();
            }
            throw refused;
        }
    }

    private AccessToken fetch() throws DiagnosedAuthenticationException {
        try {
            return tokens.token(account.tokenRequest());
        } catch (TokenException none) {
            // Logged by the token source, once for all who wait for that token.
            throw new DiagnosedAuthenticationException(none.diagnosis(), none);
        }
    }

    private S connected() throws MessagingException {
        long started = System.nanoTime();
        S fresh = factory.create(WireSession.of(account, writeTimeouts), server);
        try {
            fresh.connect(server.host(), server.port(), account.mailbox(), token.value());
            return fresh;
        } catch (MessagingException | RuntimeException failure) {
            quietly(fresh);
            throw FailureClassifier.connecting(account, server, token, started, fresh.refusal(), failure);
        }
    }

    /** Whether there is another token now than the one that was refused. */
    private boolean replaceToken(MessagingException refused) {
        Instant now = clock.instant();
        boolean tokensFault = Diagnosis.of(refused)
                .filter(diagnosis -> diagnosis.code() == DiagnosisCode.AUTHENTICATION_REFUSED)
                .isPresent();
        if (!tokensFault || now.isBefore(lastReplacement.plus(REPLACEMENT))) {
            return false;
        }
        lastReplacement = now;
        AccessToken old = token;
        try {
            tokens.invalidate(account.tokenRequest(), old);
            token = fetch();
        } catch (DiagnosedAuthenticationException none) {
            refused.addSuppressed(none);
        }
        return !token.value().equals(old.value());
    }

    /** Tells the administrator: once, not at every attempt of an application that tries on and on. */
    private void complain(MessagingException failure) {
        Diagnosis.of(failure).ifPresent(diagnosis -> {
            LOG.log(diagnosis.code() == complained ? Level.DEBUG : Level.WARNING, diagnosis.toString());
            complained = diagnosis.code();
        });
    }

    /** Closes the connection; the next use logs in anew. */
    void drop() {
        S old = client;
        client = null;
        if (old != null) {
            quietly(old);
        }
    }

    /** Closes the connection for good. */
    @Override
    public void close() {
        closed = true;
        drop();
    }

    private void quietly(S old) {
        try {
            old.close();
        } catch (MessagingException | RuntimeException gone) {
            // Nothing depends on a goodbye; the socket is closed either way.
            LOG.log(Level.DEBUG, () -> "closing the connection to " + server + ": " + gone);
        }
    }

    AccessToken token() {
        return token;
    }
}
