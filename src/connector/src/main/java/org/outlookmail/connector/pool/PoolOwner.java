package org.outlookmail.connector.pool;

import jakarta.resource.ResourceException;
import jakarta.resource.spi.ResourceAdapter;
import java.io.Serializable;
import org.outlookmail.DelegatedSignIn;
import org.outlookmail.connector.config.PropertyBean;
import org.outlookmail.mail.MailAccount;

/**
 * The adapter to which a pool belongs.
 *
 * <p>Thread rule: free for any thread.
 */
public interface PoolOwner extends ResourceAdapter, Serializable {

    /** Its properties, which are defaults of every pool's; not null. */
    PropertyBean defaults();

    /** What it does; not null. */
    PoolRuntime runtime();

    /**
     * Starts the sign-in of a user for a mailbox.
     *
     * @throws ResourceException if the grant has none, or the provider refuses
     */
    DelegatedSignIn signIn(MailAccount account) throws ResourceException;
}
