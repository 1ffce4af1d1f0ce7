package org.outlookmail.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import java.util.Properties;

/**
 * The store of a {@link MailConnection} for those who have no session of their own. Closing it closes the connection's
 * login to read, and the folders with it; the next use logs in anew.
 *
 * <p>Thread rule: as every {@code Store}.
 */
final class ConnectionStore extends MailboxStore {

    private final MailConnection connection;

    ConnectionStore(MailConnection connection, MailAccount account) {
        super(sessionOf(account), urlOf(account));
        this.connection = connection;
        setURLName(urlOf(account));
        setConnected(true);
    }

    private static Session sessionOf(MailAccount account) {
        Properties properties = new Properties();
        properties.setProperty("mail.from", account.mailbox());
        return Session.getInstance(properties);
    }

    private static URLName urlOf(MailAccount account) {
        MailServer server = account.in().server();
        return new URLName(server.protocol(), server.host(), server.port(), null, account.mailbox(), null);
    }

    @Override
    protected <T> T reading(Reading<T> work) throws MessagingException {
        return work.with(connection);
    }

    @Override
    protected boolean pop3() {
        return connection.account().in().server().pop3();
    }

    @Override
    public String mailbox() {
        return connection.mailbox();
    }

    @Override
    protected Object place() {
        return connection.place();
    }

    @Override
    protected boolean standing() {
        return connection.standing();
    }

    /** Always: it logs in when that is needed. */
    @Override
    public synchronized void connect(String host, int port, String user, String password) {
        throw new IllegalStateException("already connected");
    }

    @Override
    public synchronized void close() {
        connection.endReading();
    }
}
