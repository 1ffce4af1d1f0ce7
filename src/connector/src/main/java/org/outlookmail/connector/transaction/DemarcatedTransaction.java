package org.outlookmail.connector.transaction;

import jakarta.resource.ResourceException;
import jakarta.resource.cci.LocalTransaction;
import jakarta.resource.spi.ConnectionEvent;
import java.util.function.IntConsumer;
import org.outlookmail.OutlookMailSession;

/**
 * A local transaction that the application itself begins and ends (Jakarta Connectors 2.1, section 9.5.3); the server is told
 * of each step.
 *
 * @param transaction what is begun and ended
 * @param server is told, by the identifier of the {@link ConnectionEvent}
 * @param held the session that it came from, so that this is not taken for forgotten meanwhile
 */
public record DemarcatedTransaction(OutgoingTransaction transaction, IntConsumer server, OutlookMailSession held)
        implements LocalTransaction {

    @Override
    public void begin() throws ResourceException {
        transaction.begin();
        server.accept(ConnectionEvent.LOCAL_TRANSACTION_STARTED);
    }

    @Override
    public void commit() throws ResourceException {
        transaction.commit();
        server.accept(ConnectionEvent.LOCAL_TRANSACTION_COMMITTED);
    }

    @Override
    public void rollback() throws ResourceException {
        transaction.rollback();
        server.accept(ConnectionEvent.LOCAL_TRANSACTION_ROLLEDBACK);
    }
}
