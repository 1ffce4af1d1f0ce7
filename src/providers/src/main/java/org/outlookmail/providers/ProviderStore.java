package org.outlookmail.providers;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import jakarta.mail.event.ConnectionEvent;
import org.outlookmail.mail.MailboxStore;

/**
 * A store with a connection of its own, from {@code connect} to {@code close}. A password given to {@code connect} is
 * ignored; the token decides.
 *
 * <p>Thread rule: as every {@code Store}; its folders must not be used after it is closed.
 */
abstract class ProviderStore extends MailboxStore {

    private final ProviderLogin login;
    private final Protocol protocol;

    ProviderStore(Session session, URLName name, Protocol protocol) {
        super(session, name);
        this.protocol = protocol;
        login = new ProviderLogin(session, name, protocol);
        setURLName(protocol.unconnected(name));
    }

    /**
     * Every other {@code connect} comes here. {@code Service} would take the operating system's user for the mailbox's, and
     * try a refused login a second time.
     */
    @Override
    public synchronized void connect(String host, int port, String user, String password) throws MessagingException {
        if (!isConnected()) {
            login.close(); // Of a login that the server has ended.
        }
        setURLName(login.connect(host, port, user, this::logIn));
        setConnected(true);
        notifyConnectionListeners(ConnectionEvent.OPENED);
    }

    @Override
    protected <T> T reading(Reading<T> work) throws MessagingException {
        return work.with(login.connection());
    }

    @Override
    protected boolean pop3() {
        return protocol == Protocol.POP3 || protocol == Protocol.POP3S;
    }

    @Override
    public String mailbox() {
        return login.connection().mailbox();
    }

    @Override
    protected Object place() {
        return login.place();
    }

    @Override
    protected boolean standing() {
        return login.connection().standing();
    }

    /** Logs out, which closes its folders; a second call does nothing and tells no listener. */
    @Override
    public synchronized void close() throws MessagingException {
        if (login.close()) {
            super.close();
        }
    }
}
