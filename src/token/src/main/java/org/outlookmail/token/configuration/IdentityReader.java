package org.outlookmail.token.configuration;

import static org.outlookmail.configuration.Property.AUTHORITY;
import static org.outlookmail.configuration.Property.CLIENT_CERTIFICATE;
import static org.outlookmail.configuration.Property.CLIENT_ID;
import static org.outlookmail.configuration.Property.CLIENT_SECRET_NEXT;
import static org.outlookmail.configuration.Property.CLOUD;
import static org.outlookmail.configuration.Property.DEVICE_AUTHORIZATION_ENDPOINT;
import static org.outlookmail.configuration.Property.FEDERATED_TOKEN_FILE;
import static org.outlookmail.configuration.Property.GOOGLE_SERVICE_ACCOUNT_KEY;
import static org.outlookmail.configuration.Property.GRANT;
import static org.outlookmail.configuration.Property.REFRESH_TOKEN;
import static org.outlookmail.configuration.Property.SCOPE;
import static org.outlookmail.configuration.Property.TENANT_ID;
import static org.outlookmail.configuration.Property.TOKEN_CACHE_CONFIG;
import static org.outlookmail.configuration.Property.TOKEN_CACHE_JNDI_NAME;
import static org.outlookmail.configuration.Property.TOKEN_CACHE_KEY;
import static org.outlookmail.configuration.Property.TOKEN_CACHE_PROVIDER;
import static org.outlookmail.configuration.Property.TOKEN_ENDPOINT;
import static org.outlookmail.configuration.Property.USER_NAME;
import static org.outlookmail.configuration.Property.USER_PASSWORD;

import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.configuration.Property;
import org.outlookmail.configuration.PropertyReader;
import org.outlookmail.secret.Secret;
import org.outlookmail.token.ClientAuthentication;
import org.outlookmail.token.ClientAuthentication.PrivateKeyJwt;
import org.outlookmail.token.ClientAuthentication.SecretPost;
import org.outlookmail.token.Credential;
import org.outlookmail.token.FederatedTokenFile;
import org.outlookmail.token.HttpSettings;
import org.outlookmail.token.ServiceAccountFile;
import org.outlookmail.token.TokenRequest;
import org.outlookmail.token.TrustStoreFile;

/**
 * Reads who asks for tokens, and whom: provider, grant and credential. What it gives is unusable if problems were found.
 *
 * <p>Thread rule: one use, one thread.
 */
public final class IdentityReader {

    private static final Pattern GUID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final Pattern TENANT = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?");

    private static final String TENANT_RULE = "must be a GUID or a domain of the tenant";
    private static final String TENANTS_CURE = "to the \"Directory (tenant) ID\" of the app registration";
    private static final String GUID_RULE = "must be a GUID";
    private static final String CLIENTS_CURE = "to the \"Application (client) ID\" of the app registration";

    private static final String FEDERATED = "federated";
    private static final String MANAGED_IDENTITY = "managed-identity";
    private static final String AUTHORITY_HOST = "AZURE_AUTHORITY_HOST";

    private static final String GENERIC_SECRET = "to the client's secret at the provider";

    private static final URI GOOGLE_TOKEN_ENDPOINT = URI.create("https://oauth2.googleapis.com/token");
    private static final String GOOGLE_SCOPE = "https://mail.google.com/";

    private final PropertyReader reader;
    private final Provider provider;
    private final Cloud cloud;
    private final String grant;
    private final EnvironmentReader environment;

    /**
     * Of properties, and of this process's environment where a grant takes defaults from it.
     *
     * @param reader of the properties; not null
     */
    public IdentityReader(PropertyReader reader) {
        this(reader, System::getenv);
    }

    /**
     * The same with another environment.
     *
     * @param environment gives for a variable its value, or null; not null
     */
    public IdentityReader(PropertyReader reader, Function<String, String> environment) {
        this.reader = reader;
        this.environment = new EnvironmentReader(reader, environment);
        this.provider = Provider.of(reader.choice(Property.PROVIDER));
        this.cloud = Cloud.of(reader.choice(CLOUD));
        this.grant = provider == Provider.MICROSOFT || provider == Provider.GENERIC ? reader.choice(GRANT) : "";
    }

    /** Who issues tokens; not null. */
    public Provider provider() {
        return provider;
    }

    /** In which of Microsoft's clouds; not null. */
    public Cloud cloud() {
        return cloud;
    }

    /** How token endpoints are reached. */
    public static HttpSettings http(PropertyReader reader) {
        Optional<Secret> password = reader.secret(Property.TRUST_STORE_PASSWORD);
        return new HttpSettings(
                reader.millis(Property.CONNECT_TIMEOUT_MILLIS),
                reader.millis(Property.READ_TIMEOUT_MILLIS),
                reader.proxy(Property.PROXY_HOST, Property.PROXY_PORT),
                reader.file(Property.TRUST_STORE).map(file -> new TrustStoreFile(file, password)));
    }

    /**
     * Which token opens the mailbox; for every provider but {@link Provider#BASIC} and {@link Provider#NONE}.
     *
     * @param mailbox whose token; empty if it is missing
     * @param resource the host whose name is the resource of Microsoft's scopes; empty if it is missing
     * @param pop3 whether mail is read by POP3, otherwise by IMAP
     * @param http how the token endpoint is reached
     */
    public Optional<TokenRequest> request(
            Optional<String> mailbox, Optional<String> resource, boolean pop3, HttpSettings http) {
        return switch (provider) {
            case MICROSOFT ->
                switch (grant) {
                    case FEDERATED -> federated(resource.orElse(""), http);
                    case MANAGED_IDENTITY -> managedIdentity(resource.orElse(""), http);
                    default -> microsoft(mailbox, resource.orElse(""), pop3, http);
                };
            case GENERIC -> generic(mailbox, http);
            case GOOGLE -> google(mailbox, http);
            case BASIC, NONE -> throw new IllegalStateException(provider.text() + " needs no token");
        };
    }

    /** What a token for Microsoft Graph is asked for with, unless the administrator says. */
    public String graphScope() {
        String base = "https://" + cloud.graphHost() + "/";
        return reader.text(SCOPE)
                .orElse(
                        grant.equals("delegated")
                                ? base + "Mail.Send " + base + "Mail.ReadWrite offline_access"
                                : base + ".default");
    }

    /** How a token is obtained; empty if the provider knows no grants. */
    public String grant() {
        return grant;
    }

    private Optional<TokenRequest> microsoft(
            Optional<String> mailbox, String resource, boolean pop3, HttpSettings http) {
        Optional<String> tenant =
                reader.matching(TENANT_ID, reader.required(TENANT_ID, TENANTS_CURE), TENANT, TENANT_RULE);
        Optional<String> client = reader.matching(CLIENT_ID, reader.required(CLIENT_ID, CLIENTS_CURE), GUID, GUID_RULE);
        Optional<URI> endpoint = entra(tenant, Optional.of(URI.create(cloud.authority())));
        ClientReader proof = ClientReader.entra(reader);
        Optional<? extends Credential> credential = switch (grant) {
            case "delegated" ->
                delegated(mailbox, endpoint.map(known -> known.resolve("devicecode")), proof.ifAny(entrasSecret()));
            case "password" -> password(mailbox, proof.ifAny(entrasSecret()));
            default -> application(proof);
        };
        IdentityUse use = IdentityUse.ofClient(reader, provider, grant).and(proof.used());
        if (credential.filter(Credential.ClientSecret.class::isInstance).isPresent()) {
            use.and(Set.of(CLIENT_SECRET_NEXT));
        }
        use.check();
        String scope = reader.text(SCOPE).orElseGet(() -> microsoftScope(resource, pop3));
        return request(endpoint, tenant, client, credential, scope, http);
    }

    private String entrasSecret() {
        return "to the value of a client secret"
                + (reader.offers(CLIENT_CERTIFICATE) ? " (or set " + reader.name(CLIENT_CERTIFICATE) + ")" : "");
    }

    /** The client is proved by a statement of the platform, which says the rest in the environment as well. */
    private Optional<TokenRequest> federated(String resource, HttpSettings http) {
        Optional<String> tenant = environment.required(TENANT_ID, "AZURE_TENANT_ID", TENANTS_CURE, TENANT, TENANT_RULE);
        Optional<String> client = environment.required(CLIENT_ID, "AZURE_CLIENT_ID", CLIENTS_CURE, GUID, GUID_RULE);
        Optional<Credential> credential = environment
                .file(
                        FEDERATED_TOKEN_FILE,
                        "AZURE_FEDERATED_TOKEN_FILE",
                        "to the file into which the platform writes its token")
                .map(FederatedTokenFile::new)
                .map(Credential.Federated::new);
        boolean told = reader.isSet(CLOUD) || reader.isSet(AUTHORITY) || reader.isSet(TOKEN_ENDPOINT);
        Optional<URI> base = Optional.of(URI.create(cloud.authority()));
        Optional<URI> endpoint = entra(
                tenant,
                told || environment.variable(AUTHORITY_HOST).isEmpty()
                        ? base
                        : environment.base(AUTHORITY, AUTHORITY_HOST));
        IdentityUse.ofClient(reader, provider, grant).check();
        protectedEntries();
        return request(
                endpoint, tenant, client, credential, reader.text(SCOPE).orElseGet(() -> appScope(resource)), http);
    }

    private Optional<TokenRequest> managedIdentity(String resource, HttpSettings http) {
        Optional<String> tenant = reader.matching(TENANT_ID, reader.text(TENANT_ID), TENANT, TENANT_RULE);
        Optional<String> client = reader.matching(CLIENT_ID, reader.text(CLIENT_ID), GUID, GUID_RULE);
        Optional<ManagedIdentityReader.Endpoint> endpoint = new ManagedIdentityReader(reader, environment).endpoint();
        String scope = reader.text(SCOPE).orElseGet(() -> appScope(resource));
        if (!scope.matches("\\S+/\\.default")) {
            reader.problem(
                    SCOPE,
                    "is \"" + scope + "\": a managed identity gets tokens for one resource, as https://host/.default");
        }
        IdentityUse.ofManagedIdentity(reader, provider, grant).check();
        protectedEntries();
        return request(
                endpoint.map(ManagedIdentityReader.Endpoint::address),
                Optional.of(tenant.orElse("")),
                Optional.of(client.orElse("")),
                endpoint.map(found -> new Credential.ManagedIdentity(found.header())),
                scope,
                http);
    }

    /** Elsewhere the credential's secret protects what the servers share. */
    private void protectedEntries() {
        boolean shared = Stream.of(TOKEN_CACHE_PROVIDER, TOKEN_CACHE_CONFIG, TOKEN_CACHE_JNDI_NAME)
                .anyMatch(reader::isSet);
        if (shared && !reader.isSet(TOKEN_CACHE_KEY)) {
            reader.problem(
                    TOKEN_CACHE_KEY,
                    "is missing: the grant " + grant
                            + " has no secret that could protect the tokens in the shared cache;"
                            + " any long random text will do, the same on every server");
        }
    }

    /** By default at {@code usual}, which is empty if it is a problem. */
    private Optional<URI> entra(Optional<String> tenant, Optional<URI> usual) {
        Optional<URI> outright = reader.endpoint(TOKEN_ENDPOINT);
        boolean ownAuthority = reader.own(AUTHORITY);
        if (outright.isPresent() && reader.isSet(AUTHORITY) && ownAuthority == reader.own(TOKEN_ENDPOINT)) {
            reader.problem(
                    AUTHORITY,
                    "and " + reader.name(TOKEN_ENDPOINT) + " are both set: remove one, the other says it all");
        }
        Optional<URI> authority = reader.isSet(AUTHORITY) ? reader.base(AUTHORITY) : usual;
        return outright.isPresent() && !ownAuthority
                ? outright
                : authority.flatMap(base -> tenant.map(known -> TokenRequest.entra(base, known)));
    }

    private String microsoftScope(String resource, boolean pop3) {
        if (!grant.equals("delegated")) {
            return appScope(resource);
        }
        // What Microsoft's documents name for users; the other clouds have no second name.
        String base = "https://" + (cloud == Cloud.GLOBAL ? "outlook.office.com" : resource) + "/";
        String read = pop3 ? "POP.AccessAsUser.All" : "IMAP.AccessAsUser.All";
        return base + "SMTP.Send " + base + read + " offline_access";
    }

    private static String appScope(String resource) {
        return "https://" + resource + "/.default";
    }

    private Optional<Credential> application(ClientReader proof) {
        Optional<ClientAuthentication> client = proof.required(entrasSecret());
        if (client.isPresent() && client.get() instanceof PrivateKeyJwt key) {
            return Optional.of(new Credential.ClientCertificate(key.keys()));
        }
        Optional<Secret> next = reader.secret(CLIENT_SECRET_NEXT);
        return client.filter(SecretPost.class::isInstance)
                .map(first -> ((SecretPost) first).material())
                .map(first -> new Credential.ClientSecret(first, next.filter(other -> !other.equals(first))));
    }

    private Optional<Credential> password(Optional<String> mailbox, Optional<ClientAuthentication> client) {
        Optional<String> user = reader.userName(USER_NAME).or(() -> mailbox);
        Optional<Secret> password = reader.requiredSecret(USER_PASSWORD, "to the user's password");
        user.ifPresent(name -> reader.problems()
                .warn(
                        DiagnosisCode.PASSWORD_GRANT_LEGACY,
                        name + " signs in with a password (the password grant), a legacy of clients without a browser"
                                + " that ends where a second factor (MFA) begins."));
        return user.flatMap(name -> password.map(secret -> new Credential.UserPassword(name, secret, client)));
    }

    private Optional<Credential> delegated(
            Optional<String> mailbox, Optional<URI> deviceEndpoint, Optional<ClientAuthentication> client) {
        if (!reader.isSet(TOKEN_CACHE_KEY)) {
            reader.problem(
                    TOKEN_CACHE_KEY,
                    "is missing: the grant delegated needs it, to protect what the user signed in for; any long random"
                            + " text will do, the same on every server");
        }
        Optional<URI> outright = reader.endpoint(DEVICE_AUTHORIZATION_ENDPOINT);
        Optional<Secret> refreshToken = reader.secret(REFRESH_TOKEN);
        return mailbox.map(
                user -> new Credential.Delegated(user, outright.or(() -> deviceEndpoint), client, refreshToken));
    }

    private Optional<TokenRequest> generic(Optional<String> mailbox, HttpSettings http) {
        boolean told = reader.required(TOKEN_ENDPOINT, "to the full address of the provider's token endpoint")
                .isPresent();
        Optional<URI> endpoint = told ? reader.endpoint(TOKEN_ENDPOINT) : Optional.empty();
        Optional<String> client = reader.required(CLIENT_ID, "to the client's id at the provider");
        ClientReader proof = ClientReader.generic(reader);
        Optional<? extends Credential> credential = switch (grant) {
            case "delegated" -> delegated(mailbox, Optional.empty(), proof.ifAny(GENERIC_SECRET));
            case "password" -> password(mailbox, proof.ifAny(GENERIC_SECRET));
            case FEDERATED, MANAGED_IDENTITY -> ofMicrosoftAlone();
            default -> proof.required(GENERIC_SECRET).map(Credential.Client::new);
        };
        IdentityUse.ofClient(reader, provider, grant).and(proof.used()).check();
        return request(
                endpoint,
                Optional.of(""),
                client,
                credential,
                reader.text(SCOPE).orElse(""),
                http);
    }

    private Optional<Credential> ofMicrosoftAlone() {
        reader.problem(
                GRANT,
                "is \"" + grant + "\", which is for provider=\"microsoft\": set it to client_credentials, delegated or"
                        + " password");
        return Optional.empty();
    }

    private Optional<TokenRequest> google(Optional<String> mailbox, HttpSettings http) {
        IdentityUse.ofGoogle(reader).check();
        if (reader.required(GOOGLE_SERVICE_ACCOUNT_KEY, "to the JSON key file of a service account")
                .isEmpty()) {
            return Optional.empty();
        }
        Optional<ServiceAccountFile> key =
                reader.file(GOOGLE_SERVICE_ACCOUNT_KEY).map(ServiceAccountFile::new);
        Optional<URI> endpoint =
                reader.isSet(TOKEN_ENDPOINT) ? reader.endpoint(TOKEN_ENDPOINT) : Optional.of(GOOGLE_TOKEN_ENDPOINT);
        return request(
                endpoint,
                Optional.of(""),
                key.map(file -> "of the service account in " + file),
                key.flatMap(file -> mailbox.map(user -> new Credential.ServiceAccount(file, user))),
                reader.text(SCOPE).orElse(GOOGLE_SCOPE),
                http);
    }

    private static Optional<TokenRequest> request(
            Optional<URI> endpoint,
            Optional<String> tenant,
            Optional<String> client,
            Optional<? extends Credential> credential,
            String scope,
            HttpSettings http) {
        return endpoint.isEmpty() || tenant.isEmpty() || client.isEmpty() || credential.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new TokenRequest(endpoint.get(), tenant.get(), client.get(), credential.get(), scope, http));
    }
}
