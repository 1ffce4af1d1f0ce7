package org.outlookmail.connector;

import jakarta.mail.Session;
import jakarta.resource.NotSupportedException;
import jakarta.resource.ResourceException;
import jakarta.resource.cci.ConnectionSpec;
import jakarta.resource.cci.RecordFactory;
import jakarta.resource.cci.ResourceAdapterMetaData;
import jakarta.resource.spi.IllegalStateException;
import javax.naming.Reference;
import org.outlookmail.DelegatedSignIn;
import org.outlookmail.OutlookMailSession;
import org.outlookmail.OutlookMailSessionFactory;

/**
 * What {@code mail/office365} yields. A server may create several for one stanza; all borrow from the same pool.
 *
 * <p>Thread rule: free for any thread.
 */
public class MailSessionFactory implements OutlookMailSessionFactory {

    private static final long serialVersionUID = 1L;

    private ConnectionSource source;
    private Reference reference;

    /** For servers that recreate the factory from its reference. */
    public MailSessionFactory() {}

    MailSessionFactory(ConnectionSource source) {
        this.source = source;
    }

    @Override
    public OutlookMailSession getConnection() throws ResourceException {
        return source().borrow();
    }

    /** Absent in a factory that somebody made with the public constructor and nobody gave its connections. */
    private ConnectionSource source() throws ResourceException {
        if (source == null) {
            throw new IllegalStateException("this factory was not created by a resource adapter: look it up in JNDI");
        }
        return source;
    }

    @Override
    public OutlookMailSession getConnection(ConnectionSpec spec) throws ResourceException {
        if (spec != null) {
            throw new NotSupportedException("this version knows no connection specification: call getConnection()");
        }
        return getConnection();
    }

    @Override
    public DelegatedSignIn signIn() throws ResourceException {
        return source.signIn();
    }

    @Override
    public Session mailSession() throws ResourceException {
        source().factory().account();
        return PooledSession.of(source());
    }

    @Override
    public RecordFactory getRecordFactory() throws ResourceException {
        throw new NotSupportedException("mail has no records: use OutlookMailSession.send and openFolder");
    }

    @Override
    public ResourceAdapterMetaData getMetaData() {
        return new AdapterMetaData();
    }

    @Override
    public void setReference(Reference reference) {
        this.reference = reference;
    }

    @Override
    public Reference getReference() {
        return reference;
    }
}
