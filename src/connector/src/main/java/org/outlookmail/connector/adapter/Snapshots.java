package org.outlookmail.connector.adapter;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.outlookmail.management.MailboxSnapshot;
import org.outlookmail.management.ServerSnapshot;

/**
 * Brings together what the pools and the quotas know of each mailbox.
 *
 * <p>Thread rule: one thread.
 */
final class Snapshots {

    private static final class Counted {
        private int borrowed;
        private int idle;
        private List<ServerSnapshot> servers = List.of();
    }

    private final Map<String, Counted> mailboxes = new TreeMap<>();

    /** One more connection. */
    void connection(String mailbox, boolean borrowed) {
        Counted counted = of(mailbox);
        if (borrowed) {
            counted.borrowed++;
        } else {
            counted.idle++;
        }
    }

    void servers(Map<String, List<ServerSnapshot>> known) {
        known.forEach((mailbox, servers) -> of(mailbox).servers = servers);
    }

    private Counted of(String mailbox) {
        return mailboxes.computeIfAbsent(mailbox.toLowerCase(Locale.ROOT), first -> new Counted());
    }

    List<MailboxSnapshot> all() {
        List<MailboxSnapshot> all = new ArrayList<>();
        mailboxes.forEach((mailbox, counted) ->
                all.add(new MailboxSnapshot(mailbox, counted.borrowed, counted.idle, counted.servers)));
        return all;
    }
}
