package org.outlookmail.connector.adapter;

import jakarta.resource.NotSupportedException;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ActivationSpec;
import jakarta.resource.spi.BootstrapContext;
import jakarta.resource.spi.ResourceAdapterInternalException;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import javax.transaction.xa.XAResource;
import org.outlookmail.DelegatedSignIn;
import org.outlookmail.cluster.CacheConfiguration;
import org.outlookmail.cluster.durable.DataSourceStore;
import org.outlookmail.cluster.durable.DurableStore;
import org.outlookmail.cluster.durable.FileStore;
import org.outlookmail.configuration.Problems;
import org.outlookmail.configuration.Property;
import org.outlookmail.configuration.PropertyReader;
import org.outlookmail.connector.config.MailProperties;
import org.outlookmail.connector.config.PropertyBean;
import org.outlookmail.connector.config.StanzaProperties;
import org.outlookmail.connector.pool.PoolOwner;
import org.outlookmail.mail.Authentication;
import org.outlookmail.mail.MailAccount;
import org.outlookmail.token.Credential;
import org.outlookmail.token.TokenRequest;
import org.outlookmail.token.configuration.ClusterReader;

/**
 * The adapter (Jakarta Connectors 2.1, chapter 5): a bean whose properties are defaults for every factory; what it does is the
 * {@link AdapterRuntime}'s.
 *
 * <p>Thread rule: the server calls start and stop once each; everything else is free for any thread. It keeps no static
 * state, because a server may start a new instance before it stops the old one.
 */
public class MailResourceAdapter extends MailProperties implements PoolOwner {

    private static final long serialVersionUID = 1L;
    private final transient AdapterRuntime runtime = new AdapterRuntime(new Configured());

    public void setTokenCacheProvider(String tokenCacheProvider) {
        set(Property.TOKEN_CACHE_PROVIDER, tokenCacheProvider);
    }

    public String getTokenCacheProvider() {
        return text(Property.TOKEN_CACHE_PROVIDER);
    }

    public void setTokenCacheConfig(String tokenCacheConfig) {
        set(Property.TOKEN_CACHE_CONFIG, tokenCacheConfig);
    }

    public String getTokenCacheConfig() {
        return text(Property.TOKEN_CACHE_CONFIG);
    }

    public void setTokenCacheName(String tokenCacheName) {
        set(Property.TOKEN_CACHE_NAME, tokenCacheName);
    }

    public String getTokenCacheName() {
        return text(Property.TOKEN_CACHE_NAME);
    }

    public void setTokenCacheJndiName(String tokenCacheJndiName) {
        set(Property.TOKEN_CACHE_JNDI_NAME, tokenCacheJndiName);
    }

    public String getTokenCacheJndiName() {
        return text(Property.TOKEN_CACHE_JNDI_NAME);
    }

    public void setTokenCacheKey(String tokenCacheKey) {
        set(Property.TOKEN_CACHE_KEY, tokenCacheKey);
    }

    public String getTokenCacheKey() {
        return text(Property.TOKEN_CACHE_KEY);
    }

    public void setTokenCacheKeyPrevious(String tokenCacheKeyPrevious) {
        set(Property.TOKEN_CACHE_KEY_PREVIOUS, tokenCacheKeyPrevious);
    }

    public String getTokenCacheKeyPrevious() {
        return text(Property.TOKEN_CACHE_KEY_PREVIOUS);
    }

    public void setTokenStoreFile(String tokenStoreFile) {
        set(Property.TOKEN_STORE_FILE, tokenStoreFile);
    }

    public String getTokenStoreFile() {
        return text(Property.TOKEN_STORE_FILE);
    }

    public void setTokenStoreDataSource(String tokenStoreDataSource) {
        set(Property.TOKEN_STORE_DATA_SOURCE, tokenStoreDataSource);
    }

    public String getTokenStoreDataSource() {
        return text(Property.TOKEN_STORE_DATA_SOURCE);
    }

    @Override
    public PropertyBean defaults() {
        return this;
    }

    @Override
    public AdapterRuntime runtime() {
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

    /** This bean's properties, as the runtime needs them. */
    private final class Configured implements AdapterRuntime.Settings {

        @Override
        public CacheConfiguration cache() {
            return reader().cache();
        }

        @Override
        public Optional<DurableStore> store(Executor executor) {
            Optional<DurableStore> file = reader().storeFile().map(FileStore::new);
            return file.or(() -> reader().storeDataSource().map(name -> new DataSourceStore(name, executor)));
        }

        /** Not with a cache that only an application's thread could open. */
        @Override
        public boolean checksAtStart() {
            return !"none".equals(getCheckAtStart()) && !cache().foreign();
        }

        /** Problems are told by the factories, together with their own. */
        private ClusterReader reader() {
            MailResourceAdapter bean = MailResourceAdapter.this;
            return new ClusterReader(
                    new PropertyReader(new StanzaProperties(bean, bean), new Problems("the resource adapter")));
        }
    }

    @Override
    public DelegatedSignIn signIn(MailAccount account) throws ResourceException {
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
    public boolean equals(Object other) {
        return this == other || (other instanceof MailResourceAdapter adapter && values().equals(adapter.values()));
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
