package org.outlookmail.connector.handle;

import jakarta.mail.MessagingException;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ManagedConnectionMetaData;
import java.util.Optional;
import org.outlookmail.DiagnosedResourceException;
import org.outlookmail.Diagnosis;

/**
 * What a connection says of the server it leads to, for the application (CCI) and for the server (SPI). Asking for the
 * product logs in, so that a server's "test connection" tells the truth.
 */
public final class MailMetaData implements ManagedConnectionMetaData, jakarta.resource.cci.ConnectionMetaData {

    private final Pooled connection;

    public MailMetaData(Pooled connection) {
        this.connection = connection;
    }

    /** The mail server's greeting. */
    @Override
    public String getEISProductName() throws ResourceException {
        try {
            return connection.introduction();
        } catch (MessagingException failure) {
            Optional<Diagnosis> diagnosis = Diagnosis.of(failure);
            throw diagnosis.isPresent()
                    ? new DiagnosedResourceException(diagnosis.get(), failure)
                    : new ResourceException(failure);
        }
    }

    /** Mail servers do not tell a version apart from their greeting. */
    @Override
    public String getEISProductVersion() {
        return "";
    }

    /** 0: the number of connections is limited for the mailbox, not for this one. */
    @Override
    public int getMaxConnections() {
        return 0;
    }

    @Override
    public String getUserName() {
        return connection.mailbox();
    }
}
