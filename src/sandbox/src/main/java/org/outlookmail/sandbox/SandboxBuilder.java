package org.outlookmail.sandbox;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.outlookmail.sandbox.SandboxSettings.Port;
import org.outlookmail.sandbox.access.Passwords;

/**
 * Collects what a sandbox is started with; every setting has a default. For one thread; {@link #start} may be called again
 * for a second box.
 */
public final class SandboxBuilder {
    /** Every application permission a mail program may use. */
    private static final Set<String> ALL_ROLES = Set.of(
            "SMTP.SendAsApp", "IMAP.AccessAsApp", "POP.AccessAsApp", "Mail.Send", "Mail.ReadWrite", "User.Read.All");

    private static final List<String> DEFAULT_MAILBOXES =
            List.of("noreply@contoso.com", "orders@contoso.com", "support@contoso.com", "archive@contoso.com");

    private String tenantId = "11111111-2222-3333-4444-555555555555";
    private String clientId = "66666666-7777-8888-9999-000000000000";
    private String clientSecret = "sandbox-secret-value";
    private Set<String> roles = ALL_ROLES;
    private final List<SandboxSettings.Client> furtherClients = new ArrayList<>();
    private final Map<String, MailboxPlan> mailboxes = new LinkedHashMap<>();
    private SandboxSettings.Ports ports = SandboxSettings.Ports.DEFAULT;
    private Clock clock = Clock.systemUTC();
    private Duration tokenLifetime = Duration.ofHours(1);
    private int maxConnections = 3;
    private int maxStoreConnections = 20;
    private int messagesPerMinute;
    private long maxMessageBytes = 35L * 1024 * 1024;
    private Path dataDir;
    private final Map<String, String> passwords = new LinkedHashMap<>();
    private final List<SandboxSettings.User> users = new ArrayList<>();
    private final List<X509Certificate> certificates = new ArrayList<>();
    private final Set<String> subjects = new HashSet<>();
    private Set<String> delegatedPermissions =
            Set.of("SMTP.Send", "IMAP.AccessAsUser.All", "POP.AccessAsUser.All", "Mail.Send", "Mail.ReadWrite");
    private boolean publicClient = true;
    private boolean singleUseRefreshTokens;
    private Duration deviceCodeInterval = Duration.ofSeconds(1);
    private boolean challengeOnRefusal;
    private Set<String> relayFrom = Set.of("127.0.0.1");
    private final List<SandboxSettings.ExchangeRole> exchangeRoles = new ArrayList<>();

    /** {@code apps} null: the default client, whose id may be set later. */
    private record MailboxPlan(Set<String> sendAs, Set<String> apps) {}

    SandboxBuilder() {}

    /** The tenant's id, a GUID. */
    public SandboxBuilder tenantId(String id) {
        tenantId = id;
        return this;
    }

    /** The default client's id. */
    public SandboxBuilder clientId(String id) {
        clientId = id;
        return this;
    }

    /** The default client's secret; choose a made-up one. */
    public SandboxBuilder clientSecret(String secret) {
        clientSecret = secret;
        return this;
    }

    /** The default client's application permissions; all that mail needs unless set. */
    public SandboxBuilder roles(String... permissions) {
        roles = Set.copyOf(Arrays.asList(permissions));
        return this;
    }

    /** A further application; without {@code permissions} it has none. */
    public SandboxBuilder client(String id, String secret, String... permissions) {
        furtherClients.add(new SandboxSettings.Client(id, secret, Set.copyOf(Arrays.asList(permissions))));
        return this;
    }

    /** A user who can sign in; without a mailbox of the same address there is nothing to open. */
    public SandboxBuilder user(String upn, String password) {
        return user(upn, password, "");
    }

    /** A user whose every sign-in meets this AADSTS code, such as AADSTS50076 for a second factor. */
    public SandboxBuilder user(String upn, String password, String refusal) {
        users.add(new SandboxSettings.User(upn, password, refusal));
        return this;
    }

    /** The default client's delegated permissions; all three that mail needs unless set. */
    public SandboxBuilder delegatedPermissions(String... permissions) {
        delegatedPermissions = Set.copyOf(Arrays.asList(permissions));
        return this;
    }

    /** Whether the default client need not prove itself where a user signs in; true unless set. */
    public SandboxBuilder publicClient(boolean yes) {
        publicClient = yes;
        return this;
    }

    /** Whether a refresh token is good for one use only; Entra's are not, so false unless set. */
    public SandboxBuilder singleUseRefreshTokens(boolean yes) {
        singleUseRefreshTokens = yes;
        return this;
    }

    /** The least time between two polls of a device code sign-in, a second unless set. */
    public SandboxBuilder deviceCodeInterval(Duration interval) {
        deviceCodeInterval = interval;
        return this;
    }

    /** A certificate with whose key the default client may sign. */
    public SandboxBuilder clientCertificate(X509Certificate certificate) {
        certificates.add(certificate);
        return this;
    }

    /** A service account of the box's cluster, as system:serviceaccount:shop:mailer, whose tokens prove the default client. */
    public SandboxBuilder federate(String subject) {
        subjects.add(subject);
        return this;
    }

    /** A mailbox that the default client may open. Naming any mailbox replaces the four default ones. */
    public SandboxBuilder mailbox(String address) {
        return mailbox(address, Set.of(), null);
    }

    /**
     * A mailbox with its rights.
     *
     * @param sendAs further addresses it may put into From
     * @param apps who has FullAccess: ids of clients, names of users; null is the default client
     */
    public SandboxBuilder mailbox(String address, Set<String> sendAs, Set<String> apps) {
        mailboxes.put(address, new MailboxPlan(sendAs, apps));
        return this;
    }

    /**
     * A password that opens this mailbox, beside tokens: AUTH PLAIN and LOGIN of SMTP, LOGIN and AUTHENTICATE PLAIN of IMAP,
     * USER, PASS and AUTH PLAIN of POP3. Choose a made-up one. All other mailboxes refuse basic authentication.
     */
    public SandboxBuilder basicPassword(String address, String password) {
        passwords.put(address.toLowerCase(Locale.ROOT), password);
        return this;
    }

    /** Refuse a token as Gmail does, with a challenge in JSON that the client answers first; unset, as Exchange does: at once. */
    public SandboxBuilder challengeOnRefusal(boolean challenge) {
        challengeOnRefusal = challenge;
        return this;
    }

    /** HTTPS port of Entra, 8450 unless set; 0 is any free one, here and below. */
    public SandboxBuilder entraPort(int port) {
        ports = ports.with(Port.ENTRA, port);
        return this;
    }

    /** Port of SMTP submission that begins in the clear (STARTTLS), 8587 unless set. */
    public SandboxBuilder smtpPort(int port) {
        ports = ports.with(Port.SMTP, port);
        return this;
    }

    /** Port of SMTP submission with TLS from the start, 8465 unless set. */
    public SandboxBuilder smtpsPort(int port) {
        ports = ports.with(Port.SMTPS, port);
        return this;
    }

    /** Port of Graph, 8460 unless set. */
    public SandboxBuilder graphPort(int port) {
        ports = ports.with(Port.GRAPH, port);
        return this;
    }

    /** HTTP port of the metadata service, 8490 unless set. */
    public SandboxBuilder metadataPort(int port) {
        ports = ports.with(Port.METADATA, port);
        return this;
    }

    /** Port of the relay, which takes mail without a login, 8525 unless set. */
    public SandboxBuilder relayPort(int port) {
        ports = ports.with(Port.RELAY, port);
        return this;
    }

    /**
     * An application may do this at Graph with these mailboxes by a role of Exchange (RBAC for Applications): the permission,
     * such as Mail.Send, stands in no token, and adds to those that do.
     */
    public SandboxBuilder exchangeRole(String client, String permission, String... addresses) {
        Set<String> mailboxesOfIt = new HashSet<>();
        for (String address : addresses) {
            mailboxesOfIt.add(address.toLowerCase(Locale.ROOT));
        }
        exchangeRoles.add(new SandboxSettings.ExchangeRole(client, permission, mailboxesOfIt));
        return this;
    }

    /** Addresses whose mail the relay takes, 127.0.0.1 unless set. */
    public SandboxBuilder relayFrom(Set<String> addresses) {
        relayFrom = Set.copyOf(addresses);
        return this;
    }

    /** Port of IMAP that begins in the clear (STARTTLS), 8143 unless set. */
    public SandboxBuilder imapPort(int port) {
        ports = ports.with(Port.IMAP, port);
        return this;
    }

    /** Port of IMAP over TLS, 8993 unless set. */
    public SandboxBuilder imapsPort(int port) {
        ports = ports.with(Port.IMAPS, port);
        return this;
    }

    /** Port of POP3 that begins in the clear (STLS), 8110 unless set. */
    public SandboxBuilder pop3Port(int port) {
        ports = ports.with(Port.POP3, port);
        return this;
    }

    /** Port of POP3 over TLS, 8995 unless set. */
    public SandboxBuilder pop3sPort(int port) {
        ports = ports.with(Port.POP3S, port);
        return this;
    }

    /** HTTP port of the control API, 8480 unless set. */
    public SandboxBuilder controlPort(int port) {
        ports = ports.with(Port.CONTROL, port);
        return this;
    }

    /** Any free ports for everything: the choice for tests. */
    public SandboxBuilder randomPorts() {
        ports = SandboxSettings.Ports.RANDOM;
        return this;
    }

    /** The time by which tokens are issued and expire, mail is dated and limits are counted. Certificates ignore it. */
    public SandboxBuilder clock(Clock time) {
        clock = time;
        return this;
    }

    /** How long tokens live, 3600 seconds unless set. */
    public SandboxBuilder tokenLifetime(Duration lifetime) {
        tokenLifetime = lifetime;
        return this;
    }

    /** SMTP connections of a mailbox at a time, 3 unless set; 0 is no limit. */
    public SandboxBuilder maxConnections(int connections) {
        maxConnections = connections;
        return this;
    }

    /** IMAP connections of a mailbox at a time, and POP3 ones, 20 each unless set; 0 is no limit. */
    public SandboxBuilder maxStoreConnections(int connections) {
        maxStoreConnections = connections;
        return this;
    }

    /** Messages of a mailbox in any 60 seconds; 0, the default, is no limit. */
    public SandboxBuilder messagesPerMinute(int messages) {
        messagesPerMinute = messages;
        return this;
    }

    /** The largest message SMTP takes, 35 MB unless set. */
    public SandboxBuilder maxMessageBytes(long bytes) {
        maxMessageBytes = bytes;
        return this;
    }

    /** A folder for the box's keys, so that clients trust it after a restart too; unset, keys are new at every start. */
    public SandboxBuilder dataDir(Path folder) {
        dataDir = folder;
        return this;
    }

    /**
     * Starts the box; everything listens when this returns.
     *
     * @throws PortInUseException if a port belongs to another process
     * @throws IllegalArgumentException with every setting that makes no sense
     */
    public Sandbox start() {
        return new Sandbox(settings());
    }

    private SandboxSettings settings() {
        List<String> errors = new ArrayList<>();
        if (!tenantId.matches("(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")) {
            errors.add("the tenant id must be a GUID, not " + tenantId);
        }
        if (clientId.isBlank() || clientSecret.isEmpty()) {
            errors.add("client id and secret must not be empty");
        }
        if (tokenLifetime.isNegative() || tokenLifetime.isZero()) {
            errors.add("the token lifetime must be positive, not " + tokenLifetime);
        }
        if (maxConnections < 0 || maxStoreConnections < 0 || messagesPerMinute < 0) {
            errors.add("limits must be 0 (no limit) or more");
        }
        if (maxMessageBytes < 1) {
            errors.add("the largest message must have a byte at least");
        }
        if (mailboxes.isEmpty()) {
            DEFAULT_MAILBOXES.forEach(this::mailbox);
        }
        List<SandboxSettings.Mailbox> checked = new ArrayList<>();
        mailboxes.forEach((address, plan) -> {
            try {
                checked.add(mailbox(address, plan.sendAs(), plan.apps(), clientId));
            } catch (IllegalArgumentException e) {
                errors.add(e.getMessage());
            }
        });
        passwords.forEach((address, password) -> {
            if (password.isEmpty()) {
                errors.add("the password of " + address + " is empty");
            }
            if (checked.stream().noneMatch(mailbox -> mailbox.address().equals(address))) {
                errors.add("a password is set for " + address + ", which is no mailbox");
            }
        });
        if (!errors.isEmpty()) {
            throw new IllegalArgumentException("The sandbox cannot start: " + String.join("; ", errors));
        }
        List<SandboxSettings.Client> clients = new ArrayList<>();
        clients.add(new SandboxSettings.Client(clientId, clientSecret, roles));
        clients.addAll(furtherClients);
        return new SandboxSettings(
                tenantId,
                clients,
                checked,
                ports,
                clock,
                tokenLifetime,
                maxConnections,
                maxStoreConnections,
                messagesPerMinute,
                maxMessageBytes,
                dataDir,
                new Passwords(passwords),
                challengeOnRefusal,
                relayFrom,
                exchangeRoles,
                new SandboxSettings.Delegation(
                        users,
                        delegatedPermissions,
                        publicClient,
                        singleUseRefreshTokens,
                        deviceCodeInterval,
                        certificates,
                        subjects));
    }

    /** A mailbox in the form the box keeps: lower case. */
    static SandboxSettings.Mailbox mailbox(String address, Set<String> sendAs, Set<String> apps, String defaultClient) {
        if (!address.matches("[^@\\s\"<>\\\\]+@[^@\\s\"<>\\\\]+")) {
            throw new IllegalArgumentException("\"" + address + "\" is no mail address");
        }
        List<String> lower =
                sendAs.stream().map(each -> each.toLowerCase(Locale.ROOT)).toList();
        return new SandboxSettings.Mailbox(
                address.toLowerCase(Locale.ROOT), Set.copyOf(lower), apps == null ? Set.of(defaultClient) : apps);
    }
}
