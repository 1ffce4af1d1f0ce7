package org.outlookmail.connector.config;

import org.outlookmail.configuration.Property;

/**
 * The properties that the resource adapter and a connection factory have in common: besides the mailbox, how mail is sent;
 * {@link Property} says what each means.
 *
 * <p>Thread rule: the server sets the properties before it uses the object.
 */
public abstract class MailProperties extends MailboxProperties {

    private static final long serialVersionUID = 1L;

    public void setTransport(String transport) {
        set(Property.TRANSPORT, transport);
    }

    public String getTransport() {
        return text(Property.TRANSPORT);
    }

    public void setGraphSend(String graphSend) {
        set(Property.GRAPH_SEND, graphSend);
    }

    public String getGraphSend() {
        return text(Property.GRAPH_SEND);
    }

    public void setSaveToSentItems(String saveToSentItems) {
        set(Property.SAVE_TO_SENT_ITEMS, saveToSentItems);
    }

    public String getSaveToSentItems() {
        return text(Property.SAVE_TO_SENT_ITEMS);
    }

    public void setSmtpHost(String smtpHost) {
        set(Property.SMTP_HOST, smtpHost);
    }

    public String getSmtpHost() {
        return text(Property.SMTP_HOST);
    }

    public void setSmtpPort(Integer smtpPort) {
        set(Property.SMTP_PORT, smtpPort);
    }

    public Integer getSmtpPort() {
        return number(Property.SMTP_PORT);
    }

    public void setStartTls(String startTls) {
        set(Property.START_TLS, startTls);
    }

    public String getStartTls() {
        return text(Property.START_TLS);
    }

    public void setSmtpHelloName(String smtpHelloName) {
        set(Property.SMTP_HELLO_NAME, smtpHelloName);
    }

    public String getSmtpHelloName() {
        return text(Property.SMTP_HELLO_NAME);
    }

    public void setSenderPolicy(String senderPolicy) {
        set(Property.SENDER_POLICY, senderPolicy);
    }

    public String getSenderPolicy() {
        return text(Property.SENDER_POLICY);
    }

    public void setAllowedMailboxes(String allowedMailboxes) {
        set(Property.ALLOWED_MAILBOXES, allowedMailboxes);
    }

    public String getAllowedMailboxes() {
        return text(Property.ALLOWED_MAILBOXES);
    }

    public void setTransaction(String transaction) {
        set(Property.TRANSACTION, transaction);
    }

    public String getTransaction() {
        return text(Property.TRANSACTION);
    }

    public void setMaxMessagesPerConnection(Integer maxMessagesPerConnection) {
        set(Property.MAX_MESSAGES_PER_CONNECTION, maxMessagesPerConnection);
    }

    public Integer getMaxMessagesPerConnection() {
        return number(Property.MAX_MESSAGES_PER_CONNECTION);
    }

    public void setMaxConnectionsPerMailbox(Integer maxConnectionsPerMailbox) {
        set(Property.MAX_CONNECTIONS_PER_MAILBOX, maxConnectionsPerMailbox);
    }

    public Integer getMaxConnectionsPerMailbox() {
        return number(Property.MAX_CONNECTIONS_PER_MAILBOX);
    }

    public void setMaxMessagesPerMinute(Integer maxMessagesPerMinute) {
        set(Property.MAX_MESSAGES_PER_MINUTE, maxMessagesPerMinute);
    }

    public Integer getMaxMessagesPerMinute() {
        return number(Property.MAX_MESSAGES_PER_MINUTE);
    }

    public void setMaxWaitMillis(Integer maxWaitMillis) {
        set(Property.MAX_WAIT_MILLIS, maxWaitMillis);
    }

    public Integer getMaxWaitMillis() {
        return number(Property.MAX_WAIT_MILLIS);
    }
}
