package org.outlookmail.connector;

import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.mail.Authentication;
import org.outlookmail.secret.Secret;
import org.outlookmail.token.ClientAuthentication;
import org.outlookmail.token.ClientAuthentication.PrivateKeyJwt;
import org.outlookmail.token.ClientAuthentication.SecretPost;
import org.outlookmail.token.Credential;
import org.outlookmail.token.HttpSettings;
import org.outlookmail.token.ServiceAccountFile;
import org.outlookmail.token.TokenRequest;

/**
 * Reads who asks for tokens, and whom: provider, grant and credential. What it gives is unusable if problems were found.
 *
 * <p>Thread rule: one use, one thread.
 */
final class IdentityReader {

    private static final Pattern GUID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final Pattern TENANT = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?");

    private static final String ENTRAS_SECRET = "to the value of a client secret (or set clientCertificate)";
    private static final String GENERIC_SECRET = "to the client's secret at the provider";

    private static final String GOOGLE_TOKEN_ENDPOINT = "https://oauth2.googleapis.com/token";
    private static final String GOOGLE_SCOPE = "https://mail.google.com/";

    private final PropertyReader reader;
    private final Provider provider;
    private final Cloud cloud;
    private final String grant;
    private final String mailbox;
    private final HttpSettings http;
    private final boolean cacheHasKey;

    /**
     * @param mailbox whose tokens; null if it is missing
     * @param cacheHasKey whether the adapter has a tokenCacheKey
     */
    IdentityReader(
            PropertyReader reader,
            Provider provider,
            Cloud cloud,
            String mailbox,
            HttpSettings http,
            boolean cacheHasKey) {
        this.reader = reader;
        this.provider = provider;
        this.cloud = cloud;
        this.mailbox = mailbox;
        this.http = http;
        this.cacheHasKey = cacheHasKey;
        this.grant = provider == Provider.MICROSOFT || provider == Provider.GENERIC
                ? reader.choice("grant", MailProperties::getGrant, "client_credentials", "delegated", "password")
                : "";
    }

    /**
     * With what the mailbox is opened.
     *
     * @param resource the host whose name is the resource of Microsoft's scopes; perhaps null
     * @param store the protocol that reads
     */
    Optional<Authentication> authentication(String resource, String store) {
        return switch (provider) {
            case MICROSOFT -> microsoft(resource, store);
            case GENERIC -> generic();
            case GOOGLE -> google();
            case BASIC -> basic();
        };
    }

    private Optional<Authentication> microsoft(String resource, String store) {
        String tenant = reader.matching(
                "tenantId",
                reader.required(
                        "tenantId",
                        MailProperties::getTenantId,
                        "to the \"Directory (tenant) ID\" of the app registration"),
                TENANT,
                "must be a GUID or a domain of the tenant");
        String client = reader.matching(
                "clientId",
                reader.required(
                        "clientId",
                        MailProperties::getClientId,
                        "to the \"Application (client) ID\" of the app registration"),
                GUID,
                "must be a GUID");
        URI endpoint = entra(tenant);
        ClientReader proof = ClientReader.entra(reader);
        Credential credential = switch (grant) {
            case "delegated" -> delegated(beside(endpoint, "devicecode"), proof.ifAny(ENTRAS_SECRET));
            case "password" -> password(proof.ifAny(ENTRAS_SECRET));
            default -> application(proof);
        };
        IdentityUse use = IdentityUse.ofClient(reader, provider, grant).and(proof.used());
        if (credential instanceof Credential.ClientSecret) {
            use.and(Set.of("clientSecretNext"));
        }
        use.check();
        String scope = Optional.ofNullable(reader.text("scope", MailProperties::getScope))
                .orElseGet(() -> microsoftScope(resource, store));
        return request(endpoint, tenant, client, credential, scope);
    }

    private URI entra(String tenant) {
        URI outright = reader.endpoint("tokenEndpoint", reader.text("tokenEndpoint", MailProperties::getTokenEndpoint));
        String configured = reader.text("authority", MailProperties::getAuthority);
        boolean ownAuthority = reader.own(MailProperties::getAuthority);
        if (outright != null && configured != null && ownAuthority == reader.own(MailProperties::getTokenEndpoint)) {
            reader.problems().add("authority", "and tokenEndpoint are both set: remove one, the other says it all");
        }
        URI authority = reader.base("authority", configured == null ? cloud.authority() : configured);
        if (outright != null && !ownAuthority) {
            return outright;
        }
        return authority == null || tenant == null ? null : TokenRequest.entra(authority, tenant);
    }

    private static URI beside(URI endpoint, String name) {
        return endpoint == null ? null : endpoint.resolve(name);
    }

    private String microsoftScope(String resource, String store) {
        if (!grant.equals("delegated")) {
            return "https://" + resource + "/.default";
        }
        // What Microsoft's documents name for users; the other clouds have no second name.
        String base = "https://" + (cloud == Cloud.GLOBAL ? "outlook.office.com" : resource) + "/";
        String read = store.startsWith("pop3") ? "POP.AccessAsUser.All" : "IMAP.AccessAsUser.All";
        return base + "SMTP.Send " + base + read + " offline_access";
    }

    private Credential application(ClientReader proof) {
        ClientAuthentication client = proof.required(ENTRAS_SECRET).orElse(null);
        if (client instanceof PrivateKeyJwt key) {
            return new Credential.ClientCertificate(key.keys());
        }
        Optional<Secret> next = reader.secret("clientSecretNext", MailProperties::getClientSecretNext);
        return client instanceof SecretPost first
                ? new Credential.ClientSecret(first.material(), next.filter(other -> !other.equals(first.material())))
                : null;
    }

    private Credential password(Optional<ClientAuthentication> client) {
        String user = Optional.ofNullable(reader.userName("userName", MailProperties::getUserName))
                .orElse(mailbox);
        Secret password =
                reader.requiredSecret("userPassword", MailProperties::getUserPassword, "to the user's password");
        reader.problems()
                .warn(
                        DiagnosisCode.PASSWORD_GRANT_LEGACY,
                        "The grant password is used for " + user
                                + "; it is a legacy of clients without a browser and ends where a second factor (MFA)"
                                + " begins.");
        return user == null || password == null ? null : new Credential.UserPassword(user, password, client);
    }

    private Credential delegated(URI deviceEndpoint, Optional<ClientAuthentication> client) {
        if (!cacheHasKey) {
            reader.problems()
                    .add(
                            "tokenCacheKey",
                            "of the <resourceAdapter> is missing: the grant delegated needs it, to protect what the user"
                                    + " signed in for; any long random text will do, the same on every server");
        }
        URI outright = reader.endpoint(
                "deviceAuthorizationEndpoint",
                reader.text("deviceAuthorizationEndpoint", MailProperties::getDeviceAuthorizationEndpoint));
        Optional<Secret> refreshToken = reader.secret("refreshToken", MailProperties::getRefreshToken);
        return mailbox == null
                ? null
                : new Credential.Delegated(
                        mailbox,
                        Optional.ofNullable(outright).or(() -> Optional.ofNullable(deviceEndpoint)),
                        client,
                        refreshToken);
    }

    private Optional<Authentication> generic() {
        URI endpoint = reader.endpoint(
                "tokenEndpoint",
                reader.required(
                        "tokenEndpoint",
                        MailProperties::getTokenEndpoint,
                        "to the full address of the provider's token endpoint"));
        String client = reader.required("clientId", MailProperties::getClientId, "to the client's id at the provider");
        ClientReader proof = ClientReader.generic(reader);
        Credential credential = switch (grant) {
            case "delegated" -> delegated(null, proof.ifAny(GENERIC_SECRET));
            case "password" -> password(proof.ifAny(GENERIC_SECRET));
            default ->
                proof.required(GENERIC_SECRET).map(Credential.Client::new).orElse(null);
        };
        IdentityUse.ofClient(reader, provider, grant).and(proof.used()).check();
        String scope = Optional.ofNullable(reader.text("scope", MailProperties::getScope))
                .orElse("");
        return request(endpoint, "", client, credential, scope);
    }

    private Optional<Authentication> google() {
        IdentityUse.ofGoogle(reader).check();
        if (!reader.isSet(MailProperties::getGoogleServiceAccountKey)) {
            reader.required(
                    "googleServiceAccountKey",
                    MailProperties::getGoogleServiceAccountKey,
                    "to the JSON key file of a service account");
            return Optional.empty();
        }
        Optional<ServiceAccountFile> key = reader.file(
                        "googleServiceAccountKey", MailProperties::getGoogleServiceAccountKey)
                .map(ServiceAccountFile::new);
        URI endpoint = reader.endpoint(
                "tokenEndpoint",
                Optional.ofNullable(reader.text("tokenEndpoint", MailProperties::getTokenEndpoint))
                        .orElse(GOOGLE_TOKEN_ENDPOINT));
        String scope = Optional.ofNullable(reader.text("scope", MailProperties::getScope))
                .orElse(GOOGLE_SCOPE);
        return key.isEmpty() || mailbox == null
                ? Optional.empty()
                : request(
                        endpoint,
                        "",
                        "of the service account in " + key.get(),
                        new Credential.ServiceAccount(key.get(), mailbox),
                        scope);
    }

    private Optional<Authentication> basic() {
        IdentityUse.ofBasic(reader).check();
        String user = Optional.ofNullable(reader.userName("userName", MailProperties::getUserName))
                .orElse(mailbox);
        Secret password = reader.requiredSecret(
                "userPassword", MailProperties::getUserPassword, "to the password of the mailbox");
        reader.problems()
                .warn(
                        DiagnosisCode.BASIC_LEGACY,
                        "The provider basic sends the password of " + user + " to the mail server at each login.");
        return user == null || password == null
                ? Optional.empty()
                : Optional.of(new Authentication.Password(user, password));
    }

    private Optional<Authentication> request(
            URI endpoint, String tenant, String client, Credential credential, String scope) {
        return endpoint == null || tenant == null || client == null || credential == null
                ? Optional.empty()
                : Optional.of(
                        new Authentication.Token(new TokenRequest(endpoint, tenant, client, credential, scope, http)));
    }
}
