package org.outlookmail.connector.session;

import jakarta.mail.Authenticator;
import jakarta.mail.MessagingException;
import jakarta.mail.NoSuchProviderException;
import jakarta.mail.Provider;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import jakarta.resource.ResourceException;
import java.util.List;
import java.util.Optional;
import org.outlookmail.DiagnosedMessagingException;
import org.outlookmail.Diagnosis;
import org.outlookmail.connector.handle.AdapterMetaData;
import org.outlookmail.connector.handle.BorrowedSession;
import org.outlookmail.connector.handle.ConnectionSource;
import org.outlookmail.connector.handle.MailboxRequest;

/**
 * A plain {@code jakarta.mail.Session} whose {@code Transport} and {@code Store} borrow from the server's pool, for code
 * that knows Jakarta Mail alone. {@link PooledSessions} keeps them.
 *
 * <p>Jakarta Mail finds provider classes through the class loader of the session's authenticator, so the authenticator
 * is a class of this adapter. Pool and factory travel with the session's properties.
 */
final class PooledSession {

    /** Of a session that another one made. */
    private static final URLName NOWHERE = new URLName("imaps", null, -1, null, null, null);

    private static final List<String> TRANSPORTS = List.of("smtp", "smtps", "graph");
    private static final List<String> STORES = List.of("imap", "imaps", "pop3", "pop3s", "graph");

    /** By which a message that answers another one tells who the mailbox is. */
    private static final List<String> OF_REPLIES = List.of("mail.alternates", "mail.replyallcc");

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
        OF_REPLIES.forEach(name -> {
            String value = source.mailProperties().get(name);
            if (value != null) {
                properties.setProperty(name, value);
            }
        });
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

    /** Protocol, server and mailbox of its transports. */
    static URLName transportUrl(Session session) {
        return of(session)
                .map(known -> known.source().transportUrl(known.request()))
                .orElse(NOWHERE);
    }

    /** Protocol, server and mailbox of its stores. */
    static URLName storeUrl(Session session) {
        return of(session)
                .map(known -> known.source().storeUrl(known.request()))
                .orElse(NOWHERE);
    }

    static boolean pop3(Session session) {
        return storeUrl(session).getProtocol().startsWith("pop3");
    }

    /** Equal for stores of one mailbox at one server. */
    static Object place(Session session) {
        return ConnectionSource.place(storeUrl(session));
    }

    private static Optional<SessionProperties> of(Session session) {
        return session.getProperties() instanceof SessionProperties properties && properties.source() != null
                ? Optional.of(properties)
                : Optional.empty();
    }

    /** Borrows a connection for a transport or a store of such a session. */
    static BorrowedSession borrow(Session session) throws MessagingException {
        SessionProperties properties = of(session)
                .orElseThrow(() -> new MessagingException(
                        "this provider works only in a Session that the Outlook Mail Connector made"));
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
