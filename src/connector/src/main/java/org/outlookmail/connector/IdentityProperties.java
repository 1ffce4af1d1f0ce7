package org.outlookmail.connector;

import jakarta.resource.spi.ConfigProperty;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.outlookmail.secret.Secret;

/**
 * Who asks for tokens, and whom. Set on the resource adapter these are defaults for all factories, set on a factory they
 * hold for it alone. A JavaBean as Jakarta Connectors 2.1, section 5.3.7.6, wants it; nothing is checked here, see {@link
 * IdentityReader}.
 *
 * <p>Thread rule: the server sets the properties before it uses the object.
 */
public abstract class IdentityProperties implements Serializable {

    private static final long serialVersionUID = 1L;

    private String provider;
    private String tenantId;
    private String clientId;
    private Secret clientSecret;
    private Secret clientSecretNext;
    private String clientCertificate;
    private Secret clientCertificatePassword;
    private String clientCertificateAlias;
    private String clientAuthentication;
    private String grant;
    private String userName;
    private Secret userPassword;
    private Secret refreshToken;
    private String googleServiceAccountKey;
    private String cloud;
    private String authority;
    private String tokenEndpoint;
    private String deviceAuthorizationEndpoint;
    private String scope;

    /**
     * Who issues tokens: microsoft, google, generic (any RFC 6749 server), or basic (no token, a password). Default
     * microsoft.
     */
    @ConfigProperty(
            description = "Who issues tokens: microsoft, google, generic (any RFC 6749 server), or basic (no token, "
                    + "a password). Default microsoft.")
    public void setProvider(String provider) {
        this.provider = provider;
    }

    public String getProvider() {
        return provider;
    }

    /** Directory (tenant) id, or a domain of the tenant. Required for microsoft. */
    @ConfigProperty(description = "Directory (tenant) id, or a domain of the tenant. Required for microsoft.")
    public void setTenantId(String tenantId) {
        this.tenantId = tenantId;
    }

    public String getTenantId() {
        return tenantId;
    }

    /** Application (client) id of the app registration, or the client id at a generic provider. Required for both. */
    @ConfigProperty(
            description = "Application (client) id of the app registration, or the client id at a generic provider. "
                    + "Required for both.")
    public void setClientId(String clientId) {
        this.clientId = clientId;
    }

    public String getClientId() {
        return clientId;
    }

    /**
     * Value of a client secret, in clear, {aes} or {xor}. Required for client_credentials unless clientCertificate is
     * set.
     */
    @ConfigProperty(
            description = "Value of a client secret, in clear, {aes} or {xor}. Required for client_credentials "
                    + "unless clientCertificate is set.",
            confidential = true)
    public void setClientSecret(String clientSecret) {
        this.clientSecret = covered(clientSecret);
    }

    public String getClientSecret() {
        return revealed(clientSecret);
    }

    /** Value of a second client secret, used as soon as the provider refuses the first. Default none. */
    @ConfigProperty(
            description = "Value of a second client secret, used as soon as the provider refuses the first. Default "
                    + "none.",
            confidential = true)
    public void setClientSecretNext(String clientSecretNext) {
        this.clientSecretNext = covered(clientSecretNext);
    }

    public String getClientSecretNext() {
        return revealed(clientSecretNext);
    }

    /**
     * Key store (PKCS12, JKS) or PEM file with the certificate and its private key; read anew when it changes.
     * Default none.
     */
    @ConfigProperty(
            description = "Key store (PKCS12, JKS) or PEM file with the certificate and its private key; read anew "
                    + "when it changes. Default none.")
    public void setClientCertificate(String clientCertificate) {
        this.clientCertificate = clientCertificate;
    }

    public String getClientCertificate() {
        return clientCertificate;
    }

    /** Password of that key store or of the encrypted PEM key, in clear, {aes} or {xor}. Default none. */
    @ConfigProperty(
            description = "Password of that key store or of the encrypted PEM key, in clear, {aes} or {xor}. "
                    + "Default none.",
            confidential = true)
    public void setClientCertificatePassword(String clientCertificatePassword) {
        this.clientCertificatePassword = covered(clientCertificatePassword);
    }

    public String getClientCertificatePassword() {
        return revealed(clientCertificatePassword);
    }

    /** Which key of that key store. Default: the only one. */
    @ConfigProperty(description = "Which key of that key store. Default: the only one.")
    public void setClientCertificateAlias(String clientCertificateAlias) {
        this.clientCertificateAlias = clientCertificateAlias;
    }

    public String getClientCertificateAlias() {
        return clientCertificateAlias;
    }

    /**
     * How the client proves who it is at a generic provider: client_secret_basic, client_secret_post or
     * private_key_jwt. Default client_secret_basic, or private_key_jwt with clientCertificate.
     */
    @ConfigProperty(
            description = "How the client proves who it is at a generic provider: client_secret_basic, "
                    + "client_secret_post or private_key_jwt. Default client_secret_basic, or private_key_jwt "
                    + "with clientCertificate.")
    public void setClientAuthentication(String clientAuthentication) {
        this.clientAuthentication = clientAuthentication;
    }

    public String getClientAuthentication() {
        return clientAuthentication;
    }

    /**
     * How a token is obtained: client_credentials, delegated (a user signs in once) or password (legacy). Default
     * client_credentials.
     */
    @ConfigProperty(
            description = "How a token is obtained: client_credentials, delegated (a user signs in once) or "
                    + "password (legacy). Default client_credentials.")
    public void setGrant(String grant) {
        this.grant = grant;
    }

    public String getGrant() {
        return grant;
    }

    /** User for the grant password and the provider basic. Default: the mailbox. */
    @ConfigProperty(description = "User for the grant password and the provider basic. Default: the mailbox.")
    public void setUserName(String userName) {
        this.userName = userName;
    }

    public String getUserName() {
        return userName;
    }

    /** That user's password, in clear, {aes} or {xor}. Default none. */
    @ConfigProperty(description = "That user's password, in clear, {aes} or {xor}. Default none.", confidential = true)
    public void setUserPassword(String userPassword) {
        this.userPassword = covered(userPassword);
    }

    public String getUserPassword() {
        return revealed(userPassword);
    }

    /** Refresh token to begin with for the grant delegated, in clear, {aes} or {xor}. Default none: a user signs in. */
    @ConfigProperty(
            description = "Refresh token to begin with for the grant delegated, in clear, {aes} or {xor}. Default "
                    + "none: a user signs in.",
            confidential = true)
    public void setRefreshToken(String refreshToken) {
        this.refreshToken = covered(refreshToken);
    }

    public String getRefreshToken() {
        return revealed(refreshToken);
    }

    /** Key file (JSON) of a Google service account; read anew when it changes. Required for google. */
    @ConfigProperty(
            description =
                    "Key file (JSON) of a Google service account; read anew when it changes. Required for " + "google.")
    public void setGoogleServiceAccountKey(String googleServiceAccountKey) {
        this.googleServiceAccountKey = googleServiceAccountKey;
    }

    public String getGoogleServiceAccountKey() {
        return googleServiceAccountKey;
    }

    /** Which Microsoft cloud: global, us-gov-high, us-dod or china. Default global. */
    @ConfigProperty(description = "Which Microsoft cloud: global, us-gov-high, us-dod or china. Default global.")
    public void setCloud(String cloud) {
        this.cloud = cloud;
    }

    public String getCloud() {
        return cloud;
    }

    /** Base address (https) of Microsoft Entra. Default: that of the cloud. */
    @ConfigProperty(description = "Base address (https) of Microsoft Entra. Default: that of the cloud.")
    public void setAuthority(String authority) {
        this.authority = authority;
    }

    public String getAuthority() {
        return authority;
    }

    /**
     * Full address (https) of the token endpoint. Required for generic. Default: that of the authority and the
     * tenant.
     */
    @ConfigProperty(
            description = "Full address (https) of the token endpoint. Required for generic. Default: that of the "
                    + "authority and the tenant.")
    public void setTokenEndpoint(String tokenEndpoint) {
        this.tokenEndpoint = tokenEndpoint;
    }

    public String getTokenEndpoint() {
        return tokenEndpoint;
    }

    /** Full address (https) of the device authorization endpoint (RFC 8628). Default: beside Entra's token endpoint. */
    @ConfigProperty(
            description = "Full address (https) of the device authorization endpoint (RFC 8628). Default: beside "
                    + "Entra's token endpoint.")
    public void setDeviceAuthorizationEndpoint(String deviceAuthorizationEndpoint) {
        this.deviceAuthorizationEndpoint = deviceAuthorizationEndpoint;
    }

    public String getDeviceAuthorizationEndpoint() {
        return deviceAuthorizationEndpoint;
    }

    /** Scope of the token request. Default: what the provider and the grant need for mail. */
    @ConfigProperty(description = "Scope of the token request. Default: what the provider and the grant need for mail.")
    public void setScope(String scope) {
        this.scope = scope;
    }

    public String getScope() {
        return scope;
    }

    /** Servers write the fields of a bean into their logs when something fails. */
    static Secret covered(String value) {
        return value == null ? null : Secret.of(value);
    }

    static String revealed(Secret value) {
        return value == null ? null : value.reveal();
    }

    /** Every property here, by value. */
    List<Object> identity() {
        return Arrays.asList(
                provider,
                tenantId,
                clientId,
                clientSecret,
                clientSecretNext,
                clientCertificate,
                clientCertificatePassword,
                clientCertificateAlias,
                clientAuthentication,
                grant,
                userName,
                userPassword,
                refreshToken,
                googleServiceAccountKey,
                cloud,
                authority,
                tokenEndpoint,
                deviceAuthorizationEndpoint,
                scope);
    }
}
