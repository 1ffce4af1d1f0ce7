package org.outlookmail.mail.configuration;

import static org.outlookmail.configuration.Property.MAILBOX;
import static org.outlookmail.configuration.Property.SMTP_HELLO_NAME;
import static org.outlookmail.configuration.Property.SMTP_HOST;
import static org.outlookmail.configuration.Property.SMTP_PORT;
import static org.outlookmail.configuration.Property.START_TLS;
import static org.outlookmail.configuration.Property.STORE;
import static org.outlookmail.configuration.Property.STORE_HOST;
import static org.outlookmail.configuration.Property.STORE_PORT;
import static org.outlookmail.configuration.Property.TRANSPORT;
import static org.outlookmail.configuration.Property.USER_NAME;
import static org.outlookmail.configuration.Property.USER_PASSWORD;
import static org.outlookmail.configuration.Property.WRITE_TIMEOUT_MILLIS;

import java.util.Map;
import java.util.Optional;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.PropertyNames;
import org.outlookmail.configuration.PropertyReader;
import org.outlookmail.mail.Authentication;
import org.outlookmail.mail.Endpoint;
import org.outlookmail.mail.MailAccount;
import org.outlookmail.mail.MailRoute;
import org.outlookmail.mail.MailServer;
import org.outlookmail.mail.MailTimeouts;
import org.outlookmail.mail.wire.HelloName;
import org.outlookmail.secret.Secret;
import org.outlookmail.token.HttpSettings;
import org.outlookmail.token.configuration.IdentityReader;
import org.outlookmail.token.configuration.IdentityUse;
import org.outlookmail.token.configuration.Provider;

/**
 * Reads a mailbox, what opens it, and the way to it, and checks them as a whole. Nothing is corrected.
 *
 * <p>Thread rule: one use, one thread.
 */
public final class AccountReader {

    /** What can be said as a hello, for messages. */
    public static final String HELLO_RULE =
            "must be a full name such as app1.contoso.com or an address such as [10.0.0.7]";

    /** RFC 5321, section 4.5.4.2: between servers; a relay takes an application's for one. */
    private static final int RELAY_PORT = 25;

    private final PropertyReader reader;

    /**
     * @param reader of the properties; not null
     */
    public AccountReader(PropertyReader reader) {
        this.reader = reader;
    }

    /**
     * The account; empty if there are problems, also such as were found before.
     *
     * @param mailProperties further properties of Angus Mail, checked; the hello name is added to them
     */
    public Optional<MailAccount> account(Map<String, String> mailProperties) {
        IdentityReader identity = new IdentityReader(reader);
        Optional<String> mailbox = reader.mailbox(MAILBOX);
        String transport = reader.choice(TRANSPORT);
        String store = reader.choice(STORE);
        GraphReader graph = new GraphReader(reader, identity, transport, store);
        Optional<MailServer> out = graph.out() ? graph.server() : smtp(identity, transport);
        Optional<MailServer> in = graph.in()
                ? graph.server()
                : store(identity, store, out.map(MailServer::host).filter(host -> !graph.out()));
        helloName(transport, mailProperties);
        graph.settings(mailProperties);
        HttpSettings http = IdentityReader.http(reader);
        MailTimeouts timeouts = new MailTimeouts(http.connect(), http.read(), reader.millis(WRITE_TIMEOUT_MILLIS));
        Optional<String> resource = identity.cloud().storeHost().or(() -> in.map(MailServer::host));
        boolean clearAllowed = clearAllowed(identity.provider() == Provider.NONE, transport);
        Optional<? extends Authentication> authentication = switch (identity.provider()) {
            case BASIC -> password(mailbox);
            case NONE -> noLogin(out.map(MailServer::host), clearAllowed);
            default ->
                identity.request(mailbox, resource, store.startsWith("pop3"), http)
                        .map(Authentication.Token::new);
        };
        if (!reader.problems().none()) {
            return Optional.empty();
        }
        Authentication opened = authentication.orElseThrow();
        return Optional.of(new MailAccount(
                mailbox.orElseThrow(),
                new Endpoint(out.orElseThrow(), graph.out() ? graph.opened(opened) : opened),
                new Endpoint(in.orElseThrow(), graph.in() ? graph.opened(opened) : opened),
                new MailRoute(timeouts, http.proxy(), http.trust()),
                mailProperties,
                PropertyNames.STANDARD));
    }

    private Optional<MailServer> smtp(IdentityReader identity, String transport) {
        Optional<String> host = reader.host(SMTP_HOST, smtpHost(identity));
        boolean relay = identity.provider() == Provider.NONE;
        int port = reader.port(
                SMTP_PORT, relay && transport.equals("smtp") ? RELAY_PORT : MailServer.defaultPort(transport));
        return host.map(known -> new MailServer(transport, known, port));
    }

    private Optional<MailServer> store(IdentityReader identity, String store, Optional<String> smtpHost) {
        Optional<String> host =
                reader.host(STORE_HOST, storeHost(identity, store).or(() -> relayed(identity, smtpHost)));
        int port = reader.port(STORE_PORT, MailServer.defaultPort(store));
        return host.map(known -> new MailServer(store, known, port));
    }

    private static Optional<String> smtpHost(IdentityReader identity) {
        return switch (identity.provider()) {
            case MICROSOFT -> identity.cloud().smtpHost();
            case GOOGLE -> Optional.of("smtp.gmail.com");
            case GENERIC, BASIC, NONE -> Optional.empty();
        };
    }

    private static Optional<String> storeHost(IdentityReader identity, String store) {
        return switch (identity.provider()) {
            case MICROSOFT -> identity.cloud().storeHost();
            case GOOGLE -> Optional.of(store.startsWith("pop3") ? "pop.gmail.com" : "imap.gmail.com");
            case GENERIC, BASIC, NONE -> Optional.empty();
        };
    }

    private void helloName(String transport, Map<String, String> mailProperties) {
        Optional<String> name = reader.text(SMTP_HELLO_NAME);
        if (name.isPresent() && !HelloName.valid(name.get())) {
            reader.problem(SMTP_HELLO_NAME, "is \"" + name.get() + "\": it " + HELLO_RULE);
        }
        name.ifPresent(valid -> mailProperties.put("mail." + transport + ".localhost", valid));
    }

    /** Nothing is read there, so nobody need say where; what tries to is told that it needs a login. */
    private static Optional<String> relayed(IdentityReader identity, Optional<String> smtpHost) {
        return identity.provider() == Provider.NONE ? smtpHost : Optional.empty();
    }

    private boolean clearAllowed(boolean relay, String transport) {
        boolean offered = reader.choice(START_TLS).equals("offered");
        if (offered && !relay) {
            reader.problem(
                    START_TLS,
                    "is \"offered\", so that a login could go in the clear: remove it; it is for provider=\"none\"");
        } else if (offered && transport.equals("smtps")) {
            reader.problem(START_TLS, "has no effect with transport=\"smtps\", which begins with TLS: remove it");
        }
        return offered;
    }

    private Optional<Authentication> noLogin(Optional<String> smtpHost, boolean clearAllowed) {
        IdentityUse.ofNone(reader).check();
        if (clearAllowed) {
            reader.problems()
                    .warn(
                            DiagnosisCode.RELAY_IN_CLEAR,
                            "Mail to " + smtpHost.orElse("the relay")
                                    + " goes without a login, and in the clear if the relay does not offer STARTTLS.");
        }
        return Optional.of(new Authentication.None(clearAllowed));
    }

    private Optional<Authentication> password(Optional<String> mailbox) {
        IdentityUse.ofBasic(reader).check();
        Optional<String> user = reader.userName(USER_NAME).or(() -> mailbox);
        Optional<Secret> password = reader.requiredSecret(USER_PASSWORD, "to the password of the mailbox");
        user.ifPresent(name -> reader.problems()
                .warn(
                        DiagnosisCode.BASIC_LEGACY,
                        "The provider basic sends the password of " + name + " to the mail server at each login."));
        return user.flatMap(name -> password.map(secret -> new Authentication.Password(name, secret)));
    }
}
