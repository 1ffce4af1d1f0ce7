package org.outlookmail.connector.pool;

import jakarta.resource.spi.IllegalStateException;
import java.util.Optional;
import org.outlookmail.connector.config.MailConfiguration;
import org.outlookmail.connector.handle.ForgottenHandles;
import org.outlookmail.connector.handle.OpenHandles;
import org.outlookmail.mail.MailAccount;
import org.outlookmail.mail.MailConnection;
import org.outlookmail.mail.quota.QuotaLimits;
import org.outlookmail.management.ConnectorListener;

/**
 * What a pool and its connections need of the running adapter.
 *
 * <p>Thread rule: free for any thread.
 */
public interface PoolRuntime {

    /**
     * A connection that is not opened yet. Its account has been checked, and with it the adapter's own properties.
     *
     * @param limits of its mailbox
     * @throws IllegalStateException (of Jakarta Connectors) if the adapter does not run
     */
    MailConnection connection(MailAccount account, QuotaLimits limits) throws IllegalStateException;

    /**
     * The connections of senders that are no pooled connection's mailbox.
     *
     * @return empty if the adapter does not run
     */
    Optional<SenderConnections> senders();

    /**
     * Remembers a connection until it is destroyed, at the latest when the adapter stops.
     *
     * @throws IllegalStateException (of Jakarta Connectors) if it has stopped meanwhile; the connection is then destroyed
     */
    void created(MailManagedConnection connection) throws IllegalStateException;

    /** A connection has been destroyed. */
    void destroyed(MailManagedConnection connection);

    /** Who has a connection and has not closed it; not null. */
    OpenHandles handles();

    /** There is a factory with a good configuration; in the background that is told and checked, once. */
    void configured(MailConfiguration configuration);

    /** Is told what happens; not null. */
    ConnectorListener listeners();

    /** Takes care of those who cannot close it any more; not null. */
    ForgottenHandles forgotten();
}
