package org.outlookmail.connector.config;

import org.outlookmail.configuration.Property;

/**
 * Who asks for tokens, and whom; {@link Property} says what each means. Set on the resource adapter they are defaults for all
 * factories, set on a factory they hold for it alone.
 *
 * <p>Thread rule: the server sets the properties before it uses the object.
 */
public abstract class IdentityProperties extends PropertyBean {

    private static final long serialVersionUID = 1L;

    public void setProvider(String provider) {
        set(Property.PROVIDER, provider);
    }

    public String getProvider() {
        return text(Property.PROVIDER);
    }

    public void setTenantId(String tenantId) {
        set(Property.TENANT_ID, tenantId);
    }

    public String getTenantId() {
        return text(Property.TENANT_ID);
    }

    public void setClientId(String clientId) {
        set(Property.CLIENT_ID, clientId);
    }

    public String getClientId() {
        return text(Property.CLIENT_ID);
    }

    public void setClientSecret(String clientSecret) {
        set(Property.CLIENT_SECRET, clientSecret);
    }

    public String getClientSecret() {
        return text(Property.CLIENT_SECRET);
    }

    public void setClientSecretNext(String clientSecretNext) {
        set(Property.CLIENT_SECRET_NEXT, clientSecretNext);
    }

    public String getClientSecretNext() {
        return text(Property.CLIENT_SECRET_NEXT);
    }

    public void setClientCertificate(String clientCertificate) {
        set(Property.CLIENT_CERTIFICATE, clientCertificate);
    }

    public String getClientCertificate() {
        return text(Property.CLIENT_CERTIFICATE);
    }

    public void setClientCertificatePassword(String clientCertificatePassword) {
        set(Property.CLIENT_CERTIFICATE_PASSWORD, clientCertificatePassword);
    }

    public String getClientCertificatePassword() {
        return text(Property.CLIENT_CERTIFICATE_PASSWORD);
    }

    public void setClientCertificateAlias(String clientCertificateAlias) {
        set(Property.CLIENT_CERTIFICATE_ALIAS, clientCertificateAlias);
    }

    public String getClientCertificateAlias() {
        return text(Property.CLIENT_CERTIFICATE_ALIAS);
    }

    public void setClientAuthentication(String clientAuthentication) {
        set(Property.CLIENT_AUTHENTICATION, clientAuthentication);
    }

    public String getClientAuthentication() {
        return text(Property.CLIENT_AUTHENTICATION);
    }

    public void setGrant(String grant) {
        set(Property.GRANT, grant);
    }

    public String getGrant() {
        return text(Property.GRANT);
    }

    public void setFederatedTokenFile(String federatedTokenFile) {
        set(Property.FEDERATED_TOKEN_FILE, federatedTokenFile);
    }

    public String getFederatedTokenFile() {
        return text(Property.FEDERATED_TOKEN_FILE);
    }

    public void setUserName(String userName) {
        set(Property.USER_NAME, userName);
    }

    public String getUserName() {
        return text(Property.USER_NAME);
    }

    public void setUserPassword(String userPassword) {
        set(Property.USER_PASSWORD, userPassword);
    }

    public String getUserPassword() {
        return text(Property.USER_PASSWORD);
    }

    public void setRefreshToken(String refreshToken) {
        set(Property.REFRESH_TOKEN, refreshToken);
    }

    public String getRefreshToken() {
        return text(Property.REFRESH_TOKEN);
    }

    public void setGoogleServiceAccountKey(String googleServiceAccountKey) {
        set(Property.GOOGLE_SERVICE_ACCOUNT_KEY, googleServiceAccountKey);
    }

    public String getGoogleServiceAccountKey() {
        return text(Property.GOOGLE_SERVICE_ACCOUNT_KEY);
    }

    public void setCloud(String cloud) {
        set(Property.CLOUD, cloud);
    }

    public String getCloud() {
        return text(Property.CLOUD);
    }

    public void setAuthority(String authority) {
        set(Property.AUTHORITY, authority);
    }

    public String getAuthority() {
        return text(Property.AUTHORITY);
    }

    public void setTokenEndpoint(String tokenEndpoint) {
        set(Property.TOKEN_ENDPOINT, tokenEndpoint);
    }

    public String getTokenEndpoint() {
        return text(Property.TOKEN_ENDPOINT);
    }

    public void setDeviceAuthorizationEndpoint(String deviceAuthorizationEndpoint) {
        set(Property.DEVICE_AUTHORIZATION_ENDPOINT, deviceAuthorizationEndpoint);
    }

    public String getDeviceAuthorizationEndpoint() {
        return text(Property.DEVICE_AUTHORIZATION_ENDPOINT);
    }

    public void setScope(String scope) {
        set(Property.SCOPE, scope);
    }

    public String getScope() {
        return text(Property.SCOPE);
    }
}
