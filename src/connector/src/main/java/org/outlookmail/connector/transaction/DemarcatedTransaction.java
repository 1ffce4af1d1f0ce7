package org.outlookmail.connector.transaction;

import jakarta.resource.ResourceException;
import jakarta.resource.cci.LocalTransaction;
import jakarta.resource.spi.ConnectionEvent;
import java.util.function.IntConsumer;

/**
 * A local transaction that the application itself begins and ends (Jakarta Connectors 2.1, section 9.5.3); the server is told
 * of each step, and of a commit that failed as of a rollback.
 *
 * @param transaction what is begun and ended
 * @param server is told, by the identifier of the {@link ConnectionEvent}
 */
public record DemarcatedTransaction(OutgoingTransaction transaction, IntConsumer server) implements LocalTransaction {

    @Override
    public void begin() throws ResourceException {
        transaction.beginDemarcated();
        server.accept(ConnectionEvent.LOCAL_TRANSACTION_STARTED);
    }

    @Override
    public void commit() throws ResourceException {
        transaction.requireDemarcated("committed");
        int became = ConnectionEvent.LOCAL_TRANSACTION_ROLLEDBACK;
        try {
            transaction.commit();
            became = ConnectionEvent.LOCAL_TRANSACTION_COMMITTED;
        } finally {
            server.accept(became);
        }
    }

    @Override
    public void rollback() throws ResourceException {
        transaction.requireDemarcated("rolled back");
        transaction.rollback();
        server.accept(ConnectionEvent.LOCAL_TRANSACTION_ROLLEDBACK);
    }
}
