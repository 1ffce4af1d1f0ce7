package org.outlookmail.connector;

import jakarta.resource.spi.ConfigProperty;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The properties that the resource adapter and a connection factory have in common: set on the adapter they are defaults
 * for all factories, set on a factory they hold for it alone. A JavaBean as Jakarta Connectors 2.1, section 5.3.7.6,
 * wants it; nothing is checked here, see {@link ConfigurationReader}.
 *
 * <p>Thread rule: the server sets the properties before it uses the object.
 */
public abstract class MailProperties extends IdentityProperties {

    private static final long serialVersionUID = 1L;

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
    private String proxyHost;
    private Integer proxyPort;
    private String trustStore;
    private String trustStorePassword;

    /** Address of the mailbox. Required. */
    @ConfigProperty(description = "Address of the mailbox. Required.")
    public void setMailbox(String mailbox) {
        this.mailbox = mailbox;
    }

    public String getMailbox() {
        return mailbox;
    }

    /** How mail is sent: smtp (with STARTTLS) or smtps. Default smtp. */
    @ConfigProperty(description = "How mail is sent: smtp (with STARTTLS) or smtps. Default smtp.")
    public void setTransport(String transport) {
        this.transport = transport;
    }

    public String getTransport() {
        return transport;
    }

    /** Host of the SMTP server. Default: that of the cloud or of Google; required for generic, basic and us-dod. */
    @ConfigProperty(
            description = "Host of the SMTP server. Default: that of the cloud or of Google; required for generic, "
                    + "basic and us-dod.")
    public void setSmtpHost(String smtpHost) {
        this.smtpHost = smtpHost;
    }

    public String getSmtpHost() {
        return smtpHost;
    }

    /** Port of the SMTP server, 1 to 65535. Default 587, for smtps 465. */
    @ConfigProperty(description = "Port of the SMTP server, 1 to 65535. Default 587, for smtps 465.")
    public void setSmtpPort(Integer smtpPort) {
        this.smtpPort = smtpPort;
    }

    public Integer getSmtpPort() {
        return smtpPort;
    }

    /** How mail is read: imaps, imap (with STARTTLS), pop3s or pop3 (with STLS). Default imaps. */
    @ConfigProperty(
            description = "How mail is read: imaps, imap (with STARTTLS), pop3s or pop3 (with STLS). Default imaps.")
    public void setStore(String store) {
        this.store = store;
    }

    public String getStore() {
        return store;
    }

    /**
     * Host of the IMAP or POP3 server. Default: that of the cloud or of Google; required for generic, basic and
     * us-dod.
     */
    @ConfigProperty(
            description = "Host of the IMAP or POP3 server. Default: that of the cloud or of Google; required for "
                    + "generic, basic and us-dod.")
    public void setStoreHost(String storeHost) {
        this.storeHost = storeHost;
    }

    public String getStoreHost() {
        return storeHost;
    }

    /** Port of the IMAP or POP3 server, 1 to 65535. Default 993, for imap 143, pop3s 995, pop3 110. */
    @ConfigProperty(
            description =
                    "Port of the IMAP or POP3 server, 1 to 65535. Default 993, for imap 143, pop3s 995, pop3 " + "110.")
    public void setStorePort(Integer storePort) {
        this.storePort = storePort;
    }

    public Integer getStorePort() {
        return storePort;
    }

    /** Further properties of Angus Mail as mail.key=value, separated by semicolons. Default none. */
    @ConfigProperty(
            description =
                    "Further properties of Angus Mail as mail.key=value, separated by semicolons. Default " + "none.")
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

    /** Host of an HTTP proxy for token requests and, by CONNECT, for mail. Default none. */
    @ConfigProperty(description = "Host of an HTTP proxy for token requests and, by CONNECT, for mail. Default none.")
    public void setProxyHost(String proxyHost) {
        this.proxyHost = proxyHost;
    }

    public String getProxyHost() {
        return proxyHost;
    }

    /** Port of that proxy, 1 to 65535. Default 8080. */
    @ConfigProperty(description = "Port of that proxy, 1 to 65535. Default 8080.")
    public void setProxyPort(Integer proxyPort) {
        this.proxyPort = proxyPort;
    }

    public Integer getProxyPort() {
        return proxyPort;
    }

    /**
     * Authorities to trust instead of the server's: a PKCS12 or JKS trust store or a PEM file; read anew when it
     * changes. Default: those of the server.
     */
    @ConfigProperty(
            description = "Authorities to trust instead of the server's: a PKCS12 or JKS trust store or a PEM file; "
                    + "read anew when it changes. Default: those of the server.")
    public void setTrustStore(String trustStore) {
        this.trustStore = trustStore;
    }

    public String getTrustStore() {
        return trustStore;
    }

    /** Password of that trust store, in clear, {aes} or {xor}. Default none. */
    @ConfigProperty(
            description = "Password of that trust store, in clear, {aes} or {xor}. Default none.",
            confidential = true)
    public void setTrustStorePassword(String trustStorePassword) {
        this.trustStorePassword = trustStorePassword;
    }

    public String getTrustStorePassword() {
        return trustStorePassword;
    }

    /** What makes two beans the same: every property, by value. */
    @Override
    List<Object> identity() {
        List<Object> all = new ArrayList<>(super.identity());
        all.addAll(Arrays.asList(
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
                writeTimeoutMillis,
                proxyHost,
                proxyPort,
                trustStore,
                trustStorePassword));
        return all;
    }
}
