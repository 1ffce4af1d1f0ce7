package org.outlookmail.providers;

import jakarta.mail.MessagingException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.cluster.CacheConfiguration;
import org.outlookmail.cluster.Cluster;
import org.outlookmail.mail.Authentication;
import org.outlookmail.mail.MailConnection;
import org.outlookmail.mail.angus.AngusMail;
import org.outlookmail.mail.angus.WriteTimeouts;
import org.outlookmail.management.EventLog;
import org.outlookmail.token.Credential;
import org.outlookmail.token.TokenRequest;
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

    private static final Logger LOG = System.getLogger(SharedTokens.class.getName());

    private static final Map<CacheConfiguration, TokenService> SERVICES = new ConcurrentHashMap<>();
    private static final Set<String> LEGACY_TOLD = ConcurrentHashMap.newKeySet();

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
        warnOfPasswords(configuration);
        TokenService tokens = SERVICES.computeIfAbsent(
                configuration.cache(),
                cache -> new TokenService(
                        // On the caller's thread: nobody ticks, so there are no refreshes to run.
                        new Cluster(cache, "", Runnable::run, Clock.systemUTC()),
                        Optional.empty(),
                        Grants::new,
                        Runnable::run,
                        Clock.systemUTC(),
                        new EventLog(configuration.account().names())));
        return new MailConnection(
                configuration.account(),
                AngusMail.wires(WriteTimeouts.ofEachConnection()),
                tokens.source(),
                Clock.systemUTC());
    }

    /** Once for each user, not at each connect. */
    private static void warnOfPasswords(SessionConfiguration configuration) {
        TokenRequest request =
                ((Authentication.Token) configuration.account().out().authentication()).request();
        if (request.credential() instanceof Credential.UserPassword && LEGACY_TOLD.add(request.subject())) {
            DiagnosisCode code = DiagnosisCode.PASSWORD_GRANT_LEGACY;
            Diagnosis legacy = new Diagnosis(
                    code,
                    "o365.password makes " + request.subject() + " sign in with a password.",
                    "The password grant (ROPC) cannot work with MFA, and Microsoft advises against it.",
                    "Give the application the permissions SMTP.SendAsApp and IMAP.AccessAsApp (POP.AccessAsApp), set"
                            + " o365.oauth.clientSecret and remove o365.password; docs/migrating-from-kalisto.md shows"
                            + " both.",
                    Map.of());
            LOG.log(Level.WARNING, legacy.toString());
        }
    }
}
