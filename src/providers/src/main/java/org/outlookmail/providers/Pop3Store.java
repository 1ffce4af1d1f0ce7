package org.outlookmail.providers;

import jakarta.mail.Session;
import jakarta.mail.URLName;

/**
 * Reads by POP3 with TLS from the start; by STLS (RFC 2595) if {@code mail.pop3.ssl.enable} is false.
 *
 * <p>Thread rule: as every {@code Service} of Jakarta Mail; whoever connects it closes it.
 */
public final class Pop3Store extends ProviderStore {

    /** Called by Jakarta Mail. */
    public Pop3Store(Session session, URLName name) {
        super(session, name, Protocol.POP3);
    }
}
