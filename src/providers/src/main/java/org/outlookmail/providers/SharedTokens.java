package org.outlookmail.providers;

import jakarta.mail.MessagingException;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.outlookmail.Diagnosis;
import org.outlookmail.cluster.CacheConfiguration;
import org.outlookmail.cluster.Cluster;
import org.outlookmail.mail.MailConnection;
import org.outlookmail.mail.Quota;
import org.outlookmail.mail.angus.AngusMail;
import org.outlookmail.mail.wire.WriteTimeouts;
import org.outlookmail.management.EventLog;
import org.outlookmail.token.TokenService;
import org.outlookmail.token.grant.Grants;

/**
 * The token caches of all sessions of this class loader, one for each cache that a configuration names.
 *
 * <p>The one exception to the rule that there are no statics: Jakarta Mail makes a provider for each connect and tells
 * nobody when a session ends, so a token that is to outlive a connection has no other owner than the class. Nothing in
 * here needs closing: no thread, no socket, no port; a cache from JNDI belongs to the server, the embedded one is memory
 * and goes with the class loader. For the same reason nothing refreshes tokens ahead of time: a token that has become too
 * old is replaced by the next connect.
 *
 * <p>Thread rule: free for any thread.
 */
final class SharedTokens {

    private static final Map<CacheConfiguration, TokenService> SERVICES = new ConcurrentHashMap<>();
    private static final Set<String> TOLD = ConcurrentHashMap.newKeySet();

    /** Whoever has so many users that sign in with passwords knows it by then. */
    private static final int MOST_TOLD = 1000;

    private SharedTokens() {}

    /** What shows that a connection stands: a call that logs in. */
    @FunctionalInterface
    interface FirstUse {
        void of(MailConnection connection) throws MessagingException;
    }

    /**
     * A connection that is logged in; the caller closes it.
     *
     * @throws MessagingException diagnosed
     */
    static MailConnection connected(SessionConfiguration configuration, FirstUse firstUse) throws MessagingException {
        MailConnection fresh = connection(configuration);
        boolean stands = false;
        try {
            firstUse.of(fresh);
            stands = true;
            return fresh;
        } finally {
            if (!stands) {
                fresh.close();
            }
        }
    }

    private static MailConnection connection(SessionConfiguration configuration) {
        EventLog log = new EventLog(configuration.account().names());
        configuration.warnings().forEach(warning -> log.onWarning(warning, !told(warning)));
        TokenService tokens = SERVICES.computeIfAbsent(
                configuration.cache(),
                cache -> new TokenService(
                        // On the caller's thread: nobody ticks, so there are no refreshes to run.
                        new Cluster(cache, "", Runnable::run, Clock.systemUTC(), log),
                        Optional.empty(),
                        Grants::new,
                        Runnable::run,
                        Clock.systemUTC(),
                        log));
        return new MailConnection(
                configuration.account(),
                AngusMail.wires(WriteTimeouts.ofEachConnection()),
                tokens.source(),
                Clock.systemUTC(),
                Quota.NONE,
                Quota.NONE,
                log);
    }

    /** Whether it is the first time: once for each user, not at each connect. */
    private static boolean told(Diagnosis warning) {
        return TOLD.size() < MOST_TOLD && TOLD.add(warning.summary());
    }
}
