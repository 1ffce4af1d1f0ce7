package org.outlookmail.mail.configuration;

import static org.outlookmail.configuration.Property.MAILBOX;
import static org.outlookmail.configuration.Property.SMTP_HELLO_NAME;
import static org.outlookmail.configuration.Property.SMTP_HOST;
import static org.outlookmail.configuration.Property.SMTP_PORT;
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
import org.outlookmail.configuration.PropertyReader;
import org.outlookmail.mail.Authentication;
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
        Optional<String> smtpHost = reader.host(SMTP_HOST, smtpHost(identity));
        Optional<String> storeHost = reader.host(STORE_HOST, storeHost(identity, store));
        int smtpPort = reader.port(SMTP_PORT, MailServer.defaultPort(transport));
        int storePort = reader.port(STORE_PORT, MailServer.defaultPort(store));
        helloName(transport, mailProperties);
        HttpSettings http = IdentityReader.http(reader);
        MailTimeouts timeouts = new MailTimeouts(http.connect(), http.read(), reader.millis(WRITE_TIMEOUT_MILLIS));
        Optional<String> resource = identity.cloud().storeHost().or(() -> storeHost);
        Optional<? extends Authentication> authentication = identity.provider() == Provider.BASIC
                ? password(mailbox)
                : identity.request(mailbox, resource, store.startsWith("pop3"), http)
                        .map(Authentication.Token::new);
        return reader.problems().none()
                ? Optional.of(MailAccount.of(
                        mailbox.orElseThrow(),
                        new MailServer(transport, smtpHost.orElseThrow(), smtpPort),
                        new MailServer(store, storeHost.orElseThrow(), storePort),
                        new MailRoute(timeouts, http.proxy(), http.trust()),
                        authentication.orElseThrow(),
                        mailProperties))
                : Optional.empty();
    }

    private static Optional<String> smtpHost(IdentityReader identity) {
        return switch (identity.provider()) {
            case MICROSOFT -> identity.cloud().smtpHost();
            case GOOGLE -> Optional.of("smtp.gmail.com");
            case GENERIC, BASIC -> Optional.empty();
        };
    }

    private static Optional<String> storeHost(IdentityReader identity, String store) {
        return switch (identity.provider()) {
            case MICROSOFT -> identity.cloud().storeHost();
            case GOOGLE -> Optional.of(store.startsWith("pop3") ? "pop.gmail.com" : "imap.gmail.com");
            case GENERIC, BASIC -> Optional.empty();
        };
    }

    private void helloName(String transport, Map<String, String> mailProperties) {
        Optional<String> name = reader.text(SMTP_HELLO_NAME);
        if (name.isPresent() && !HelloName.valid(name.get())) {
            reader.problem(SMTP_HELLO_NAME, "is \"" + name.get() + "\": it " + HELLO_RULE);
        }
        name.ifPresent(valid -> mailProperties.put("mail." + transport + ".localhost", valid));
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
