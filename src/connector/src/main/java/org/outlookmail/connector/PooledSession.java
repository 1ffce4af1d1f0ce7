package org.outlookmail.connector;

import jakarta.mail.Authenticator;
import jakarta.mail.MessagingException;
import jakarta.mail.NoSuchProviderException;
import jakarta.mail.Provider;
import jakarta.mail.Session;
import jakarta.resource.ResourceException;
import java.util.List;
import java.util.Optional;
import org.outlookmail.DiagnosedMessagingException;
import org.outlookmail.Diagnosis;

/**
 * A plain {@code jakarta.mail.Session} whose {@code Transport} and {@code Store} borrow from the server's pool, for code
 * that knows Jakarta Mail alone. {@link PooledSessions} keeps them.
 *
 * <p>Jakarta Mail finds provider classes through the class loader of the session's authenticator, so the authenticator
 * is a class of this adapter. Pool and factory travel with the session's properties.
 */
final class PooledSession {

    private static final List<String> TRANSPORTS = List.of("smtp", "smtps");
    private static final List<String> STORES = List.of("imap", "imaps", "pop3", "pop3s");

    private PooledSession() {}

    /** Gives no password: there is none. */
    private static final class NoPassword extends Authenticator {}

    /**
     * Makes one.
     *
     * @param request which mailbox; null for the factory's own
     * @param from the address of that mailbox; null if it is not configured
     */
    static Session of(ConnectionSource source, MailboxRequest request, String from) {
        SessionProperties properties = new SessionProperties(source, request);
        properties.setProperty("mail.transport.protocol", "smtp");
        properties.setProperty("mail.store.protocol", source.storeProtocol());
        if (from != null) {
            properties.setProperty("mail.from", from);
        }
        Session session = Session.getInstance(properties, new NoPassword());
        try {
            for (String protocol : TRANSPORTS) {
                session.setProvider(provider(Provider.Type.TRANSPORT, protocol, PooledTransport.class));
            }
            for (String protocol : STORES) {
                session.setProvider(provider(Provider.Type.STORE, protocol, PooledStore.class));
            }
        } catch (NoSuchProviderException impossible) {
            throw new IllegalStateException("Jakarta Mail refuses a provider that has all its parts", impossible);
        }
        session.setProtocolForAddress("rfc822", "smtp");
        return session;
    }

    private static Provider provider(Provider.Type type, String protocol, Class<?> implementation) {
        return new Provider(type, protocol, implementation.getName(), AdapterMetaData.NAME, null);
    }

    /** Borrows a connection for a transport or a store of such a session. */
    static BorrowedSession borrow(Session session) throws MessagingException {
        if (!(session.getProperties() instanceof SessionProperties properties) || properties.source() == null) {
            throw new MessagingException("this provider works only in a Session that the Outlook Mail Connector made");
        }
        try {
            return properties.source().borrow(properties.request());
        } catch (ResourceException failure) {
            Optional<Diagnosis> diagnosis = Diagnosis.of(failure);
            throw diagnosis.isPresent()
                    ? new DiagnosedMessagingException(diagnosis.get(), failure)
                    : new MessagingException("no connection from the pool: " + failure.getMessage(), failure);
        }
    }
}
