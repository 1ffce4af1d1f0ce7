package org.outlookmail.mail;

import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.URLName;
import jakarta.mail.event.TransportEvent;

/**
 * A transport that tells its listeners what became of each message, as Jakarta Mail promises.
 *
 * <p>Thread rule: as every {@code Transport}, one thread at a time.
 */
public abstract class ReportingTransport extends Transport {

    private static final Address[] NOBODY = new Address[0];

    protected ReportingTransport(Session session, URLName name) {
        super(session, name);
    }

    /** Hands the message over to whoever sends it. */
    protected abstract void transmit(Message message, Address[] recipients) throws MessagingException;

    @Override
    public void sendMessage(Message message, Address[] addresses) throws MessagingException {
        Address[] recipients = addresses == null ? NOBODY : addresses;
        try {
            transmit(message, recipients);
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
}
