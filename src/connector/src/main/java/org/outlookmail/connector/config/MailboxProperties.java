package org.outlookmail.connector.config;

import org.outlookmail.configuration.Property;

/**
 * Which mailbox, how it is read, and how servers are reached; {@link Property} says what each means.
 *
 * <p>Thread rule: the server sets the properties before it uses the object.
 */
public abstract class MailboxProperties extends IdentityProperties {

    private static final long serialVersionUID = 1L;

    public void setMailbox(String mailbox) {
        set(Property.MAILBOX, mailbox);
    }

    public String getMailbox() {
        return text(Property.MAILBOX);
    }

    public void setCheckAtStart(String checkAtStart) {
        set(Property.CHECK_AT_START, checkAtStart);
    }

    public String getCheckAtStart() {
        return text(Property.CHECK_AT_START);
    }

    public void setStore(String store) {
        set(Property.STORE, store);
    }

    public String getStore() {
        return text(Property.STORE);
    }

    public void setStoreHost(String storeHost) {
        set(Property.STORE_HOST, storeHost);
    }

    public String getStoreHost() {
        return text(Property.STORE_HOST);
    }

    public void setStorePort(Integer storePort) {
        set(Property.STORE_PORT, storePort);
    }

    public Integer getStorePort() {
        return number(Property.STORE_PORT);
    }

    public void setGraphEndpoint(String graphEndpoint) {
        set(Property.GRAPH_ENDPOINT, graphEndpoint);
    }

    public String getGraphEndpoint() {
        return text(Property.GRAPH_ENDPOINT);
    }

    public void setMaxGraphRequestsPerMailbox(Integer maxGraphRequestsPerMailbox) {
        set(Property.MAX_GRAPH_REQUESTS_PER_MAILBOX, maxGraphRequestsPerMailbox);
    }

    public Integer getMaxGraphRequestsPerMailbox() {
        return number(Property.MAX_GRAPH_REQUESTS_PER_MAILBOX);
    }

    public void setMaxGraphRequests(Integer maxGraphRequests) {
        set(Property.MAX_GRAPH_REQUESTS, maxGraphRequests);
    }

    public Integer getMaxGraphRequests() {
        return number(Property.MAX_GRAPH_REQUESTS);
    }

    public void setMailProperties(String mailProperties) {
        set(Property.MAIL_PROPERTIES, mailProperties);
    }

    public String getMailProperties() {
        return text(Property.MAIL_PROPERTIES);
    }

    public void setConnectTimeoutMillis(Integer connectTimeoutMillis) {
        set(Property.CONNECT_TIMEOUT_MILLIS, connectTimeoutMillis);
    }

    public Integer getConnectTimeoutMillis() {
        return number(Property.CONNECT_TIMEOUT_MILLIS);
    }

    public void setReadTimeoutMillis(Integer readTimeoutMillis) {
        set(Property.READ_TIMEOUT_MILLIS, readTimeoutMillis);
    }

    public Integer getReadTimeoutMillis() {
        return number(Property.READ_TIMEOUT_MILLIS);
    }

    public void setWriteTimeoutMillis(Integer writeTimeoutMillis) {
        set(Property.WRITE_TIMEOUT_MILLIS, writeTimeoutMillis);
    }

    public Integer getWriteTimeoutMillis() {
        return number(Property.WRITE_TIMEOUT_MILLIS);
    }

    public void setProxyHost(String proxyHost) {
        set(Property.PROXY_HOST, proxyHost);
    }

    public String getProxyHost() {
        return text(Property.PROXY_HOST);
    }

    public void setProxyPort(Integer proxyPort) {
        set(Property.PROXY_PORT, proxyPort);
    }

    public Integer getProxyPort() {
        return number(Property.PROXY_PORT);
    }

    public void setTrustStore(String trustStore) {
        set(Property.TRUST_STORE, trustStore);
    }

    public String getTrustStore() {
        return text(Property.TRUST_STORE);
    }

    public void setTrustStorePassword(String trustStorePassword) {
        set(Property.TRUST_STORE_PASSWORD, trustStorePassword);
    }

    public String getTrustStorePassword() {
        return text(Property.TRUST_STORE_PASSWORD);
    }
}
