package org.outlookmail.connector;

import jakarta.resource.spi.ConfigProperty;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * The properties that the resource adapter and a connection factory have in common: set on the adapter they are defaults
 * for all factories, set on a factory they hold for it alone. A JavaBean as Jakarta Connectors 2.1, section 5.3.7.6,
 * wants it; nothing is checked here, see {@link ConfigurationReader}.
 *
 * <p>Thread rule: the server sets the properties before it uses the object.
 */
public abstract class MailProperties implements Serializable {

    private static final long serialVersionUID = 1L;

    private String tenantId;
    private String clientId;
    private String clientSecret;
    private String grant;
    private String cloud;
    private String authority;
    private String scope;
    private String mailbox;
    private String transport;
    private String smtpHost;
    private Integer smtpPort;
    private String store;
    private String storeHost;
    private Integer storePort;
    private String mailProperties;
    private Integer connectTimeoutMillis;
    private Integer readTimeoutMillis;
    private Integer writeTimeoutMillis;

    /** Directory (tenant) id, or a domain of the tenant. Required. */
    @ConfigProperty(description = "Directory (tenant) id, or a domain of the tenant. Required.")
    public void setTenantId(String tenantId) {
        this.tenantId = tenantId;
    }

    public String getTenantId() {
        return tenantId;
    }

    /** Application (client) id of the app registration. Required. */
    @ConfigProperty(description = "Application (client) id of the app registration. Required.")
    public void setClientId(String clientId) {
        this.clientId = clientId;
    }

    public String getClientId() {
        return clientId;
    }

    /** Value of a client secret of the app registration, in clear, {aes} or {xor}. Required. */
    @ConfigProperty(
            description = "Value of a client secret of the app registration, in clear, {aes} or {xor}. Required.",
            confidential = true)
    public void setClientSecret(String clientSecret) {
        this.clientSecret = clientSecret;
    }

    public String getClientSecret() {
        return clientSecret;
    }

    /** How a token is obtained: client_credentials. Default client_credentials. */
    @ConfigProperty(description = "How a token is obtained: client_credentials. Default client_credentials.")
    public void setGrant(String grant) {
        this.grant = grant;
    }

    public String getGrant() {
        return grant;
    }

    /** Which Microsoft cloud: global, us-gov-high or china. Default global. */
    @ConfigProperty(description = "Which Microsoft cloud: global, us-gov-high or china. Default global.")
    public void setCloud(String cloud) {
        this.cloud = cloud;
    }

    public String getCloud() {
        return cloud;
    }

    /** Base address (https) of the identity provider. Default: that of the cloud. */
    @ConfigProperty(description = "Base address (https) of the identity provider. Default: that of the cloud.")
    public void setAuthority(String authority) {
        this.authority = authority;
    }

    public String getAuthority() {
        return authority;
    }

    /** Scope of the token request. Default https://outlook.office365.com/.default (that of the cloud). */
    @ConfigProperty(
            description =
                    "Scope of the token request. Default https://outlook.office365.com/.default (that of the cloud).")
    public void setScope(String scope) {
        this.scope = scope;
    }

    public String getScope() {
        return scope;
    }

    /** Address of the mailbox. Required. */
    @ConfigProperty(description = "Address of the mailbox. Required.")
    public void setMailbox(String mailbox) {
        this.mailbox = mailbox;
    }

    public String getMailbox() {
        return mailbox;
    }

    /** How mail is sent: smtp (with STARTTLS). Default smtp. */
    @ConfigProperty(description = "How mail is sent: smtp (with STARTTLS). Default smtp.")
    public void setTransport(String transport) {
        this.transport = transport;
    }

    public String getTransport() {
        return transport;
    }

    /** Host of the SMTP server. Default: that of the cloud. */
    @ConfigProperty(description = "Host of the SMTP server. Default: that of the cloud.")
    public void setSmtpHost(String smtpHost) {
        this.smtpHost = smtpHost;
    }

    public String getSmtpHost() {
        return smtpHost;
    }

    /** Port of the SMTP server, 1 to 65535. Default 587. */
    @ConfigProperty(description = "Port of the SMTP server, 1 to 65535. Default 587.")
    public void setSmtpPort(Integer smtpPort) {
        this.smtpPort = smtpPort;
    }

    public Integer getSmtpPort() {
        return smtpPort;
    }

    /** How mail is read: imaps. Default imaps. */
    @ConfigProperty(description = "How mail is read: imaps. Default imaps.")
    public void setStore(String store) {
        this.store = store;
    }

    public String getStore() {
        return store;
    }

    /** Host of the IMAP server. Default: that of the cloud. */
    @ConfigProperty(description = "Host of the IMAP server. Default: that of the cloud.")
    public void setStoreHost(String storeHost) {
        this.storeHost = storeHost;
    }

    public String getStoreHost() {
        return storeHost;
    }

    /** Port of the IMAP server, 1 to 65535. Default 993. */
    @ConfigProperty(description = "Port of the IMAP server, 1 to 65535. Default 993.")
    public void setStorePort(Integer storePort) {
        this.storePort = storePort;
    }

    public Integer getStorePort() {
        return storePort;
    }

    /** Further properties of Angus Mail as mail.key=value, separated by semicolons. Default none. */
    @ConfigProperty(
            description = "Further properties of Angus Mail as mail.key=value, separated by semicolons. Default none.")
    public void setMailProperties(String mailProperties) {
        this.mailProperties = mailProperties;
    }

    public String getMailProperties() {
        return mailProperties;
    }

    /** Longest wait for a TCP connection, in milliseconds, at least 1. Default 10000. */
    @ConfigProperty(description = "Longest wait for a TCP connection, in milliseconds, at least 1. Default 10000.")
    public void setConnectTimeoutMillis(Integer connectTimeoutMillis) {
        this.connectTimeoutMillis = connectTimeoutMillis;
    }

    public Integer getConnectTimeoutMillis() {
        return connectTimeoutMillis;
    }

    /** Longest wait for an answer, in milliseconds, at least 1. Default 60000. */
    @ConfigProperty(description = "Longest wait for an answer, in milliseconds, at least 1. Default 60000.")
    public void setReadTimeoutMillis(Integer readTimeoutMillis) {
        this.readTimeoutMillis = readTimeoutMillis;
    }

    public Integer getReadTimeoutMillis() {
        return readTimeoutMillis;
    }

    /** Longest time a write may hang, in milliseconds, at least 1. Default 60000. */
    @ConfigProperty(description = "Longest time a write may hang, in milliseconds, at least 1. Default 60000.")
    public void setWriteTimeoutMillis(Integer writeTimeoutMillis) {
        this.writeTimeoutMillis = writeTimeoutMillis;
    }

    public Integer getWriteTimeoutMillis() {
        return writeTimeoutMillis;
    }

    /** What makes two beans the same: every property, by value. */
    final List<Object> identity() {
        return Arrays.asList(
                tenantId,
                clientId,
                clientSecret,
                grant,
                cloud,
                authority,
                scope,
                mailbox,
                transport,
                smtpHost,
                smtpPort,
                store,
                storeHost,
                storePort,
                mailProperties,
                connectTimeoutMillis,
                readTimeoutMillis,
                writeTimeoutMillis);
    }
}
