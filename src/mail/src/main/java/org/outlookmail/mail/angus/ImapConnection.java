package org.outlookmail.mail.angus;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.URLName;
import jakarta.mail.event.ConnectionEvent;
import java.io.IOException;
import java.util.List;
import org.eclipse.angus.mail.iap.ProtocolException;
import org.eclipse.angus.mail.imap.IMAPFolder;
import org.eclipse.angus.mail.imap.IMAPStore;
import org.eclipse.angus.mail.imap.protocol.IMAPProtocol;
import org.eclipse.angus.mail.imap.protocol.ListInfo;
import org.outlookmail.mail.FolderBook;
import org.outlookmail.mail.MailServer;
import org.outlookmail.mail.StoreAudience;

/**
 * Angus Mail's IMAP client (RFC 3501) that knows every folder that was opened, so that those an application forgot can be
 * closed when it gives the connection back, and tells the stores that read over it what the server says.
 *
 * <p>Thread rule: one thread at a time.
 */
final class ImapConnection extends IMAPStore implements StoreClient {

    private final FolderBook folders = new FolderBook();
    private final StoreAudience audience;
    private volatile boolean open;
    private volatile boolean leaving;

    ImapConnection(Session session, MailServer server, StoreAudience audience) {
        super(
                session,
                new URLName(server.protocol(), server.host(), server.port(), null, null, null),
                server.protocol(),
                false); // The sockets see to TLS from the start.
        this.audience = audience;
    }

    @Override
    protected synchronized boolean protocolConnect(String host, int port, String user, String password)
            throws MessagingException {
        return super.protocolConnect(WireSession.lookedUp(session, host), port, user, password);
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
    protected IMAPFolder newIMAPFolder(String fullName, char separator, Boolean isNamespace) {
        return new ImapWireFolder(fullName, separator, this, isNamespace, folders);
    }

    @Override
    protected IMAPFolder newIMAPFolder(ListInfo listed) {
        return new ImapWireFolder(listed, this, folders);
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
    protected void notifyStoreListeners(int type, String message) {
        audience.said(type, message);
    }

    /** News of the mailbox, and its goodbye, which Angus Mail understands (RFC 3501, section 7). */
    @Override
    public boolean speaksUnasked() {
        return true;
    }

    @Override
    protected IMAPProtocol newIMAPProtocol(String host, int port) throws IOException, ProtocolException {
        return new ImapWire(name, host, port, session.getProperties(), isSSL, logger);
    }

    @Override
    public Store store() {
        return this;
    }

    @Override
    public List<String> closeFolders() throws MessagingException {
        return folders.closeAll();
    }
}
