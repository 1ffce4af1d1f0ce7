package org.outlookmail.connector.handle;

import jakarta.resource.spi.ConnectionRequestInfo;
import org.outlookmail.MailboxAddress;

/**
 * Which mailbox a caller wants, where it is not the factory's own. Immutable; by its equality the server's pool finds a
 * connection again.
 *
 * @param mailbox the address, in lower case
 */
public record MailboxRequest(String mailbox) implements ConnectionRequestInfo {

    /**
     * Takes an address that has been checked.
     *
     * @throws IllegalArgumentException if it is none
     */
    public MailboxRequest {
        mailbox = MailboxAddress.of(mailbox)
                .orElseThrow(() -> new IllegalArgumentException("not the address of a mailbox"))
                .toString();
    }
}
