package org.outlookmail.cdi;

import jakarta.enterprise.inject.CreationException;
import jakarta.mail.Session;
import jakarta.resource.ResourceException;
import java.util.Set;
import javax.naming.InitialContext;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import org.outlookmail.OutlookMailSession;
import org.outlookmail.OutlookMailSessionFactory;

/**
 * Finds in JNDI what one bean serves, anew each time, so that a server may rebind the name.
 *
 * <p>Thread rule: any number of threads. It holds nothing that needs closing; who calls {@link #session()} closes what it
 * returns.
 */
final class MailboxLookup {

    private final MailboxInjection injection;
    private final Set<String> places;

    /** @param places the injection points, for the reader of a failure; not null */
    MailboxLookup(MailboxInjection injection, Set<String> places) {
        this.injection = injection;
        this.places = places;
    }

    /** Whether JNDI has anything under the name. */
    boolean isBound() {
        try {
            return lookUp() != null;
        } catch (NameNotFoundException absent) {
            return false;
        } catch (NamingException failure) {
            throw new MailboxNotBoundException(injection, places, failure);
        }
    }

    /** A session with a connection from the pool; who calls closes it. */
    OutlookMailSession session() {
        OutlookMailSessionFactory factory = factory();
        try {
            return factory.getConnection();
        } catch (ResourceException failure) {
            throw refused(failure);
        }
    }

    OutlookMailSessionFactory factory() {
        Object found = find();
        if (found instanceof OutlookMailSessionFactory factory) {
            return factory;
        }
        throw new MailboxNotBoundException(injection, places, found);
    }

    Session mailSession() {
        Object found = find();
        if (found instanceof Session session) {
            return session;
        }
        if (found instanceof OutlookMailSessionFactory factory) {
            try {
                return factory.mailSession();
            } catch (ResourceException failure) {
                throw refused(failure);
            }
        }
        throw new MailboxNotBoundException(injection, places, found);
    }

    private Object find() {
        try {
            return lookUp();
        } catch (NamingException failure) {
            throw new MailboxNotBoundException(injection, places, failure);
        }
    }

    @SuppressWarnings("BanJNDI") // the name is a constant of the application's source
    private Object lookUp() throws NamingException {
        return new InitialContext().lookup(injection.mailbox().value());
    }

    private CreationException refused(ResourceException failure) {
        return new CreationException(
                "@Mailbox(\"" + injection.mailbox().value() + "\") at " + String.join("; ", places) + ": "
                        + failure.getMessage(),
                failure);
    }
}
