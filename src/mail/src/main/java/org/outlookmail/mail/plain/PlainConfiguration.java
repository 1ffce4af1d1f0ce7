package org.outlookmail.mail.plain;

import jakarta.mail.URLName;
import org.outlookmail.cluster.CacheConfiguration;
import org.outlookmail.mail.MailAccount;
import org.outlookmail.mail.MailServer;

/**
 * What the properties of a session come to. Immutable.
 *
 * @param account the mailbox; only one of its two servers is ever used
 * @param server the one that is
 * @param cache where its tokens are kept
 */
record PlainConfiguration(MailAccount account, MailServer server, CacheConfiguration cache) {

    /** As a {@code Service} tells it once it is connected. */
    URLName url(Protocol protocol) {
        return new URLName(protocol.property(), server.host(), server.port(), null, account.mailbox(), null);
    }
}
