package org.outlookmail.providers;

import jakarta.mail.URLName;
import java.util.List;
import org.outlookmail.Diagnosis;
import org.outlookmail.cluster.CacheConfiguration;
import org.outlookmail.mail.MailAccount;
import org.outlookmail.mail.MailServer;

/**
 * What the properties of a session come to. Immutable.
 *
 * @param account the mailbox; only one of its two servers is ever used
 * @param sends which one
 * @param cache where its tokens are kept
 * @param warnings of what works and had better be changed
 */
record SessionConfiguration(MailAccount account, boolean sends, CacheConfiguration cache, List<Diagnosis> warnings) {

    /** The server that is used. */
    MailServer server() {
        return (sends ? account.out() : account.in()).server();
    }

    /** As a {@code Service} tells it once it is connected. */
    URLName url(Protocol protocol) {
        MailServer server = server();
        return new URLName(protocol.property(), server.host(), server.port(), null, account.mailbox(), null);
    }
}
