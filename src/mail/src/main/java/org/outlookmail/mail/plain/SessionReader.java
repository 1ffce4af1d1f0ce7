package org.outlookmail.mail.plain;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.outlookmail.cluster.CacheConfiguration;
import org.outlookmail.mail.Authentication;
import org.outlookmail.mail.HelloName;
import org.outlookmail.mail.MailAccount;
import org.outlookmail.mail.MailRoute;
import org.outlookmail.mail.MailServer;
import org.outlookmail.mail.MailTimeouts;
import org.outlookmail.token.HttpSettings;

/**
 * Reads a session's properties as a whole. Everything that is wrong is told at once.
 *
 * <p>Thread rule: one use, one thread.
 */
final class SessionReader {

    private static final String CACHE = "websphere.cache";

    /** The times of Kalisto's mailboxes; ours where it had none. */
    private static final int CONNECT_MILLIS = 10_000;

    private static final int READ_MILLIS = 60_000;

    /** Of Jakarta Mail, Liberty and this class; Angus Mail has no use for them. */
    private static final Set<String> NOT_OF_ANGUS =
            Set.of("class", "host", "port", "user", "password", "ssl.enable", "proxy.host", "proxy.port");

    private final PropertyReader reader;
    private final Protocol protocol;

    private SessionReader(PropertyReader reader, Protocol protocol) {
        this.reader = reader;
        this.protocol = protocol;
    }

    /**
     * Reads them.
     *
     * @throws MessagingException diagnosed, naming every property that is missing, wrong or contradictory
     */
    static PlainConfiguration read(Session session, Protocol protocol, Target target) throws MessagingException {
        // Liberty's own attribute
        String name = session.getProperty("jndiName");
        String where = name == null ? "the mail session" : "the <mailSession> " + name;
        Problems problems = new Problems(where + " for " + protocol.property());
        return new SessionReader(new PropertyReader(session, problems), protocol).read(target);
    }

    private PlainConfiguration read(Target target) throws MessagingException {
        boolean tls = reader.choice(own("ssl.enable"), protocol.tlsByDefault());
        if (protocol.tlsOnly() && !tls) {
            reader.problems().add(own("ssl.enable"), "is false, and " + protocol.property() + " means TLS: remove it");
        }
        new ReservedProperties(reader, protocol, tls).check();
        IdentityReader identity = new IdentityReader(reader, protocol);
        identity.unknown();
        String mailbox = identity.mailbox(target.user());
        MailServer server = server(protocol.spoken(tls), target);
        MailRoute route = new MailRoute(timeouts(), proxy(), Optional.empty());
        Optional<Authentication> authentication = identity.authentication(
                mailbox,
                new HttpSettings(route.timeouts().connect(), route.timeouts().read(), route.proxy(), Optional.empty()));
        CacheConfiguration cache = cache();
        Map<String, String> further = further(server.protocol());
        helloName(further.get("mail." + server.protocol() + ".localhost"));
        reader.problems().throwIfAny();
        MailAccount account = MailAccount.of(
                mailbox,
                protocol.sends()
                        ? server
                        : new MailServer("smtp", Protocol.SMTP.host(), MailServer.defaultPort("smtp")),
                protocol.sends()
                        ? new MailServer("imaps", Protocol.IMAPS.host(), MailServer.defaultPort("imaps"))
                        : server,
                route,
                authentication.orElseThrow(),
                further);
        return new PlainConfiguration(account, server, cache);
    }

    private String own(String key) {
        return "mail." + protocol.property() + "." + key;
    }

    private MailServer server(String spoken, Target target) {
        String source = reader.isSet(own("host")) ? own("host") : "mail.host";
        String host = target.host() == null ? reader.text(source).orElse(protocol.host()) : target.host();
        reader.matching(
                target.host() == null ? source : "the host given to connect()",
                host,
                MailServer.HOST,
                "must be a host name or an IP address");
        int port = target.port() == -1 ? reader.port(own("port"), MailServer.defaultPort(spoken)) : target.port();
        return new MailServer(spoken, host, port);
    }

    private MailTimeouts timeouts() {
        Duration connect = reader.millis(own("connectiontimeout"), CONNECT_MILLIS);
        Duration read = reader.millis(own("timeout"), READ_MILLIS);
        Duration write = reader.millis(own("writetimeout"), READ_MILLIS);
        return new MailTimeouts(connect, read, write);
    }

    private Proxy proxy() {
        Optional<String> host = reader.text(own("proxy.host"));
        reader.matching(own("proxy.host"), host.orElse(null), MailServer.HOST, "must be a host name or an IP address");
        int port = reader.port(own("proxy.port"), 80); // Angus Mail's default
        return host.map(name -> new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(name, port)))
                .orElse(Proxy.NO_PROXY);
    }

    private void helloName(String name) {
        if (protocol.sends() && name != null && !HelloName.valid(name)) {
            reader.problems()
                    .add(
                            own("localhost"),
                            "is \"" + name + "\": it must be a full name such as app1.contoso.com or an address such as"
                                    + " [10.0.0.7]");
        }
    }

    private CacheConfiguration cache() {
        CacheConfiguration local = CacheConfiguration.local();
        return new CacheConfiguration(
                local.provider(),
                local.config(),
                local.cacheName(),
                reader.text(CACHE),
                local.key(),
                local.previousKey());
    }

    /** Everything else that Angus Mail may want to know, under the name of the protocol that is spoken. */
    private Map<String, String> further(String spoken) {
        Map<String, String> further = new HashMap<>();
        for (String name : reader.names()) {
            String key = name.startsWith(own("")) ? name.substring(own("").length()) : null;
            boolean passesOn = key == null ? common(name) : !NOT_OF_ANGUS.contains(key) && !MailAccount.reserved(name);
            if (passesOn) {
                String renamed = key == null ? name : "mail." + spoken + "." + key;
                reader.text(name).ifPresent(value -> further.put(renamed, value));
            }
        }
        return further;
    }

    /** Not of another protocol, whose own provider reads it. */
    private static boolean common(String name) {
        return name.equals("mail.debug") || name.startsWith("mail.mime.") || name.startsWith("mail.event.");
    }
}
