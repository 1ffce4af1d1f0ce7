package org.outlookmail.providers;

import jakarta.mail.Session;
import jakarta.mail.URLName;

/**
 * Reads by POP3 with TLS from the start (RFC 8314).
 *
 * <p>Thread rule: as every {@code Service} of Jakarta Mail; whoever connects it closes it.
 */
public final class Pop3sStore extends ProviderStore {

    /** Called by Jakarta Mail. */
    public Pop3sStore(Session session, URLName name) {
        super(session, name, Protocol.POP3S);
    }
}
