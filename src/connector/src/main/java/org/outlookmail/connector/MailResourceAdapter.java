package org.outlookmail.connector;

import jakarta.resource.NotSupportedException;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ActivationSpec;
import jakarta.resource.spi.BootstrapContext;
import jakarta.resource.spi.ConfigProperty;
import jakarta.resource.spi.ResourceAdapter;
import jakarta.resource.spi.ResourceAdapterInternalException;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import javax.transaction.xa.XAResource;
import org.outlookmail.DelegatedSignIn;
import org.outlookmail.cluster.CacheConfiguration;
import org.outlookmail.cluster.durable.DataSourceStore;
import org.outlookmail.cluster.durable.DurableStore;
import org.outlookmail.cluster.durable.FileStore;
import org.outlookmail.mail.Authentication;
import org.outlookmail.mail.MailAccount;
import org.outlookmail.secret.Secret;
import org.outlookmail.token.Credential;
import org.outlookmail.token.TokenRequest;

/**
 * The adapter (Jakarta Connectors 2.1, chapter 5): a bean whose properties are defaults for every factory; what it does is the
 * {@link AdapterRuntime}'s.
 *
 * <p>Thread rule: the server calls start and stop once each; everything else is free for any thread. It keeps no static
 * state, because a server may start a new instance before it stops the old one.
 */
public class MailResourceAdapter extends MailProperties implements ResourceAdapter {

    private static final long serialVersionUID = 1L;
    private String tokenCacheProvider;
    private String tokenCacheConfig;
    private String tokenCacheName;
    private String tokenCacheJndiName;
    private Secret tokenCacheKey;
    private Secret tokenCacheKeyPrevious;
    private String tokenStoreFile;
    private String tokenStoreDataSource;

    private final transient AdapterRuntime runtime = new AdapterRuntime(new Configured());

    /**
     * Class name of the JCache provider (javax.cache.spi.CachingProvider). Default: Hazelcast if tokenCacheConfig is
     * set, else a cache in this JVM.
     */
    @ConfigProperty(
            description = "Class name of the JCache provider (javax.cache.spi.CachingProvider). Default: Hazelcast "
                    + "if tokenCacheConfig is set, else a cache in this JVM.")
    public void setTokenCacheProvider(String tokenCacheProvider) {
        this.tokenCacheProvider = tokenCacheProvider;
    }

    public String getTokenCacheProvider() {
        return tokenCacheProvider;
    }

    /**
     * Configuration file of the cache provider; for Hazelcast that of a member or of a client. Default: none, tokens
     * are kept in this JVM.
     */
    @ConfigProperty(
            description = "Configuration file of the cache provider; for Hazelcast that of a member or of a client. "
                    + "Default: none, tokens are kept in this JVM.")
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

    /** JNDI name of an existing javax.cache.Cache or java.util.Map to use instead. Default none. */
    @ConfigProperty(
            description =
                    "JNDI name of an existing javax.cache.Cache or java.util.Map to use instead. Default " + "none.")
    public void setTokenCacheJndiName(String tokenCacheJndiName) {
        this.tokenCacheJndiName = tokenCacheJndiName;
    }

    public String getTokenCacheJndiName() {
        return tokenCacheJndiName;
    }

    /**
     * Passphrase that encrypts the cache's entries, the same on every server; in clear, {aes} or {xor}. Required for
     * delegated. Default: a key made from the credential.
     */
    @ConfigProperty(
            description = "Passphrase that encrypts the cache's entries, the same on every server; in clear, {aes} "
                    + "or {xor}. Required for delegated. Default: a key made from the credential.",
            confidential = true)
    public void setTokenCacheKey(String tokenCacheKey) {
        this.tokenCacheKey = covered(tokenCacheKey);
    }

    public String getTokenCacheKey() {
        return revealed(tokenCacheKey);
    }

    /** The passphrase before, while it is being replaced: its entries can still be read. Default none. */
    @ConfigProperty(
            description = "The passphrase before, while it is being replaced: its entries can still be read. "
                    + "Default none.",
            confidential = true)
    public void setTokenCacheKeyPrevious(String tokenCacheKeyPrevious) {
        this.tokenCacheKeyPrevious = covered(tokenCacheKeyPrevious);
    }

    public String getTokenCacheKeyPrevious() {
        return revealed(tokenCacheKeyPrevious);
    }

    /** File that keeps the refresh tokens of signed-in users, encrypted with tokenCacheKey. Default none. */
    @ConfigProperty(
            description = "File that keeps the refresh tokens of signed-in users, encrypted with tokenCacheKey. "
                    + "Default none.")
    public void setTokenStoreFile(String tokenStoreFile) {
        this.tokenStoreFile = tokenStoreFile;
    }

    public String getTokenStoreFile() {
        return tokenStoreFile;
    }

    /** JNDI name of a data source that keeps them instead. Default none. */
    @ConfigProperty(description = "JNDI name of a data source that keeps them instead. Default none.")
    public void setTokenStoreDataSource(String tokenStoreDataSource) {
        this.tokenStoreDataSource = tokenStoreDataSource;
    }

    public String getTokenStoreDataSource() {
        return tokenStoreDataSource;
    }

    /** What it does; never null. */
    AdapterRuntime runtime() {
        return runtime;
    }

    @Override
    public void start(BootstrapContext context) throws ResourceAdapterInternalException {
        runtime.start(context);
    }

    @Override
    public void stop() {
        runtime.stop();
    }

    /** Checks the adapter's own properties; factories report the result together with theirs. */
    CacheConfiguration tokenCache(Problems problems) {
        TokenCacheReader reader = new TokenCacheReader(this, problems);
        reader.storeFile();
        return reader.cache();
    }

    boolean cacheHasKey() {
        return tokenCacheKey != null && !tokenCacheKey.reveal().isBlank();
    }

    /** This bean's properties, as the runtime needs them. */
    private final class Configured implements AdapterRuntime.Settings {

        @Override
        public CacheConfiguration cache() {
            return tokenCache(new Problems("the resource adapter"));
        }

        @Override
        public Optional<DurableStore> store(Executor executor) {
            TokenCacheReader reader =
                    new TokenCacheReader(MailResourceAdapter.this, new Problems("the resource adapter"));
            Optional<DurableStore> file = reader.storeFile().map(FileStore::new);
            return file.or(() -> reader.storeDataSource().map(name -> new DataSourceStore(name, executor)));
        }
    }

    /**
     * Starts the sign-in of a user for a mailbox.
     *
     * @throws ResourceException if the grant has none, or the provider refuses
     */
    DelegatedSignIn signIn(MailAccount account) throws ResourceException {
        boolean delegated = account.out().authentication() instanceof Authentication.Token token
                && token.request().credential() instanceof Credential.Delegated;
        if (!delegated) {
            throw new NotSupportedException("the mailbox " + account.mailbox()
                    + " needs no sign-in: set grant=\"delegated\" if a user shall sign in for it");
        }
        TokenRequest request = ((Authentication.Token) account.out().authentication()).request();
        return SignIn.start(account.mailbox(), runtime.tokens(), request);
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
    List<Object> identity() {
        List<Object> all = new ArrayList<>(super.identity());
        all.addAll(Arrays.asList(
                tokenCacheProvider,
                tokenCacheConfig,
                tokenCacheName,
                tokenCacheJndiName,
                tokenCacheKey,
                tokenCacheKeyPrevious,
                tokenStoreFile,
                tokenStoreDataSource));
        return all;
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof MailResourceAdapter adapter && identity().equals(adapter.identity()));
    }

    @Override
    public int hashCode() {
        return Objects.hash(getTenantId(), getClientId());
    }

    @Override
    public String toString() {
        return "MailResourceAdapter[tenantId=" + getTenantId() + ", clientId=" + getClientId() + "]";
    }
}
