package org.outlookmail.connector;

import jakarta.resource.spi.ConfigProperty;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.outlookmail.secret.Secret;

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
    private String smtpHelloName;
    private String store;
    private String storeHost;
    private Integer storePort;
    private String mailProperties;
    private String senderPolicy;
    private String allowedMailboxes;
    private String transaction;
    private Integer maxMessagesPerConnection;
    private Integer maxConnectionsPerMailbox;
    private Integer maxMessagesPerMinute;
    private Integer maxWaitMillis;
    private Integer connectTimeoutMillis;
    private Integer readTimeoutMillis;
    private Integer writeTimeoutMillis;
    private String proxyHost;
    private Integer proxyPort;
    private String trustStore;
    private Secret trustStorePassword;

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

    /**
     * Name by which this machine says hello to the SMTP server (EHLO): its full name in the DNS, or an address as
     * [10.0.0.7]. Default: the machine's own name if it has a domain, else its address.
     */
    @ConfigProperty(
            description = "Name by which this machine says hello to the SMTP server (EHLO): its full name in the DNS, "
                    + "or an address as [10.0.0.7]. Default: the machine's own name if it has a domain, else its "
                    + "address.")
    public void setSmtpHelloName(String smtpHelloName) {
        this.smtpHelloName = smtpHelloName;
    }

    public String getSmtpHelloName() {
        return smtpHelloName;
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

    /**
     * Whose rights a message is sent with: fixed (those of the mailbox, whatever the From) or sender (those of the
     * From address, which allowedMailboxes must allow). Default fixed.
     */
    @ConfigProperty(
            description = "Whose rights a message is sent with: fixed (those of the mailbox, whatever the From) or "
                    + "sender (those of the From address, which allowedMailboxes must allow). Default fixed.")
    public void setSenderPolicy(String senderPolicy) {
        this.senderPolicy = senderPolicy;
    }

    public String getSenderPolicy() {
        return senderPolicy;
    }

    /**
     * Addresses or @domain, separated by commas: what may be in From besides the mailbox, and which mailboxes an
     * application may ask for. Required for sender. Default: any From, no other mailbox.
     */
    @ConfigProperty(
            description = "Addresses or @domain, separated by commas: what may be in From besides the mailbox, and "
                    + "which mailboxes an application may ask for. Required for sender. Default: any From, no "
                    + "other mailbox.")
    public void setAllowedMailboxes(String allowedMailboxes) {
        this.allowedMailboxes = allowedMailboxes;
    }

    public String getAllowedMailboxes() {
        return allowedMailboxes;
    }

    /**
     * none (a message is sent at once) or local (it is sent when the JTA transaction commits and dropped when it
     * rolls back). Default none.
     */
    @ConfigProperty(
            description = "none (a message is sent at once) or local (it is sent when the JTA transaction commits "
                    + "and dropped when it rolls back). Default none.")
    public void setTransaction(String transaction) {
        this.transaction = transaction;
    }

    public String getTransaction() {
        return transaction;
    }

    /** Messages after which an SMTP connection is closed; 0 for no limit. Default 0. */
    @ConfigProperty(description = "Messages after which an SMTP connection is closed; 0 for no limit. Default 0.")
    public void setMaxMessagesPerConnection(Integer maxMessagesPerConnection) {
        this.maxMessagesPerConnection = maxMessagesPerConnection;
    }

    public Integer getMaxMessagesPerConnection() {
        return maxMessagesPerConnection;
    }

    /**
     * SMTP connections of one mailbox at a time, over all servers of the cluster; 0 for no limit. Default 3, as
     * Exchange Online allows.
     */
    @ConfigProperty(
            description = "SMTP connections of one mailbox at a time, over all servers of the cluster; 0 for no "
                    + "limit. Default 3, as Exchange Online allows.")
    public void setMaxConnectionsPerMailbox(Integer maxConnectionsPerMailbox) {
        this.maxConnectionsPerMailbox = maxConnectionsPerMailbox;
    }

    public Integer getMaxConnectionsPerMailbox() {
        return maxConnectionsPerMailbox;
    }

    /**
     * Messages of one mailbox in any 60 seconds, over all servers of the cluster; 0 waits only when the mail server
     * asks to. Default 0.
     */
    @ConfigProperty(
            description = "Messages of one mailbox in any 60 seconds, over all servers of the cluster; 0 waits only "
                    + "when the mail server asks to. Default 0.")
    public void setMaxMessagesPerMinute(Integer maxMessagesPerMinute) {
        this.maxMessagesPerMinute = maxMessagesPerMinute;
    }

    public Integer getMaxMessagesPerMinute() {
        return maxMessagesPerMinute;
    }

    /**
     * Longest wait for a connection, for the rate, or for the end of a pause that the mail server asks for, in
     * milliseconds; 0 fails at once. Default 30000.
     */
    @ConfigProperty(
            description = "Longest wait for a connection, for the rate, or for the end of a pause that the mail "
                    + "server asks for, in milliseconds; 0 fails at once. Default 30000.")
    public void setMaxWaitMillis(Integer maxWaitMillis) {
        this.maxWaitMillis = maxWaitMillis;
    }

    public Integer getMaxWaitMillis() {
        return maxWaitMillis;
    }

    /** Longest wait for a TCP connection, a proxy's part included, in milliseconds, at least 1. Default 10000. */
    @ConfigProperty(
            description = "Longest wait for a TCP connection, a proxy's part included, in milliseconds, at least 1. "
                    + "Default 10000.")
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
        this.trustStorePassword = covered(trustStorePassword);
    }

    public String getTrustStorePassword() {
        return revealed(trustStorePassword);
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
                smtpHelloName,
                store,
                storeHost,
                storePort,
                mailProperties,
                senderPolicy,
                allowedMailboxes,
                transaction,
                maxMessagesPerConnection,
                maxConnectionsPerMailbox,
                maxMessagesPerMinute,
                maxWaitMillis,
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
