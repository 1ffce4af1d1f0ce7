package org.outlookmail.connector.session;

import java.util.Properties;
import org.outlookmail.connector.handle.ConnectionSource;
import org.outlookmail.connector.handle.MailboxRequest;

/**
 * The properties of a plain session, and where it borrows. The latter is no property: an application may change those, but not
 * whose mailbox the session opens.
 *
 * <p>Thread rule: as every {@code Properties}, free for any thread.
 */
final class SessionProperties extends Properties {

    private static final long serialVersionUID = 1L;

    private final transient ConnectionSource source;
    private final transient MailboxRequest request;

    /**
     * @param request which mailbox; null for the factory's own
     */
    SessionProperties(ConnectionSource source, MailboxRequest request) {
        this.source = source;
        this.request = request;
    }

    /** The server's pool; null in properties that were serialized. */
    ConnectionSource source() {
        return source;
    }

    MailboxRequest request() {
        return request;
    }
}
