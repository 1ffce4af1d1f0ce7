package org.outlookmail.connector;

import jakarta.resource.ResourceException;
import jakarta.resource.cci.LocalTransaction;
import jakarta.resource.spi.ConnectionEvent;
import org.outlookmail.OutlookMailSession;

/**
 * A local transaction that the application itself begins and ends (Jakarta Connectors 2.1, section 9.5.3); the server is told
 * of each step.
 *
 * @param held the session that it came from, so that this is not taken for forgotten meanwhile
 */
record DemarcatedTransaction(MailManagedConnection connection, MailSessionHandle handle, OutlookMailSession held)
        implements LocalTransaction {

    @Override
    public void begin() throws ResourceException {
        connection.transaction().begin();
        connection.tellTransaction(ConnectionEvent.LOCAL_TRANSACTION_STARTED, handle);
    }

    @Override
    public void commit() throws ResourceException {
        connection.transaction().commit();
        connection.tellTransaction(ConnectionEvent.LOCAL_TRANSACTION_COMMITTED, handle);
    }

    @Override
    public void rollback() throws ResourceException {
        connection.transaction().rollback();
        connection.tellTransaction(ConnectionEvent.LOCAL_TRANSACTION_ROLLEDBACK, handle);
    }
}
