package org.outlookmail.mail.plain;

import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.outlookmail.mail.Authentication;
import org.outlookmail.secret.Secret;
import org.outlookmail.token.ClientAuthentication;
import org.outlookmail.token.Credential;
import org.outlookmail.token.HttpSettings;
import org.outlookmail.token.TokenRequest;

/**
 * Reads {@code o365.*}: whose mailbox, and how its token is obtained. What it gives is unusable if problems were found.
 *
 * <p>Thread rule: one use, one thread.
 */
final class IdentityReader {

    private static final String PREFIX = "o365.";
    private static final String USER = "o365.user";
    private static final String PASSWORD = "o365.password";
    private static final String TENANT = "o365.oauth.tenant";
    private static final String CLIENT_ID = "o365.oauth.clientId";
    private static final String CLIENT_SECRET = "o365.oauth.clientSecret";
    private static final String URL = "o365.oauth.url";
    private static final String SCOPE = "o365.oauth.scope";
    private static final Set<String> KNOWN = Set.of(USER, PASSWORD, TENANT, CLIENT_ID, CLIENT_SECRET, URL, SCOPE);

    private static final String DEFAULT_URL = "https://login.microsoftonline.com/%s/oauth2/v2.0/token";
    private static final String DEFAULT_SCOPE = "https://outlook.office.com/.default";

    private static final Pattern GUID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final Pattern DIRECTORY = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?");

    private final PropertyReader reader;
    private final Protocol protocol;

    IdentityReader(PropertyReader reader, Protocol protocol) {
        this.reader = reader;
        this.protocol = protocol;
    }

    /** Names that mean nothing are mistyped ones. */
    void unknown() {
        for (String name : reader.names()) {
            if (name.startsWith(PREFIX) && !KNOWN.contains(name)) {
                reader.problems().add(name, "is unknown: there are " + String.join(", ", new TreeSet<>(KNOWN)));
            }
        }
    }

    /**
     * The address of the mailbox; null if there is none.
     *
     * @param given the user of {@code connect}, perhaps null
     */
    String mailbox(String given) {
        String source = USER;
        Optional<String> user = reader.text(USER);
        if (!reader.isSet(USER)) {
            source = given == null ? userProperty() : "the user given to connect()";
            user = given == null ? reader.text(source) : Optional.of(given);
            if (given == null && !reader.isSet(source)) {
                reader.problems().add(USER, "is missing: set it to the address of the mailbox");
            }
        }
        return reader.mailbox(source, user.orElse(null));
    }

    private String userProperty() {
        String own = "mail." + protocol.property() + ".user";
        return reader.isSet(own) ? own : "mail.user";
    }

    /** With what the mailbox is opened; empty if that cannot be said. */
    Optional<Authentication> authentication(String mailbox, HttpSettings http) {
        String tenant = reader.matching(
                TENANT,
                reader.required(TENANT, "to the \"Directory (tenant) ID\" of the app registration"),
                DIRECTORY,
                "must be a GUID or a domain of the tenant");
        String client = reader.matching(
                CLIENT_ID,
                reader.required(CLIENT_ID, "to the \"Application (client) ID\" of the app registration"),
                GUID,
                "must be a GUID");
        Optional<Credential> credential = reader.isSet(PASSWORD) ? user(mailbox) : application();
        Optional<URI> endpoint = endpoint(tenant);
        String scope = reader.text(SCOPE).orElse(DEFAULT_SCOPE);
        return tenant == null || client == null || credential.isEmpty() || endpoint.isEmpty()
                ? Optional.empty()
                : Optional.of(new Authentication.Token(
                        new TokenRequest(endpoint.get(), tenant, client, credential.get(), scope, http)));
    }

    private Optional<URI> endpoint(String tenant) {
        String address = reader.text(URL).orElse(DEFAULT_URL);
        // Not String.format: any other % of an address is its own.
        return Optional.ofNullable(reader.endpoint(URL, address.replace("%s", tenant == null ? "tenant" : tenant)));
    }

    private Optional<Credential> user(String mailbox) {
        Optional<ClientAuthentication> client = reader.secret(CLIENT_SECRET).map(ClientAuthentication.SecretPost::new);
        Optional<Secret> password = reader.secret(PASSWORD);
        return mailbox == null
                ? Optional.empty()
                : password.map(secret -> new Credential.UserPassword(mailbox, secret, client));
    }

    private Optional<Credential> application() {
        if (!reader.isSet(CLIENT_SECRET)) {
            reader.problems()
                    .add(
                            CLIENT_SECRET,
                            "is missing: set it to the value of a client secret (" + PASSWORD
                                    + " instead would sign in as the user, which ends where MFA begins)");
        }
        return reader.secret(CLIENT_SECRET).map(secret -> new Credential.ClientSecret(secret, Optional.empty()));
    }
}
