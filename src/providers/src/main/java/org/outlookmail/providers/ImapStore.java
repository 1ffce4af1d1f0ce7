package org.outlookmail.providers;

import jakarta.mail.Session;
import jakarta.mail.URLName;

/**
 * Reads by IMAP with TLS from the start, as Kalisto did; by STARTTLS if {@code mail.imap.ssl.enable} is false.
 *
 * <p>Thread rule: as every {@code Service} of Jakarta Mail; whoever connects it closes it.
 */
public final class ImapStore extends ProviderStore {

    /** Called by Jakarta Mail. */
    public ImapStore(Session session, URLName name) {
        super(session, name, Protocol.IMAP);
    }
}
