package org.outlookmail.connector;

import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.URLName;
import jakarta.mail.event.TransportEvent;

/**
 * The {@code Transport} of a {@link PooledSession}: connecting borrows a pooled connection, closing gives it back. User
 * and password given to {@code connect} are ignored; the token decides (Jakarta Mail hands over the operating system's
 * user when there is none).
 *
 * <p>Thread rule: as every {@code Transport}, one thread at a time.
 */
public final class PooledTransport extends Transport {

    private static final Address[] NOBODY = new Address[0];

    private final BorrowedHandle handle;

    /** Called by Jakarta Mail. */
    public PooledTransport(Session session, URLName name) {
        super(session, name);
        handle = new BorrowedHandle(session);
    }

    @Override
    protected boolean protocolConnect(String host, int port, String user, String password) throws MessagingException {
        handle.borrow(MailSessionHandle::connectTransport);
        return true;
    }

    @Override
    public synchronized boolean isConnected() {
        return super.isConnected() && handle.usable();
    }

    @Override
    public void sendMessage(Message message, Address[] addresses) throws MessagingException {
        MailSessionHandle borrowed = handle.get();
        Address[] recipients = addresses == null ? NOBODY : addresses;
        try {
            borrowed.send(message, recipients);
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

    /** Gives the connection back; a second call does nothing and tells no listener. */
    @Override
    public synchronized void close() throws MessagingException {
        if (handle.close()) {
            super.close();
        }
    }
}
