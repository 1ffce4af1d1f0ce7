package org.outlookmail.connector.handle;

import jakarta.resource.ResourceException;
import jakarta.resource.cci.LocalTransaction;
import org.outlookmail.OutlookMailSession;

/**
 * What an application has of a transaction that it begins and ends itself: it follows the handle, so that one that was kept
 * after the session was closed reaches no connection any more, which may be somebody else's.
 *
 * @param handle whose
 * @param held the session that it came from, so that this is not taken for forgotten meanwhile
 */
record HandleTransaction(MailSessionHandle handle, OutlookMailSession held) implements LocalTransaction {

    @Override
    public void begin() throws ResourceException {
        handle.demarcated().begin();
    }

    @Override
    public void commit() throws ResourceException {
        handle.demarcated().commit();
    }

    @Override
    public void rollback() throws ResourceException {
        handle.demarcated().rollback();
    }
}
