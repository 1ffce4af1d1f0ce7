package org.outlookmail.providers;

import jakarta.mail.Session;
import jakarta.mail.URLName;

/**
 * Sends by SMTP with TLS from the start (RFC 8314).
 *
 * <p>Thread rule: as every {@code Service} of Jakarta Mail; whoever connects it closes it.
 */
public final class SmtpsTransport extends ProviderTransport {

    /** Called by Jakarta Mail. */
    public SmtpsTransport(Session session, URLName name) {
        super(session, name, Protocol.SMTPS);
    }
}
