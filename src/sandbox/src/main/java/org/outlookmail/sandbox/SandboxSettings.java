package org.outlookmail.sandbox;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * All that a sandbox is started with. Made by {@link SandboxBuilder}, immutable.
 *
 * @param clients the first is the default client
 * @param maxConnections SMTP connections of a mailbox at a time; 0 is no limit
 * @param maxStoreConnections the same for IMAP, and for POP3
 * @param messagesPerMinute messages of a mailbox in any 60 seconds; 0 is no limit
 * @param maxMessageBytes largest message taken by SMTP
 * @param dataDir where keys are kept; null keeps none
 */
public record SandboxSettings(
        String tenantId,
        List<Client> clients,
        List<Mailbox> mailboxes,
        Ports ports,
        Clock clock,
        Duration tokenLifetime,
        int maxConnections,
        int maxStoreConnections,
        int messagesPerMinute,
        long maxMessageBytes,
        Path dataDir) {

    /** Copies the lists. */
    public SandboxSettings {
        clients = List.copyOf(clients);
        mailboxes = List.copyOf(mailboxes);
    }

    /**
     * An application registered in the tenant.
     *
     * @param roles application permissions with admin consent: SMTP.SendAsApp, ...
     */
    public record Client(String id, String secret, Set<String> roles) {
        /** Copies the set. */
        public Client {
            roles = Set.copyOf(roles);
        }

        /** Leaves the secret out. */
        @Override
        public String toString() {
            return "Client[id=" + id + ", roles=" + roles + "]";
        }
    }

    /**
     * A mailbox.
     *
     * @param address kept in lower case
     * @param sendAs further addresses this mailbox may put into From
     * @param apps ids of the clients with FullAccess
     */
    public record Mailbox(String address, Set<String> sendAs, Set<String> apps) {
        /** Copies the sets. */
        public Mailbox {
            sendAs = Set.copyOf(sendAs);
            apps = Set.copyOf(apps);
        }
    }

    /** Ports on 127.0.0.1; 0 is any free one. */
    public record Ports(int entra, int smtp, int imaps, int pop3s, int control) {
        /** What the documentation names. */
        public static final Ports DEFAULT = new Ports(8450, 8587, 8993, 8995, 8480);

        /** Any free ones. */
        public static final Ports RANDOM = new Ports(0, 0, 0, 0, 0);
    }
}
