package org.outlookmail.mail.angus;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Folder;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.StoreClosedException;
import jakarta.mail.URLName;
import jakarta.mail.event.ConnectionEvent;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.eclipse.angus.mail.pop3.POP3Store;
import org.outlookmail.mail.FolderBook;
import org.outlookmail.mail.MailServer;
import org.outlookmail.mail.StoreAudience;

/**
 * Angus Mail's POP3 client (RFC 1939) that knows every folder it gave out, and does not take a login for made that was
 * not.
 *
 * <p>Thread rule: one thread at a time.
 */
final class Pop3Connection extends POP3Store implements StoreClient {

    /** What Angus Mail says when the greeting was -ERR, of which it does not tell the text. */
    private static final String NOT_GREETED = "Connect failed";

    private static final Set<String> NO_TLS = Set.of("STLS required but failed", "STLS required but not supported");

    private final FolderBook folders = new FolderBook();
    private final StoreAudience audience;
    private volatile boolean open;
    private volatile boolean leaving;

    Pop3Connection(Session session, MailServer server, StoreAudience audience) {
        super(
                session,
                new URLName(server.protocol(), server.host(), server.port(), null, null, null),
                server.protocol(),
                false); // The sockets see to TLS from the start.
        this.audience = audience;
    }

    /**
     * Connects, and asks the server whether it agrees: if it refuses a token with a challenge, Angus Mail 2.0.5 returns as
     * if nothing had happened.
     */
    @Override
    public synchronized void connect(String host, int port, String user, String password) throws MessagingException {
        super.connect(host, port, user, password);
        if (!isConnected()) {
            IOException trouble = WireSession.sockets(session).trouble();
            if (trouble != null) {
                throw new MessagingException("the connection ended with the login", trouble);
            }
            throw new AuthenticationFailedException("the server does not regard the login as made");
        }
    }

    /**
     * Angus Mail 2.0.5 tells whatever ends a login as its refusal: a connection that broke, by a message or by the text of a
     * NullPointerException, and TLS that the server does not want.
     */
    @Override
    protected synchronized boolean protocolConnect(String host, int port, String user, String password)
            throws MessagingException {
        try {
            return super.protocolConnect(WireSession.lookedUp(session, host), port, user, password);
        } catch (AuthenticationFailedException failure) {
            if (MechanismMissingException.isMeantBy(failure)) {
                throw new MechanismMissingException(
                        capabilities().getOrDefault("SASL", "").replaceFirst("(?i)^SASL", ""));
            }
            IOException trouble = WireSession.sockets(session).trouble();
            if (trouble != null) {
                throw new MessagingException("the connection ended before the login", trouble);
            }
            if (failure.getMessage() != null && NO_TLS.contains(failure.getMessage())) {
                throw new MessagingException(failure.getMessage());
            }
            throw failure;
        } catch (MessagingException failure) {
            if (failure.getCause() instanceof IOException cause && NOT_GREETED.equals(cause.getMessage())) {
                throw new MessagingException("-ERR instead of a greeting: the server is not available");
            }
            throw failure;
        }
    }

    @Override
    protected synchronized void setConnected(boolean connected) {
        open = connected;
        super.setConnected(connected);
    }

    @Override
    public boolean open() {
        return open;
    }

    @Override
    public Store store() {
        return this;
    }

    /** {@code close} says it to the server. */
    @Override
    public void goodbye() {
        leaving = true;
    }

    @Override
    protected void notifyConnectionListeners(int type) {
        if (type == ConnectionEvent.CLOSED && !leaving) {
            audience.lost();
        }
    }

    @Override
    public Folder getFolder(String name) throws MessagingException {
        if (!open) {
            throw new StoreClosedException(this, "Not connected");
        }
        return new Pop3WireFolder(this, name, folders);
    }

    @Override
    public List<String> closeFolders() throws MessagingException {
        return folders.closeAll();
    }
}
