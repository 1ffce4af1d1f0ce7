package org.outlookmail.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;
import org.outlookmail.sandbox.SandboxSettings.Port;
import org.outlookmail.sandbox.access.Gatekeeper;
import org.outlookmail.sandbox.control.ControlServer;
import org.outlookmail.sandbox.control.NoSuchMailboxException;
import org.outlookmail.sandbox.delivery.Delivery;
import org.outlookmail.sandbox.delivery.Outbox;
import org.outlookmail.sandbox.entra.Entra;
import org.outlookmail.sandbox.entra.EntraAdmin;
import org.outlookmail.sandbox.entra.TokenIssuer;
import org.outlookmail.sandbox.faults.Faults;
import org.outlookmail.sandbox.faults.Protocol;
import org.outlookmail.sandbox.front.StoreFront;
import org.outlookmail.sandbox.graph.GraphServer;
import org.outlookmail.sandbox.mailstore.MailStore;
import org.outlookmail.sandbox.metadata.MetadataServer;
import org.outlookmail.sandbox.smtp.MessageRate;
import org.outlookmail.sandbox.smtp.SmtpServer;
import org.outlookmail.sandbox.smtp.Submission;
import org.outlookmail.sandbox.tls.Certificates;
import org.outlookmail.sandbox.wire.MailPorts;
import org.outlookmail.sandbox.wire.Workers;

/**
 * Microsoft 365 in a box: Entra, SMTP submission, IMAP and POP3 over one mailbox store, on 127.0.0.1.
 *
 * <pre>{@code
 * try (Sandbox sandbox = Sandbox.builder().randomPorts().start()) {
 *     // a client with sandbox.entraUrl(), sandbox.smtpPort(), sandbox.sslContext(), ...
 * }
 * }</pre>
 *
 * <p>Owns every port, thread and message of the box. Safe for any thread. Whoever started it closes it.
 */
public final class Sandbox implements AutoCloseable {
    private final SandboxSettings settings;
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final ObjectMapper mapper = new ObjectMapper();
    private final Certificates certificates;
    private final Faults faults;
    private final MailStore store;
    private final Entra entra;
    private final MessageRate rate;
    private final Outbox outbox = new Outbox();
    private final GraphServer graph;
    private final MetadataServer metadata;
    private final SmtpServer smtp;
    private final StoreFront imap;
    private final StoreFront pop3;
    private final ControlServer control;

    Sandbox(SandboxSettings settings) {
        this.settings = settings;
        boolean started = false;
        try {
            certificates = Certificates.open(settings.dataDir());
            faults =
                    new Faults(settings.maxConnections(), settings.maxStoreConnections(), settings.messagesPerMinute());
            Workers workers = part(new Workers());
            store = new MailStore(settings.clock());
            settings.mailboxes().forEach(store::create);
            entra = part(new Entra(settings, certificates, faults, workers));
            Gatekeeper gatekeeper =
                    new Gatekeeper(entra.check(), store, settings.passwords(), settings.challengeOnRefusal());
            rate = new MessageRate(settings.clock(), () -> faults.limits().messagesPerMinute());
            Delivery delivery = new Delivery(settings.clock(), store, outbox);
            graph = part(new GraphServer(
                    number(Port.GRAPH),
                    certificates,
                    workers,
                    settings.clock(),
                    entra.check(),
                    store,
                    delivery,
                    faults,
                    settings.exchangeRoles()));
            metadata = part(new MetadataServer(number(Port.METADATA), workers, faults, identities()));
            smtp = part(new SmtpServer(
                    new MailPorts.Plan(
                            "SMTP submission", number(Port.SMTP), "SMTP submission over TLS", number(Port.SMTPS)),
                    new SmtpServer.Relay(number(Port.RELAY), settings.relayFrom()),
                    certificates.server(),
                    workers,
                    settings.clock(),
                    faults,
                    gatekeeper,
                    new Submission(
                            settings.clock(),
                            delivery,
                            rate,
                            () -> faults.limits().discardMail()),
                    settings.maxMessageBytes()));
            imap = part(new StoreFront(
                    Protocol.IMAP,
                    new MailPorts.Plan("IMAP with STARTTLS", number(Port.IMAP), "IMAP over TLS", number(Port.IMAPS)),
                    certificates.server(),
                    workers,
                    faults,
                    gatekeeper,
                    store));
            pop3 = part(new StoreFront(
                    Protocol.POP3,
                    new MailPorts.Plan("POP3 with STLS", number(Port.POP3), "POP3 over TLS", number(Port.POP3S)),
                    certificates.server(),
                    workers,
                    faults,
                    gatekeeper,
                    store));
            control = part(new ControlServer(number(Port.CONTROL), workers, new ControlAdapter(this)));
            started = true;
        } finally {
            if (!started) {
                close();
            }
        }
    }

    /** The applications of the box are assigned to the machine too, the default client as its own. */
    private MetadataServer.Identities identities() {
        return new MetadataServer.Identities() {
            @Override
            public Optional<String> assigned(String clientId) {
                return entra.application(clientId);
            }

            @Override
            public Optional<MetadataServer.Token> token(String clientId, String resource) {
                return entra.machineToken(clientId, resource);
            }
        };
    }

    private int number(Port port) {
        return settings.ports().of(port);
    }

    /** Closed in the reverse order of their making. */
    private <T extends AutoCloseable> T part(T part) {
        parts.push(part);
        return part;
    }

    /** Settings for a new box. */
    public static SandboxBuilder builder() {
        return new SandboxBuilder();
    }

    /** {@code https://localhost:PORT}, which stands for https://login.microsoftonline.com. */
    public URI entraUrl() {
        return URI.create("https://localhost:" + entra.port());
    }

    /** The token endpoint of the tenant. */
    public URI tokenEndpoint() {
        return entraUrl().resolve("/" + tenantId() + "/oauth2/v2.0/token");
    }

    /** {@code https://localhost:PORT/v1.0}, which stands for https://graph.microsoft.com/v1.0. */
    public URI graphUrl() {
        return URI.create("https://localhost:" + graph.port() + "/v1.0");
    }

    /** {@code http://127.0.0.1:PORT}, which stands for http://169.254.169.254 on a machine of Azure. */
    public URI metadataUrl() {
        return URI.create("http://127.0.0.1:" + metadata.port());
    }

    /** What App Service gives its applications as IDENTITY_ENDPOINT. */
    public URI identityEndpoint() {
        return metadataUrl().resolve("/msi/token");
    }

    /** What App Service gives them as IDENTITY_HEADER; new at each start. */
    public String identityHeader() {
        return metadata.header();
    }

    /** The port of SMTP submission (STARTTLS). */
    public int smtpPort() {
        return smtp.ports().plain();
    }

    /** The port of SMTP submission over TLS. */
    public int smtpsPort() {
        return smtp.ports().tls();
    }

    /** The port of the relay, which takes mail without a login (STARTTLS). */
    public int relayPort() {
        return smtp.relayPort();
    }

    /** The port of IMAP that begins in the clear (STARTTLS). */
    public int imapPort() {
        return imap.ports().plain();
    }

    /** The port of IMAP over TLS. */
    public int imapsPort() {
        return imap.ports().tls();
    }

    /** The port of POP3 that begins in the clear (STLS). */
    public int pop3Port() {
        return pop3.ports().plain();
    }

    /** The port of POP3 over TLS. */
    public int pop3sPort() {
        return pop3.ports().tls();
    }

    /** {@code http://127.0.0.1:PORT} of the control API. */
    public URI controlUrl() {
        return URI.create("http://127.0.0.1:" + control.port());
    }

    /** The tenant's id. */
    public String tenantId() {
        return settings.tenantId();
    }

    /** The default client's id. */
    public String clientId() {
        return settings.clients().get(0).id();
    }

    /** The default client's secret. */
    public String clientSecret() {
        return settings.clients().get(0).secret();
    }

    /** A new key store with the box's certificate authority. */
    public KeyStore trustStore() {
        return certificates.trustStore();
    }

    /** Writes {@link #trustStore()} as PKCS#12 with the password "sandbox", replacing the file. */
    public void writeTrustStore(Path file) {
        certificates.writeTrustStore(file);
    }

    /** The authority's certificate as PEM. */
    public String caPem() {
        return certificates.pem();
    }

    /** For clients: trusts the box and nothing else. */
    public SSLContext sslContext() {
        return certificates.client();
    }

    /** What was counted since the start or the last {@link #reset}. */
    public SandboxState state() {
        return new SandboxState(
                entra.state(),
                smtp.state(),
                imap.counters().store(),
                pop3.counters().store(),
                graph.state(),
                metadata.state(),
                store.counts());
    }

    /**
     * Adds faults and sets limits, as {@code POST /faults} does.
     *
     * @throws IllegalArgumentException with everything that is wrong in {@code json}
     */
    public void faults(String json) {
        JsonNode body;
        try {
            body = mapper.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("The faults are no JSON: " + e.getOriginalMessage(), e);
        }
        Faults.Once once = faults.apply(body);
        if (once.expireTokens()) {
            entra.check().endAll();
        }
        once.dropConnections().forEach(this::dropConnections);
    }

    /** The same, from an object made in code. */
    public void faults(FaultPlan plan) {
        faults(plan.toJson());
    }

    private void dropConnections(Protocol protocol) {
        switch (protocol) {
            case SMTP -> smtp.dropConnections();
            case IMAP -> imap.ports().dropConnections();
            case POP3 -> pop3.ports().dropConnections();
        }
    }

    /** Sets counters to zero and ends faults; mail, mailboxes and ended tokens stay as they are. */
    public void reset() {
        faults.clear();
        rate.reset();
        entra.reset();
        smtp.resetCounters();
        graph.reset();
        metadata.reset();
        imap.counters().reset();
        pop3.counters().reset();
    }

    /** What can be done in Entra while programs run: secrets, certificates, sign-ins, claims. */
    public EntraAdmin entra() {
        return entra.admin();
    }

    /** Adds a mailbox which the default client may open. */
    public void createMailbox(String address) {
        createMailbox(address, Set.of(), null);
    }

    /**
     * Adds a mailbox.
     *
     * @param sendAs further addresses it may put into From
     * @param apps ids of the clients with FullAccess; null is the default client
     * @throws IllegalArgumentException if there is one of that address, or the address is none
     */
    public void createMailbox(String address, Set<String> sendAs, Set<String> apps) {
        store.create(SandboxBuilder.mailbox(address, sendAs, apps, clientId()));
    }

    /** A good token of the default client for Exchange; it is not counted as a request. */
    public String issueToken() {
        return issueToken(Map.of());
    }

    /**
     * A token of the default client with {@code changes} put over its claims: null removes one; exp, nbf and iat are epoch
     * seconds.
     */
    public String issueToken(Map<String, ?> changes) {
        return entra.token(changes);
    }

    /** A token that is right in all but its signature, which a stranger made. */
    public String issueForgedToken() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            KeyPair stranger = generator.generateKeyPair();
            return entra.forgedToken(Map.of(), stranger);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JDK cannot make RSA keys", e);
        }
    }

    /** The messages in a mailbox's INBOX, oldest first. */
    public List<StoredMessage> messages(String address) {
        return messages(address, MailStore.INBOX);
    }

    /** The messages in a folder, oldest first; none if it does not exist. */
    public List<StoredMessage> messages(String address, String folder) {
        requireMailbox(address);
        return store.messages(address, folder);
    }

    /** Messages that were sent to people outside the box, oldest first. */
    public List<OutboundMessage> outbound() {
        return outbox.messages();
    }

    /** The object id of the user whose mailbox it is, by which Graph knows it too. */
    public String objectId(String address) {
        requireMailbox(address);
        return TokenIssuer.objectId(address.toLowerCase(Locale.ROOT));
    }

    /** Puts a message into a mailbox's INBOX as if it had just arrived, and gives its UID. */
    public long deliver(String address, byte[] mime) {
        return deliver(address, MailStore.INBOX, mime);
    }

    /** The same for a message object, which is left as it is. */
    public long deliver(String address, MimeMessage message) throws MessagingException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            message.writeTo(bytes);
        } catch (IOException e) {
            throw new MessagingException("The message cannot be written", e);
        }
        return deliver(address, bytes.toByteArray());
    }

    /** Puts a message into a folder, which is created if need be, and gives its UID. */
    public long deliver(String address, String folder, byte[] mime) {
        requireMailbox(address);
        return store.store(address, folder, mime, false);
    }

    private void requireMailbox(String address) {
        if (store.find(address).isEmpty()) {
            throw new NoSuchMailboxException(address);
        }
    }

    /** Stops everything, cuts every connection and waits until it is done; later calls do nothing. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        IllegalStateException failure = null;
        for (AutoCloseable part : parts) {
            try {
                part.close();
            } catch (Exception e) {
                failure = failure == null ? new IllegalStateException("A part of the sandbox did not close") : failure;
                failure.addSuppressed(e);
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** All mailboxes, with their rights. */
    public List<SandboxSettings.Mailbox> mailboxes() {
        return List.copyOf(store.all());
    }

    /** The limits in force. */
    Faults.Limits limits() {
        return faults.limits();
    }
}
