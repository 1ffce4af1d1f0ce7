package org.outlookmail.configuration;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Every property there is: what it is called, what it takes, and what it means. The beans of the connector, the readers of
 * every kind of user, ra.xml and docs/configuration.md follow this list; nothing about a property is said elsewhere.
 *
 * <p>It bears the name that administrators of an application server know; other users may call it otherwise, see {@link
 * PropertySource#name}.
 */
public enum Property {
    PROVIDER(
            "provider",
            Group.IDENTITY,
            Type.CHOICE,
            "microsoft",
            "Who issues tokens: microsoft, google, generic (any RFC 6749 server); or basic (no "
                    + "token, a password); or none (no login: a relay that knows this server). Default microsoft.",
            "microsoft",
            "google",
            "generic",
            "basic",
            "none"),
    TENANT_ID(
            "tenantId",
            Group.IDENTITY,
            Type.TEXT,
            null,
            "Directory (tenant) id, or a domain of the tenant. Required for microsoft, but for "
                    + "managed-identity; for federated by default AZURE_TENANT_ID of the environment."),
    CLIENT_ID(
            "clientId",
            Group.IDENTITY,
            Type.TEXT,
            null,
            "Application (client) id of the app registration, or the client id at a generic "
                    + "provider. Required for both; for federated by default AZURE_CLIENT_ID of the environment; "
                    + "for managed-identity that of a user-assigned identity, by default the machine's own."),
    CLIENT_SECRET(
            "clientSecret",
            Group.IDENTITY,
            Type.SECRET,
            null,
            "Value of a client secret, in clear, {aes} or {xor}. Required for client_credentials "
                    + "unless clientCertificate is set."),
    CLIENT_SECRET_NEXT(
            "clientSecretNext",
            Group.IDENTITY,
            Type.SECRET,
            null,
            "Value of a second client secret, used as soon as the provider refuses the first. " + "Default none."),
    CLIENT_CERTIFICATE(
            "clientCertificate",
            Group.IDENTITY,
            Type.FILE,
            null,
            "Key store (PKCS12, JKS) or PEM file with the certificate and its private key; read "
                    + "anew when it changes. Default none."),
    CLIENT_CERTIFICATE_PASSWORD(
            "clientCertificatePassword",
            Group.IDENTITY,
            Type.SECRET,
            null,
            "Password of that key store or of the encrypted PEM key, in clear, {aes} or {xor}. " + "Default none."),
    CLIENT_CERTIFICATE_ALIAS(
            "clientCertificateAlias",
            Group.IDENTITY,
            Type.TEXT,
            null,
            "Which key of that key store. Default: the only one."),
    CLIENT_AUTHENTICATION(
            "clientAuthentication",
            Group.IDENTITY,
            Type.CHOICE,
            null,
            "How the client proves who it is at a generic provider: client_secret_basic, "
                    + "client_secret_post or private_key_jwt. Default client_secret_basic, or "
                    + "private_key_jwt with clientCertificate.",
            "client_secret_basic",
            "client_secret_post",
            "private_key_jwt"),
    GRANT(
            "grant",
            Group.IDENTITY,
            Type.CHOICE,
            "client_credentials",
            "How a token is obtained: client_credentials, delegated (a user signs in once), "
                    + "federated (a token of the platform proves the client), managed-identity (Azure knows "
                    + "the machine) or password (legacy). Default client_credentials.",
            "client_credentials",
            "delegated",
            "federated",
            "managed-identity",
            "password"),
    FEDERATED_TOKEN_FILE(
            "federatedTokenFile",
            Group.IDENTITY,
            Type.FILE,
            null,
            "File with the platform's token for the grant federated, such as that of a Kubernetes "
                    + "service account; read anew when it changes. Default: AZURE_FEDERATED_TOKEN_FILE of the "
                    + "environment."),
    USER_NAME(
            "userName",
            Group.IDENTITY,
            Type.TEXT,
            null,
            "User for the grant password and the provider basic. Default: the mailbox."),
    USER_PASSWORD(
            "userPassword",
            Group.IDENTITY,
            Type.SECRET,
            null,
            "That user's password, in clear, {aes} or {xor}. Default none."),
    REFRESH_TOKEN(
            "refreshToken",
            Group.IDENTITY,
            Type.SECRET,
            null,
            "Refresh token to begin with for the grant delegated, in clear, {aes} or {xor}. "
                    + "Default none: a user signs in."),
    GOOGLE_SERVICE_ACCOUNT_KEY(
            "googleServiceAccountKey",
            Group.IDENTITY,
            Type.FILE,
            null,
            "Key file (JSON) of a Google service account; read anew when it changes. Required for " + "google."),
    CLOUD(
            "cloud",
            Group.IDENTITY,
            Type.CHOICE,
            "global",
            "Which Microsoft cloud: global, us-gov-high, us-dod or china. Default global.",
            "global",
            "us-gov-high",
            "us-dod",
            "china"),
    AUTHORITY(
            "authority",
            Group.IDENTITY,
            Type.TEXT,
            null,
            "Base address (https) of Microsoft Entra. Default: that of the cloud; for federated, if "
                    + "cloud is not set either, AZURE_AUTHORITY_HOST of the environment."),
    TOKEN_ENDPOINT(
            "tokenEndpoint",
            Group.IDENTITY,
            Type.TEXT,
            null,
            "Full address (https) of the token endpoint. Required for generic. Default: that of "
                    + "the authority and the tenant."),
    DEVICE_AUTHORIZATION_ENDPOINT(
            "deviceAuthorizationEndpoint",
            Group.IDENTITY,
            Type.TEXT,
            null,
            "Full address (https) of the device authorization endpoint (RFC 8628). Default: beside "
                    + "Entra's token endpoint."),
    SCOPE(
            "scope",
            Group.IDENTITY,
            Type.TEXT,
            null,
            "Scope of the token request. Default: what the provider and the grant need for mail."),
    MAILBOX("mailbox", Group.MAILBOX, Type.TEXT, null, "Address of the mailbox. Required."),
    CHECK_AT_START(
            "checkAtStart",
            Group.MAILBOX,
            Type.CHOICE,
            "token",
            "What is tried in the background when the server starts, so that what is wrong is told then: "
                    + "token (a token is fetched), login (and the mail servers are logged in to) or none. Default token.",
            "token",
            "login",
            "none"),
    TRANSPORT(
            "transport",
            Group.OUT,
            Type.CHOICE,
            "smtp",
            "How mail is sent: smtp (with STARTTLS), smtps, or graph (Microsoft Graph). Default smtp.",
            "smtp",
            "smtps",
            "graph"),
    GRAPH_SEND(
            "graphSend",
            Group.OUT,
            Type.CHOICE,
            "auto",
            "How a message goes over Microsoft Graph: direct (in one request), draft (through a draft, so that "
                    + "the outcome is always known; needs Mail.ReadWrite) or auto (direct, and what is too large "
                    + "for that through a draft). Default auto.",
            "auto",
            "direct",
            "draft"),
    SAVE_TO_SENT_ITEMS(
            "saveToSentItems",
            Group.OUT,
            Type.CHOICE,
            "true",
            "Whether Microsoft Graph keeps a copy of what is sent: true or false (then the message goes in "
                    + "JSON, in one request). Default true.",
            "true",
            "false"),
    SMTP_HOST(
            "smtpHost",
            Group.OUT,
            Type.TEXT,
            null,
            "Host of the SMTP server. Default: that of the cloud or of Google; required for "
                    + "generic, basic, none and us-dod."),
    SMTP_PORT(
            "smtpPort",
            Group.OUT,
            Type.PORT,
            null,
            "Port of the SMTP server, 1 to 65535. Default 587, for smtps 465, with provider none 25."),
    START_TLS(
            "startTls",
            Group.OUT,
            Type.CHOICE,
            "required",
            "Whether mail that is sent without a login (provider none) needs TLS: required, or "
                    + "offered (in the clear if the relay does not offer STARTTLS). Default required.",
            "required",
            "offered"),
    SMTP_HELLO_NAME(
            "smtpHelloName",
            Group.OUT,
            Type.TEXT,
            null,
            "Name by which this machine says hello to the SMTP server (EHLO): its full name in the "
                    + "DNS, or an address as [10.0.0.7]. Default: the machine's own name if it has a domain, "
                    + "else its address."),
    STORE(
            "store",
            Group.IN,
            Type.CHOICE,
            "imaps",
            "How mail is read: imaps, imap (with STARTTLS), pop3s, pop3 (with STLS), or graph (Microsoft Graph). "
                    + "Default imaps.",
            "imaps",
            "imap",
            "pop3s",
            "pop3",
            "graph"),
    STORE_HOST(
            "storeHost",
            Group.IN,
            Type.TEXT,
            null,
            "Host of the IMAP or POP3 server. Default: that of the cloud or of Google; required "
                    + "for generic, basic and us-dod."),
    STORE_PORT(
            "storePort",
            Group.IN,
            Type.PORT,
            null,
            "Port of the IMAP or POP3 server, 1 to 65535. Default 993, for imap 143, pop3s 995, " + "pop3 110."),
    GRAPH_ENDPOINT(
            "graphEndpoint",
            Group.MAILBOX,
            Type.TEXT,
            null,
            "Base address (https) of Microsoft Graph. Default: that of the cloud."),
    MAX_GRAPH_REQUESTS_PER_MAILBOX(
            "maxGraphRequestsPerMailbox",
            Group.MAILBOX,
            Type.COUNT,
            "4",
            "Requests to Microsoft Graph for one mailbox at a time, over all servers of the cluster; 0 for no "
                    + "limit. Default 4, as Graph allows."),
    MAX_GRAPH_REQUESTS(
            "maxGraphRequests",
            Group.MAILBOX,
            Type.COUNT,
            "0",
            "Requests to Microsoft Graph for all mailboxes of the application at a time, over all servers of the "
                    + "cluster; 0 for no limit. Default 0."),
    MAIL_PROPERTIES(
            "mailProperties",
            Group.MAILBOX,
            Type.TEXT,
            null,
            "Further properties of Angus Mail as mail.key=value, separated by semicolons. Default " + "none."),
    SENDER_POLICY(
            "senderPolicy",
            Group.OUT,
            Type.CHOICE,
            "fixed",
            "Whose rights a message is sent with: fixed (those of the mailbox, whatever the From) "
                    + "or sender (those of the From address, which allowedMailboxes must allow). Default "
                    + "fixed.",
            "fixed",
            "sender"),
    ALLOWED_MAILBOXES(
            "allowedMailboxes",
            Group.OUT,
            Type.TEXT,
            null,
            "Addresses or @domain, separated by commas: what may be in From besides the mailbox, "
                    + "and which mailboxes an application may ask for. Required for sender. Default: any "
                    + "From, no other mailbox."),
    TRANSACTION(
            "transaction",
            Group.OUT,
            Type.CHOICE,
            "none",
            "none (a message is sent at once) or local (it is sent when the JTA transaction "
                    + "commits and dropped when it rolls back). Default none.",
            "none",
            "local"),
    MAX_MESSAGES_PER_CONNECTION(
            "maxMessagesPerConnection",
            Group.OUT,
            Type.COUNT,
            "0",
            "Messages after which an SMTP connection is closed; 0 for no limit. Default 0."),
    MAX_CONNECTIONS_PER_MAILBOX(
            "maxConnectionsPerMailbox",
            Group.OUT,
            Type.COUNT,
            "3",
            "SMTP connections of one mailbox at a time, over all servers of the cluster; 0 for no "
                    + "limit. Default 3, as Exchange Online allows."),
    MAX_MESSAGES_PER_MINUTE(
            "maxMessagesPerMinute",
            Group.OUT,
            Type.COUNT,
            "0",
            "Messages of one mailbox in any 60 seconds, over all servers of the cluster; 0 waits "
                    + "only when the mail server asks to. Default 0."),
    MAX_WAIT_MILLIS(
            "maxWaitMillis",
            Group.OUT,
            Type.MILLIS,
            "30000",
            "Longest wait for a connection, for the rate, or for the end of a pause that the mail "
                    + "server asks for, in milliseconds; 0 fails at once. Default 30000."),
    CONNECT_TIMEOUT_MILLIS(
            "connectTimeoutMillis",
            Group.ROUTE,
            Type.MILLIS,
            "10000",
            "Longest wait for a TCP connection, a proxy's part included, in milliseconds, at least "
                    + "1. Default 10000."),
    READ_TIMEOUT_MILLIS(
            "readTimeoutMillis",
            Group.ROUTE,
            Type.MILLIS,
            "60000",
            "Longest wait for an answer, in milliseconds, at least 1. Default 60000."),
    WRITE_TIMEOUT_MILLIS(
            "writeTimeoutMillis",
            Group.ROUTE,
            Type.MILLIS,
            "60000",
            "Longest time a write may hang, in milliseconds, at least 1. Default 60000."),
    PROXY_HOST(
            "proxyHost",
            Group.ROUTE,
            Type.TEXT,
            null,
            "Host of an HTTP proxy for token requests and, by CONNECT, for mail. Default none."),
    PROXY_PORT("proxyPort", Group.ROUTE, Type.PORT, "8080", "Port of that proxy, 1 to 65535. Default 8080."),
    TRUST_STORE(
            "trustStore",
            Group.ROUTE,
            Type.FILE,
            null,
            "Authorities to trust instead of the server's: a PKCS12 or JKS trust store or a PEM "
                    + "file; read anew when it changes. Default: those of the server."),
    TRUST_STORE_PASSWORD(
            "trustStorePassword",
            Group.ROUTE,
            Type.SECRET,
            null,
            "Password of that trust store, in clear, {aes} or {xor}. Default none."),
    TOKEN_CACHE_PROVIDER(
            "tokenCacheProvider",
            Group.CLUSTER,
            Type.TEXT,
            null,
            "Class name of the JCache provider (javax.cache.spi.CachingProvider). Default: "
                    + "Hazelcast if tokenCacheConfig is set, else a cache in this JVM."),
    TOKEN_CACHE_CONFIG(
            "tokenCacheConfig",
            Group.CLUSTER,
            Type.FILE,
            null,
            "Configuration file of the cache provider; for Hazelcast that of a member or of a "
                    + "client. Default: none, tokens are kept in this JVM."),
    TOKEN_CACHE_NAME(
            "tokenCacheName",
            Group.CLUSTER,
            Type.TEXT,
            null,
            "Name of the JCache that holds the tokens. Default outlookMailTokens."),
    TOKEN_CACHE_JNDI_NAME(
            "tokenCacheJndiName",
            Group.CLUSTER,
            Type.TEXT,
            null,
            "JNDI name of an existing javax.cache.Cache or java.util.Map to use instead. Default " + "none."),
    TOKEN_CACHE_KEY(
            "tokenCacheKey",
            Group.CLUSTER,
            Type.SECRET,
            null,
            "Passphrase that encrypts the cache's entries, the same on every server; in clear, "
                    + "{aes} or {xor}. Required for delegated. Default: a key made from the credential."),
    TOKEN_CACHE_KEY_PREVIOUS(
            "tokenCacheKeyPrevious",
            Group.CLUSTER,
            Type.SECRET,
            null,
            "The passphrase before, while it is being replaced: its entries can still be read. " + "Default none."),
    TOKEN_STORE_FILE(
            "tokenStoreFile",
            Group.CLUSTER,
            Type.FILE,
            null,
            "File that keeps the refresh tokens of signed-in users, encrypted with tokenCacheKey. " + "Default none."),
    TOKEN_STORE_DATA_SOURCE(
            "tokenStoreDataSource",
            Group.CLUSTER,
            Type.TEXT,
            null,
            "JNDI name of a data source that keeps them instead. Default none.");

    /** What it is about, so that who has no use for it can leave it out. */
    public enum Group {
        /** Who asks for tokens, and whom. */
        IDENTITY,
        /** Which mailbox. */
        MAILBOX,
        /** How mail is sent. */
        OUT,
        /** How mail is read. */
        IN,
        /** How servers are reached. */
        ROUTE,
        /** What all servers share; of the resource adapter alone. */
        CLUSTER
    }

    /** What it takes. */
    public enum Type {
        TEXT,
        /** In clear, or encoded as the server's own passwords are. */
        SECRET,
        /** One of {@link Property#choices}. */
        CHOICE,
        /** The path of a file. */
        FILE,
        /** A TCP port. */
        PORT,
        /** A number from 0, which stands for none or for no limit. */
        COUNT,
        /** A time in milliseconds. */
        MILLIS;

        /** Whether it is a number; otherwise it is a text. */
        public boolean number() {
            return this == PORT || this == COUNT || this == MILLIS;
        }
    }

    private final String text;
    private final Group group;
    private final Type type;
    private final String byDefault;
    private final String description;

    @SuppressWarnings("ImmutableEnumChecker") // List.of cannot be changed.
    private final List<String> choices;

    Property(String text, Group group, Type type, String byDefault, String description, String... choices) {
        this.text = text;
        this.group = group;
        this.type = type;
        this.byDefault = byDefault;
        this.description = description;
        this.choices = List.of(choices);
    }

    /**
     * Finds one by its name.
     *
     * @param text such as {@code tenantId}; not null
     */
    public static Optional<Property> of(String text) {
        return Arrays.stream(values())
                .filter(property -> property.text.equals(text))
                .findFirst();
    }

    /** Its name, such as {@code tenantId}. */
    public String text() {
        return text;
    }

    public Group group() {
        return group;
    }

    public Type type() {
        return type;
    }

    /** What it is if nobody sets it; empty if there is no such value, or if it follows from other properties. */
    public Optional<String> byDefault() {
        return Optional.ofNullable(byDefault);
    }

    /**
     * The default of one that has a number.
     *
     * @throws IllegalStateException if it has none
     */
    public int numberByDefault() {
        return byDefault()
                .map(Integer::parseInt)
                .orElseThrow(() -> new IllegalStateException(text + " has no default of its own"));
    }

    /** For administrators, with unit and default; not null. */
    public String description() {
        return description;
    }

    /** What one of type CHOICE can be; otherwise empty. */
    public List<String> choices() {
        return choices;
    }

    @Override
    public String toString() {
        return text;
    }
}
