package org.outlookmail.connector;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.mail.Authentication;
import org.outlookmail.token.ClientAuthentication;
import org.outlookmail.token.Credential;
import org.outlookmail.token.HttpSettings;
import org.outlookmail.token.KeyStoreFile;
import org.outlookmail.token.Secret;
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
        Credential credential = switch (grant) {
            case "delegated" -> delegated(beside(endpoint, "devicecode"), entraClient());
            case "password" -> password();
            default -> application();
        };
        String scope = Optional.ofNullable(reader.text("scope", MailProperties::getScope))
                .orElseGet(() -> microsoftScope(resource, store));
        return request(endpoint, tenant, client, credential, scope);
    }

    private URI entra(String tenant) {
        URI outright = reader.endpoint("tokenEndpoint", reader.text("tokenEndpoint", MailProperties::getTokenEndpoint));
        String configured = reader.text("authority", MailProperties::getAuthority);
        if (outright != null
                && reader.own(MailProperties::getAuthority)
                && reader.own(MailProperties::getTokenEndpoint)) {
            reader.problems().add("authority", "and tokenEndpoint are both set: remove one, the other says it all");
        }
        URI authority = reader.base("authority", configured == null ? cloud.authority() : configured);
        if (outright != null) {
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

    /** A secret or a certificate; the one that stands nearer. */
    private Credential application() {
        boolean secret = reader.isSet(MailProperties::getClientSecret);
        boolean certificate = reader.isSet(MailProperties::getClientCertificate);
        boolean sameLevel =
                reader.own(MailProperties::getClientSecret) == reader.own(MailProperties::getClientCertificate);
        if (secret && certificate && sameLevel) {
            reader.problems()
                    .add("clientSecret", "and clientCertificate are both set: remove one, a token needs one of them");
            return null;
        }
        boolean nearer = !secret || reader.own(MailProperties::getClientCertificate);
        if (certificate && nearer) {
            return keyStore().map(Credential.ClientCertificate::new).orElse(null);
        }
        Secret first = reader.requiredSecret(
                "clientSecret",
                MailProperties::getClientSecret,
                "to the value of a client secret (or set clientCertificate)");
        Optional<Secret> next = reader.secret("clientSecretNext", MailProperties::getClientSecretNext);
        return first == null ? null : new Credential.ClientSecret(first, next.filter(other -> !other.equals(first)));
    }

    private Optional<KeyStoreFile> keyStore() {
        Optional<Secret> password =
                reader.secret("clientCertificatePassword", MailProperties::getClientCertificatePassword);
        Optional<String> alias =
                Optional.ofNullable(reader.text("clientCertificateAlias", MailProperties::getClientCertificateAlias));
        return reader.file("clientCertificate", MailProperties::getClientCertificate)
                .map(file -> new KeyStoreFile(file, password, alias));
    }

    private Credential password() {
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
        return user == null || password == null
                ? null
                : new Credential.UserPassword(
                        user, password, reader.secret("clientSecret", MailProperties::getClientSecret));
    }

    /** Of an application that is no public client. */
    private Optional<ClientAuthentication> entraClient() {
        if (reader.isSet(MailProperties::getClientCertificate)) {
            return keyStore().map(ClientAuthentication.PrivateKeyJwt::new);
        }
        return reader.secret("clientSecret", MailProperties::getClientSecret).map(ClientAuthentication.SecretPost::new);
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
        Credential credential = switch (grant) {
            case "delegated" -> delegated(null, genericClient(false));
            case "password" -> password();
            default -> genericClient(true).map(Credential.Client::new).orElse(null);
        };
        String scope = Optional.ofNullable(reader.text("scope", MailProperties::getScope))
                .orElse("");
        return request(endpoint, "", client, credential, scope);
    }

    private Optional<ClientAuthentication> genericClient(boolean required) {
        boolean certificate = reader.isSet(MailProperties::getClientCertificate);
        String method = reader.isSet(MailProperties::getClientAuthentication)
                ? reader.choice(
                        "clientAuthentication",
                        MailProperties::getClientAuthentication,
                        "client_secret_basic",
                        "client_secret_post",
                        "private_key_jwt")
                : certificate ? "private_key_jwt" : "client_secret_basic";
        if (method.equals("private_key_jwt")) {
            if (!certificate) {
                reader.problems().add("clientCertificate", "is missing: private_key_jwt signs with its private key");
            }
            return keyStore().map(ClientAuthentication.PrivateKeyJwt::new);
        }
        if (!required && !reader.isSet(MailProperties::getClientSecret)) {
            return Optional.empty(); // a public client
        }
        Secret secret = reader.requiredSecret(
                "clientSecret", MailProperties::getClientSecret, "to the client's secret at the provider");
        if (secret == null) {
            return Optional.empty();
        }
        return Optional.of(
                method.equals("client_secret_post")
                        ? new ClientAuthentication.SecretPost(secret)
                        : new ClientAuthentication.SecretBasic(secret));
    }

    private Optional<Authentication> google() {
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
