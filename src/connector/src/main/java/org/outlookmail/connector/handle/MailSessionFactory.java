package org.outlookmail.connector.handle;

import jakarta.mail.Session;
import jakarta.resource.NotSupportedException;
import jakarta.resource.ResourceException;
import jakarta.resource.cci.ConnectionSpec;
import jakarta.resource.cci.RecordFactory;
import jakarta.resource.cci.ResourceAdapterMetaData;
import jakarta.resource.spi.IllegalStateException;
import java.util.Map;
import javax.naming.Reference;
import org.outlookmail.DelegatedSignIn;
import org.outlookmail.DiagnosedResourceException;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.MailboxAddress;
import org.outlookmail.OutlookMailConnectionSpec;
import org.outlookmail.OutlookMailSession;
import org.outlookmail.OutlookMailSessionFactory;
import org.outlookmail.connector.config.SenderPolicy;

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

    public MailSessionFactory(ConnectionSource source) {
        this.source = source;
    }

    @Override
    public OutlookMailSession getConnection() throws ResourceException {
        return source().borrow(null);
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
        if (spec == null) {
            return getConnection();
        }
        if (!(spec instanceof OutlookMailConnectionSpec wanted)) {
            throw new NotSupportedException("a specification of this adapter is an OutlookMailConnectionSpec, not a "
                    + spec.getClass().getName());
        }
        SenderPolicy senders = source().pool().configuration().senders();
        if (!MailboxAddress.isAddress(wanted.mailbox())) {
            throw refused(
                    DiagnosisCode.MAILBOX_MALFORMED,
                    "The factory of " + senders.mailbox() + " was asked for \"" + wanted.mailbox()
                            + "\", which is not the address of a mailbox.",
                    senders);
        }
        if (!senders.allowsMailbox(wanted.mailbox())) {
            throw refused(
                    DiagnosisCode.MAILBOX_NOT_ALLOWED,
                    "The factory of " + senders.mailbox() + " does not give out the mailbox " + wanted.mailbox() + ".",
                    senders);
        }
        return source().borrow(new MailboxRequest(wanted.mailbox()));
    }

    private static DiagnosedResourceException refused(DiagnosisCode code, String summary, SenderPolicy senders) {
        return new DiagnosedResourceException(
                Diagnosis.of(code, summary, Map.of("allowedMailboxes", String.join(", ", senders.allowed()))), null);
    }

    @Override
    public DelegatedSignIn signIn() throws ResourceException {
        return source().signIn();
    }

    @Override
    public Session mailSession() throws ResourceException {
        source().pool().configuration();
        return source().mailSession();
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
