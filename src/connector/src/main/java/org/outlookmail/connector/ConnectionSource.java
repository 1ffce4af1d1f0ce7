package org.outlookmail.connector;

import jakarta.resource.ResourceException;
import jakarta.resource.spi.ConnectionManager;
import java.io.Serializable;
import java.util.Optional;
import org.outlookmail.DelegatedSignIn;
import org.outlookmail.Diagnosed;
import org.outlookmail.DiagnosedResourceException;
import org.outlookmail.Diagnosis;

/**
 * Borrows from the server's pool: the one place where an application's call passes into its connection manager.
 *
 * @param factory which connections
 * @param manager the server's pool
 */
record ConnectionSource(MailManagedConnectionFactory factory, ConnectionManager manager) implements Serializable {

    /**
     * A handle on a pooled connection.
     *
     * @throws ResourceException the configuration's diagnosis, or what the server says of its pool
     */
    MailSessionHandle borrow() throws ResourceException {
        factory.account();
        try {
            MailSessionHandle handle = (MailSessionHandle) manager.allocateConnection(factory, null);
            return handle.of(this);
        } catch (ResourceException failure) {
            // Servers wrap what a factory throws; the diagnosis belongs in front.
            Optional<Diagnosis> diagnosis = Diagnosis.of(failure);
            if (diagnosis.isPresent() && !(failure instanceof Diagnosed)) {
                throw new DiagnosedResourceException(diagnosis.get(), failure);
            }
            throw failure;
        }
    }

    /**
     * Starts the sign-in of a user for the mailbox.
     *
     * @throws ResourceException the configuration's diagnosis, or the provider's
     */
    DelegatedSignIn signIn() throws ResourceException {
        return factory.signIn();
    }

    /** The mailbox, as configured; null if it is missing. */
    String mailbox() {
        try {
            return factory.account().mailbox();
        } catch (DiagnosedResourceException invalid) {
            return factory.getMailbox();
        }
    }
}
