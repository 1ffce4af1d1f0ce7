package org.outlookmail.connector.handle;

import jakarta.mail.Session;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ManagedConnectionFactory;
import org.outlookmail.DelegatedSignIn;
import org.outlookmail.DiagnosedResourceException;
import org.outlookmail.connector.config.MailConfiguration;

/**
 * What whoever borrows a connection needs to know of the pool it comes from.
 *
 * <p>Thread rule: free for any thread.
 */
public interface Pool extends ManagedConnectionFactory {

    /**
     * The checked configuration; not null.
     *
     * @throws DiagnosedResourceException if it has problems, with all of them
     */
    MailConfiguration configuration() throws DiagnosedResourceException;

    /** The mailbox as it was set, perhaps badly; null if it is missing. */
    String getMailbox();

    /**
     * The plain session of an application; not null.
     *
     * @param source where it borrows
     * @param request which mailbox; null for the pool's own
     * @param mailbox its address, or null
     */
    Session session(ConnectionSource source, MailboxRequest request, String mailbox);

    /** Who has a connection and has not closed it; not null. */
    OpenHandles handles();

    /** Gives back what nobody can close any more; not null. */
    ForgottenHandles forgotten();

    /**
     * Starts the sign-in of a user for the mailbox.
     *
     * @throws ResourceException the configuration's diagnosis, or the provider's
     */
    DelegatedSignIn signIn() throws ResourceException;
}
