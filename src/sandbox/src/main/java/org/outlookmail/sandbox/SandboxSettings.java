package org.outlookmail.sandbox;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.outlookmail.sandbox.access.Passwords;

/**
 * All that a sandbox is started with. Made by {@link SandboxBuilder}, immutable.
 *
 * @param clients the first is the default client
 * @param maxConnections SMTP connections of a mailbox at a time; 0 is no limit
 * @param maxStoreConnections the same for IMAP, and for POP3
 * @param messagesPerMinute messages of a mailbox in any 60 seconds; 0 is no limit
 * @param maxMessageBytes largest message taken by SMTP
 * @param dataDir where keys are kept; null keeps none
 * @param passwords the mailboxes that take basic authentication
 * @param delegation users, and what the default client may do for them
 * @param challengeOnRefusal refuse a token as Gmail does, with a challenge first
 * @param exchangeRoles what applications may do by a grant in Exchange, which no token shows
 * @param relayFrom the addresses whose mail the relay takes without a login
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
        Path dataDir,
        Passwords passwords,
        boolean challengeOnRefusal,
        Set<String> relayFrom,
        List<ExchangeRole> exchangeRoles,
        Delegation delegation) {

    /** Copies the lists. */
    public SandboxSettings {
        clients = List.copyOf(clients);
        mailboxes = List.copyOf(mailboxes);
        relayFrom = Set.copyOf(relayFrom);
        exchangeRoles = List.copyOf(exchangeRoles);
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
     * A permission of Graph that an application has by RBAC for Applications, on some mailboxes.
     *
     * @param permission such as Mail.Send
     * @param mailboxes their addresses in lower case
     */
    public record ExchangeRole(String clientId, String permission, Set<String> mailboxes) {
        /** Copies the set. */
        public ExchangeRole {
            mailboxes = Set.copyOf(mailboxes);
        }
    }

    /**
     * A user of the tenant.
     *
     * @param refusal the AADSTS code that meets every sign-in of this user, or an empty string
     */
    public record User(String upn, String password, String refusal) {
        /** Leaves the password out. */
        @Override
        public String toString() {
            return "User[upn=" + upn + ", refusal=" + refusal + "]";
        }
    }

    /**
     * The tenant's users, and how the default client may act for them and prove itself.
     *
     * @param permissions delegated permissions with consent: SMTP.Send, ...
     * @param publicClient whether it need not prove itself where a user signs in
     * @param singleUse whether a refresh token is good for one use
     * @param interval the least time between two polls of a sign-in
     * @param certificates with which it may sign
     * @param subjects service accounts of the box's cluster whose tokens prove it
     */
    public record Delegation(
            List<User> users,
            Set<String> permissions,
            boolean publicClient,
            boolean singleUse,
            Duration interval,
            List<X509Certificate> certificates,
            Set<String> subjects) {
        /** Copies the collections. */
        public Delegation {
            users = List.copyOf(users);
            permissions = Set.copyOf(permissions);
            certificates = List.copyOf(certificates);
            subjects = Set.copyOf(subjects);
        }
    }

    /**
     * A mailbox.
     *
     * @param address kept in lower case
     * @param sendAs further addresses this mailbox may put into From
     * @param apps who has FullAccess: ids of clients, names of users
     */
    public record Mailbox(String address, Set<String> sendAs, Set<String> apps) {
        /** Copies the sets. */
        public Mailbox {
            sendAs = Set.copyOf(sendAs);
            apps = Set.copyOf(apps);
        }
    }

    /** A port of the box, with the number that the documentation names. */
    public enum Port {
        ENTRA(8450),
        SMTP(8587),
        SMTPS(8465),
        RELAY(8525),
        IMAP(8143),
        IMAPS(8993),
        POP3(8110),
        POP3S(8995),
        CONTROL(8480),
        GRAPH(8460),
        METADATA(8490);

        private final int usual;

        Port(int usual) {
            this.usual = usual;
        }
    }

    /** Ports on 127.0.0.1; 0, or none in {@code chosen}, is any free one. */
    public record Ports(Map<Port, Integer> chosen) {
        /** What the documentation names. */
        public static final Ports DEFAULT = new Ports(
                Arrays.stream(Port.values()).collect(Collectors.toMap(Function.identity(), port -> port.usual)));

        /** Any free ones. */
        public static final Ports RANDOM = new Ports(Map.of());

        /** Copies the map. */
        public Ports {
            chosen = Map.copyOf(chosen);
        }

        /** The number chosen for a port. */
        public int of(Port port) {
            return chosen.getOrDefault(port, 0);
        }

        /** The number chosen for Entra's. */
        public int entra() {
            return of(Port.ENTRA);
        }

        /** These, but for one. */
        public Ports with(Port port, int number) {
            Map<Port, Integer> changed = new EnumMap<>(Port.class);
            changed.putAll(chosen);
            changed.put(port, number);
            return new Ports(changed);
        }
    }
}
