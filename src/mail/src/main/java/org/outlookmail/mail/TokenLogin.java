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
import org.outlookmail.token.AccessToken;
import org.outlookmail.token.TokenException;
import org.outlookmail.token.TokenSource;

/**
 * One login at one server, kept for as long as it may be used: opened at first need with a token fetched at that moment,
 * renewed before the token expires (Exchange ends such sessions) and when it has been idle and the server has hung up.
 *
 * <p>Thread rule: one thread at a time. Its {@link MailConnection} closes it.
 *
 * @param <S> Angus Mail's client
 */
final class TokenLogin<S extends Service> {

    private static final Logger LOG = System.getLogger(TokenLogin.class.getName());

    /** A login is given up when its token has less than this to live. */
    private static final Duration RETIREMENT = Duration.ofMinutes(1);

    /** After this long without use the server is asked whether it is still there; it costs one round trip. */
    private static final Duration IDLE = Duration.ofSeconds(30);

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
     */
    S client() throws MessagingException {
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
        if (!token.livesFor(now, RETIREMENT)) {
            return false;
        }
        return lastUse.plus(IDLE).isAfter(now) || client.isConnected();
    }

    private S login() throws MessagingException {
        long started = System.nanoTime();
        try {
            token = tokens.token(account.tokenRequest());
        } catch (TokenException none) {
            throw new DiagnosedAuthenticationException(none.diagnosis(), none);
        }
        S fresh = factory.create(WireSession.of(account, writeTimeouts), server);
        try {
            fresh.connect(server.host(), server.port(), account.mailbox(), token.value());
            return fresh;
        } catch (MessagingException failure) {
            quietly(fresh);
            throw FailureClassifier.connecting(account, server, token, started, failure);
        }
    }

    /** Closes the connection; the next use logs in anew. */
    void drop() {
        S old = client;
        client = null;
        if (old != null) {
            quietly(old);
        }
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

    MailServer server() {
        return server;
    }
}
