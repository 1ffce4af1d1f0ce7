package org.outlookmail.management;

import java.util.List;
import java.util.Objects;

/**
 * One mailbox, as this server uses it. Immutable.
 *
 * @param mailbox its address, in lower case
 * @param borrowed how many of its connections applications have in use
 * @param idle how many wait in pools for the next borrower
 * @param servers the mail servers where it is used
 */
public record MailboxSnapshot(String mailbox, int borrowed, int idle, List<ServerSnapshot> servers) {

    public MailboxSnapshot {
        Objects.requireNonNull(mailbox, "mailbox");
        servers = List.copyOf(servers);
    }
}
