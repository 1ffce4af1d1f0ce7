package org.outlookmail.connector;

import jakarta.resource.spi.ConnectionRequestInfo;
import java.util.Locale;

/**
 * Which mailbox a caller wants, where it is not the factory's own. Immutable; by its equality the server's pool finds a
 * connection again.
 *
 * @param mailbox the address, in lower case
 */
record MailboxRequest(String mailbox) implements ConnectionRequestInfo {

    MailboxRequest {
        mailbox = mailbox.toLowerCase(Locale.ROOT);
    }
}
