package org.outlookmail.mail.plain;

import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.URLName;
import jakarta.mail.event.ConnectionEvent;
import jakarta.mail.event.TransportEvent;
import org.outlookmail.mail.MailConnection;

/**
 * A transport with a connection of its own, from {@code connect} to {@code close}. A password given to {@code connect} is
 * ignored; the token decides.
 *
 * <p>Thread rule: as every {@code Transport}, one thread at a time.
 */
abstract class PlainTransport extends Transport {

    private static final Address[] NOBODY = new Address[0];

    private final Protocol protocol;

    /** Not the field of {@code Service}, into which it fills the operating system's user. */
    private final URLName asked;

    private MailConnection connection;

    PlainTransport(Session session, URLName name, Protocol protocol) {
        super(session, name);
        this.protocol = protocol;
        asked = name;
    }

    /**
     * Every other {@code connect} comes here. {@code Service} would take the operating system's user for the mailbox's, and
     * try a refused login a second time.
     */
    @Override
    public synchronized void connect(String host, int port, String user, String password) throws MessagingException {
        if (isConnected()) {
            throw new IllegalStateException("already connected");
        }
        PlainConfiguration configuration = SessionReader.read(session, protocol, Target.of(host, port, user, asked));
        connection = SharedTokens.connected(configuration, MailConnection::greeting);
        setURLName(configuration.url(protocol));
        setConnected(true);
        notifyConnectionListeners(ConnectionEvent.OPENED);
    }

    @Override
    public void sendMessage(Message message, Address[] addresses) throws MessagingException {
        MailConnection present = connection;
        if (present == null) {
            throw new IllegalStateException("not connected");
        }
        Address[] recipients = addresses == null ? NOBODY : addresses;
        try {
            present.send(message, recipients);
        } catch (SendFailedException refused) {
            notifyTransportListeners(
                    TransportEvent.MESSAGE_NOT_DELIVERED,
                    refused.getValidSentAddresses(),
                    refused.getValidUnsentAddresses(),
                    refused.getInvalidAddresses(),
                    message);
            throw refused;
        } catch (MessagingException failure) {
            // With an unknown outcome too: Jakarta Mail has no event for that, and Angus Mail tells this one.
            notifyTransportListeners(TransportEvent.MESSAGE_NOT_DELIVERED, NOBODY, recipients, NOBODY, message);
            throw failure;
        }
        notifyTransportListeners(TransportEvent.MESSAGE_DELIVERED, recipients, NOBODY, NOBODY, message);
    }

    /** Logs out; a second call does nothing and tells no listener. */
    @Override
    public synchronized void close() throws MessagingException {
        MailConnection old = connection;
        connection = null;
        if (old != null) {
            old.close();
            super.close();
        }
    }
}
