package org.outlookmail.connector;

import jakarta.resource.NotSupportedException;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ActivationSpec;
import jakarta.resource.spi.BootstrapContext;
import jakarta.resource.spi.ConfigProperty;
import jakarta.resource.spi.IllegalStateException;
import jakarta.resource.spi.ResourceAdapter;
import jakarta.resource.spi.ResourceAdapterInternalException;
import jakarta.resource.spi.UnavailableException;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import java.time.Clock;
import java.util.Objects;
import java.util.Timer;
import java.util.TimerTask;
import javax.transaction.xa.XAResource;
import org.outlookmail.mail.MailAccount;
import org.outlookmail.mail.MailConnection;
import org.outlookmail.mail.WriteTimeouts;
import org.outlookmail.token.HttpTimeouts;
import org.outlookmail.token.TokenCacheConfiguration;
import org.outlookmail.token.TokenService;

/**
 * The adapter (Jakarta Connectors 2.1, chapter 5): owns the token cache and the timer that all its connections share.
 * Its properties are defaults for every factory.
 *
 * <p>Thread rule: the server calls start and stop once each; everything else is free for any thread. It keeps no static
 * state, because a server may start a new instance before it stops the old one.
 */
public class MailResourceAdapter extends MailProperties implements ResourceAdapter {

    private static final long serialVersionUID = 1L;
    private static final long TICK_MILLIS = 500;

    private String tokenCacheConfig;
    private String tokenCacheName;
    private String tokenCacheKey;

    private transient WriteTimeouts writeTimeouts;
    private transient Timer timer;
    private transient TokenService tokens;

    /**
     * Hazelcast configuration file of the cluster's token cache. Relative names start at the server's working directory.
     * Default: none, tokens are kept inside this JVM and no port is opened.
     */
    @ConfigProperty(
            description = "Hazelcast configuration file of the cluster's token cache. Default: none, tokens are kept in"
                    + " this JVM.")
    public void setTokenCacheConfig(String tokenCacheConfig) {
        this.tokenCacheConfig = tokenCacheConfig;
    }

    public String getTokenCacheConfig() {
        return tokenCacheConfig;
    }

    /** Name of the JCache that holds the tokens. Default outlookMailTokens. */
    @ConfigProperty(description = "Name of the JCache that holds the tokens. Default outlookMailTokens.")
    public void setTokenCacheName(String tokenCacheName) {
        this.tokenCacheName = tokenCacheName;
    }

    public String getTokenCacheName() {
        return tokenCacheName;
    }

    /**
     * Passphrase that encrypts the cache's entries, the same on every server; in clear, {aes} or {xor}. Default: each
     * token is encrypted with a key made from its own client secret.
     */
    @ConfigProperty(
            description = "Passphrase that encrypts the cache's entries, the same on every server; in clear, {aes} or"
                    + " {xor}. Default: a key made from the client secret.",
            confidential = true)
    public void setTokenCacheKey(String tokenCacheKey) {
        this.tokenCacheKey = tokenCacheKey;
    }

    public String getTokenCacheKey() {
        return tokenCacheKey;
    }

    @Override
    public synchronized void start(BootstrapContext context) throws ResourceAdapterInternalException {
        WriteTimeouts timeouts = new WriteTimeouts();
        writeTimeouts = timeouts;
        try {
            timer = context.createTimer();
        } catch (UnavailableException none) {
            throw new ResourceAdapterInternalException("the server gives no timer", none);
        }
        timer.schedule(
                new TimerTask() {
                    @Override
                    public void run() {
                        timeouts.tick();
                    }
                },
                TICK_MILLIS,
                TICK_MILLIS);
    }

    @Override
    public synchronized void stop() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
        if (tokens != null) {
            tokens.close();
            tokens = null;
        }
    }

    /** Checks the adapter's own properties; factories report the result together with theirs. */
    TokenCacheConfiguration tokenCache(Problems problems) {
        return new ConfigurationReader(this, this, problems)
                .tokenCache(tokenCacheConfig, tokenCacheName, tokenCacheKey);
    }

    /**
     * A connection that is not opened yet. Its account has been checked, and with it {@link #tokenCache}.
     *
     * @throws IllegalStateException (of Jakarta Connectors) if this adapter is not started, or stopped
     */
    synchronized MailConnection connection(MailAccount account) throws IllegalStateException {
        return new MailConnection(account, tokens().source(), writeTimeouts, Clock.systemUTC());
    }

    private TokenService tokens() throws IllegalStateException {
        if (timer == null) {
            throw new IllegalStateException("the resource adapter is not started");
        }
        if (tokens == null) {
            Problems problems = new Problems("the resource adapter");
            TokenCacheConfiguration cache = tokenCache(problems);
            HttpTimeouts timeouts = new ConfigurationReader(this, this, problems).httpTimeouts();
            tokens = new TokenService(cache, timeouts, Clock.systemUTC());
        }
        return tokens;
    }

    @Override
    public void endpointActivation(MessageEndpointFactory factory, ActivationSpec spec) throws ResourceException {
        throw new NotSupportedException("this version of the adapter delivers no messages to endpoints");
    }

    @Override
    public void endpointDeactivation(MessageEndpointFactory factory, ActivationSpec spec) {
        // No endpoint was activated.
    }

    /** Empty: nothing in this adapter takes part in a distributed transaction, so there is nothing to recover. */
    @Override
    public XAResource[] getXAResources(ActivationSpec[] specs) {
        return new XAResource[0];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MailResourceAdapter adapter
                && identity().equals(adapter.identity())
                && Objects.equals(tokenCacheConfig, adapter.tokenCacheConfig)
                && Objects.equals(tokenCacheName, adapter.tokenCacheName)
                && Objects.equals(tokenCacheKey, adapter.tokenCacheKey);
    }

    @Override
    public int hashCode() {
        return Objects.hash(identity(), tokenCacheConfig, tokenCacheName, tokenCacheKey);
    }

    @Override
    public String toString() {
        return "MailResourceAdapter[tenantId=" + getTenantId() + ", clientId=" + getClientId() + "]";
    }
}
