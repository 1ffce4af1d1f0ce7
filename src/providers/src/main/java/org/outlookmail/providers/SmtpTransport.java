package org.outlookmail.providers;

import jakarta.mail.Session;
import jakarta.mail.URLName;

/**
 * Sends by SMTP with STARTTLS (RFC 3207), or with TLS from the start if {@code mail.smtp.ssl.enable} is true.
 *
 * <p>Thread rule: as every {@code Service} of Jakarta Mail; whoever connects it closes it.
 */
public final class SmtpTransport extends ProviderTransport {

    /** Called by Jakarta Mail. */
    public SmtpTransport(Session session, URLName name) {
        super(session, name, Protocol.SMTP);
    }
}
