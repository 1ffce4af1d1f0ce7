package org.outlookmail.mail;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Folder;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.URLName;
import java.io.IOException;
import java.util.List;
import org.eclipse.angus.mail.pop3.POP3Store;

/**
 * Angus Mail's POP3 client (RFC 1939) that knows every folder it gave out, and does not take a login for made that was
 * not.
 *
 * <p>Thread rule: one thread at a time.
 */
final class Pop3Connection extends POP3Store implements StoreClient {

    /** What Angus Mail says when the greeting was -ERR, of which it does not tell the text. */
    private static final String NOT_GREETED = "Connect failed";

    private final FolderBook folders = new FolderBook();
    private volatile boolean open;

    Pop3Connection(Session session, MailServer server) {
        super(
                session,
                new URLName(server.protocol(), server.host(), server.port(), null, null, null),
                server.protocol(),
                false); // The sockets see to TLS from the start.
    }

    /**
     * Connects, and asks the server whether it agrees: if it refuses a token with a challenge, Angus Mail 2.0.5 returns as
     * if nothing had happened.
     */
    @Override
    public synchronized void connect(String host, int port, String user, String password) throws MessagingException {
        super.connect(host, port, user, password);
        if (!isConnected()) {
            throw new AuthenticationFailedException("the server does not regard the login as made");
        }
    }

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

    @Override
    public Folder getFolder(String name) throws MessagingException {
        return folders.known(super.getFolder(name));
    }

    @Override
    public List<String> closeFolders() throws MessagingException {
        return folders.closeAll();
    }
}
