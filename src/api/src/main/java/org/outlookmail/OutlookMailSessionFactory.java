package org.outlookmail;

import jakarta.mail.Session;
import jakarta.resource.ResourceException;
import jakarta.resource.cci.ConnectionFactory;
import jakarta.resource.cci.ConnectionSpec;

/**
 * What {@code mail/office365} yields: hands out sessions over pooled, already authenticated connections to one
 * mailbox. It is also a CCI connection factory (Jakarta Connectors 2.1, section 9), so a server's own tools can test it.
 *
 * <p>Thread rule: any number of threads may share one factory. The application server owns and closes it.
 */
public interface OutlookMailSessionFactory extends ConnectionFactory {

    /**
     * Borrows a connection from the server's pool.
     *
     * @return a handle that the caller closes; never null
     * @throws ResourceException if the configuration is incomplete or the pool has no connection in time; it carries a
     *     {@link Diagnosis} (see {@link Diagnosis#of(Throwable)}) unless the server itself raised it
     */
    @Override
    OutlookMailSession getConnection() throws ResourceException;

    /**
     * Borrows a connection to another mailbox, from the same pool.
     *
     * @param spec an {@link OutlookMailConnectionSpec}; null is the factory's own mailbox
     * @throws ResourceException as {@link #getConnection()}; with {@link DiagnosisCode#MAILBOX_NOT_ALLOWED} if
     *     {@code allowedMailboxes} does not name that mailbox, with {@link DiagnosisCode#MAILBOX_MALFORMED} if it is no
     *     {@link MailboxAddress}; if it is a specification of another adapter
     */
    @Override
    OutlookMailSession getConnection(ConnectionSpec spec) throws ResourceException;

    /**
     * The same mailbox as a plain Jakarta Mail session whose {@code Transport} and {@code Store} use the same pool. For
     * servers that do not bind a {@code jakarta.mail.Session} themselves.
     *
     * @return a session that needs no closing; never null
     * @throws ResourceException if the configuration is incomplete
     */
    Session mailSession() throws ResourceException;

    /**
     * Starts the sign-in of a user for this mailbox, for the grant {@code delegated}.
     *
     * @return what to show to the user, and to poll; never null
     * @throws ResourceException with a {@link Diagnosis} if the configuration has another grant or is incomplete, or the
     *     provider refuses
     */
    DelegatedSignIn signIn() throws ResourceException;
}
