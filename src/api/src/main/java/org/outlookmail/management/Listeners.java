package org.outlookmail.management;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.outlookmail.Diagnosis;
import org.outlookmail.OneLine;

/**
 * Passes events on to several listeners, in the order in which they came; one that throws keeps nothing from the others.
 *
 * <p>Thread rule: free for any thread.
 */
public final class Listeners implements ConnectorListener {

    private static final Logger LOG = System.getLogger(Listeners.class.getName());

    private final List<ConnectorListener> listeners = new CopyOnWriteArrayList<>();

    /**
     * @param first who is told first; not null
     */
    public Listeners(ConnectorListener... first) {
        listeners.addAll(List.of(first));
    }

    /** From now on it is told; not null. */
    public void add(ConnectorListener listener) {
        listeners.add(listener);
    }

    /** From now on it is not told any more. */
    public void remove(ConnectorListener listener) {
        listeners.remove(listener);
    }

    private void tell(Consumer<ConnectorListener> event) {
        for (ConnectorListener listener : listeners) {
            try {
                event.accept(listener);
            } catch (RuntimeException failure) {
                LOG.log(
                        Level.WARNING,
                        "the listener " + listener.getClass().getName() + " failed",
                        OneLine.cause(failure));
            }
        }
    }

    @Override
    public void onTokenObtained(String subject, Instant expiresAt, Duration took, boolean again) {
        tell(listener -> listener.onTokenObtained(subject, expiresAt, took, again));
    }

    @Override
    public void onTokenRefused(Diagnosis diagnosis) {
        tell(listener -> listener.onTokenRefused(diagnosis));
    }

    @Override
    public void onConnectionOpened(String mailbox, String server, Duration took, boolean again) {
        tell(listener -> listener.onConnectionOpened(mailbox, server, took, again));
    }

    @Override
    public void onConnectionFailed(Diagnosis diagnosis, boolean again) {
        tell(listener -> listener.onConnectionFailed(diagnosis, again));
    }

    @Override
    public void onConnectionClosed(String mailbox, String server) {
        tell(listener -> listener.onConnectionClosed(mailbox, server));
    }

    @Override
    public void onMessageSent(String mailbox, Duration took) {
        tell(listener -> listener.onMessageSent(mailbox, took));
    }

    @Override
    public void onMessageFailed(String mailbox, Diagnosis diagnosis, boolean again) {
        tell(listener -> listener.onMessageFailed(mailbox, diagnosis, again));
    }

    @Override
    public void onQuotaReached(String mailbox, Diagnosis diagnosis) {
        tell(listener -> listener.onQuotaReached(mailbox, diagnosis));
    }

    @Override
    public void onSharedCacheFailed(Diagnosis diagnosis, Throwable failure) {
        tell(listener -> listener.onSharedCacheFailed(diagnosis, failure));
    }

    @Override
    public void onSharedCacheRestored() {
        tell(ConnectorListener::onSharedCacheRestored);
    }

    @Override
    public void onTokenStoreFailed(Diagnosis diagnosis, Throwable failure) {
        tell(listener -> listener.onTokenStoreFailed(diagnosis, failure));
    }

    @Override
    public void onTokenStoreRestored() {
        tell(ConnectorListener::onTokenStoreRestored);
    }

    @Override
    public void onFactoryConfigured(String mailbox, String description) {
        tell(listener -> listener.onFactoryConfigured(mailbox, description));
    }

    @Override
    public void onFactoryChecked(String mailbox, String what) {
        tell(listener -> listener.onFactoryChecked(mailbox, what));
    }

    @Override
    public void onFactoryCheckFailed(String mailbox, Diagnosis diagnosis) {
        tell(listener -> listener.onFactoryCheckFailed(mailbox, diagnosis));
    }

    @Override
    public void onSharedCacheOpened(String description) {
        tell(listener -> listener.onSharedCacheOpened(description));
    }

    @Override
    public void onConfigurationInvalid(Diagnosis diagnosis) {
        tell(listener -> listener.onConfigurationInvalid(diagnosis));
    }

    @Override
    public void onWarning(Diagnosis diagnosis, boolean again) {
        tell(listener -> listener.onWarning(diagnosis, again));
    }
}
