package org.outlookmail.connector.adapter;

import jakarta.mail.MessagingException;
import jakarta.resource.spi.IllegalStateException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.outlookmail.Diagnosis;
import org.outlookmail.connector.config.MailConfiguration;
import org.outlookmail.connector.config.StartCheck;
import org.outlookmail.mail.Authentication;
import org.outlookmail.mail.Endpoint;
import org.outlookmail.mail.MailAccount;
import org.outlookmail.mail.MailConnection;
import org.outlookmail.mail.quota.QuotaLimits;
import org.outlookmail.management.ConnectorListener;
import org.outlookmail.token.Credential;
import org.outlookmail.token.TokenException;
import org.outlookmail.token.TokenRequest;
import org.outlookmail.token.TokenSource;

/**
 * Says what is configured as soon as there is a factory, and tries in the background whether it works, so that what is wrong is
 * told at the start and not under the first mail of the night. Neither delays nor fails anything.
 *
 * <p>Thread rule: free for any thread.
 */
final class StartChecks {

    private static final Logger LOG = System.getLogger(StartChecks.class.getName());

    /** What it needs of the running adapter. */
    interface Means {

        TokenSource tokens();

        MailConnection connection(MailAccount account, QuotaLimits limits) throws IllegalStateException;

        /** Where tokens are kept, for people. */
        String cache();
    }

    private final Means means;
    private final Executor executor;
    private final ConnectorListener listener;

    /** Servers make a factory as often as they like. */
    private final Set<MailConfiguration> told = ConcurrentHashMap.newKeySet();

    StartChecks(Means means, Executor executor, ConnectorListener listener) {
        this.means = means;
        this.executor = executor;
        this.listener = listener;
    }

    void configured(MailConfiguration configuration) {
        if (!told.add(configuration)) {
            return;
        }
        listener.onFactoryConfigured(configuration.account().mailbox(), described(configuration));
        if (configuration.startCheck() == StartCheck.NONE) {
            return;
        }
        // A cache's provider may be found by the application's alone.
        ClassLoader callers = Thread.currentThread().getContextClassLoader();
        try {
            executor.execute(() -> under(callers, () -> check(configuration)));
        } catch (RejectedExecutionException busy) {
            LOG.log(Level.DEBUG, "no thread to check " + configuration.account().mailbox() + " at the start", busy);
        }
    }

    private static void under(ClassLoader loader, Runnable work) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            work.run();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private void check(MailConfiguration configuration) {
        String mailbox = configuration.account().mailbox();
        try {
            String what =
                    configuration.startCheck() == StartCheck.LOGIN ? logIn(configuration) : fetchTokens(configuration);
            if (!what.isEmpty()) {
                listener.onFactoryChecked(mailbox, what);
            }
        } catch (TokenException | MessagingException failure) {
            Diagnosis.of(failure)
                    .ifPresent(diagnosis -> listener.onFactoryCheckFailed(
                            mailbox, diagnosis.naming(configuration.account().names())));
        } catch (IllegalStateException stopped) {
            LOG.log(Level.DEBUG, "the adapter stops while it checks", stopped);
        }
    }

    private String fetchTokens(MailConfiguration configuration) throws TokenException {
        String got = "";
        for (Endpoint end : new Endpoint[] {
            configuration.account().out(), configuration.account().in()
        }) {
            if (end.authentication() instanceof Authentication.Token token) {
                TokenRequest request = token.request();
                means.tokens().token(request);
                got = "there is a token for " + request.subject();
            }
        }
        return got;
    }

    private String logIn(MailConfiguration configuration) throws MessagingException, IllegalStateException {
        MailAccount account = configuration.account();
        try (MailConnection connection = means.connection(account, configuration.limits())) {
            connection.introduction();
            if (account.in().authentication() instanceof Authentication.None) {
                return account.out() + " lets it in";
            }
            connection.store();
            return account.out() + " and " + account.in() + " let it in";
        }
    }

    private static String grant(Credential credential) {
        if (credential instanceof Credential.UserPassword) {
            return "grant password";
        }
        if (credential instanceof Credential.Federated) {
            return "grant federated";
        }
        if (credential instanceof Credential.ManagedIdentity) {
            return "grant managed-identity";
        }
        return credential instanceof Credential.Delegated ? "grant delegated" : "grant client_credentials";
    }

    private String described(MailConfiguration configuration) {
        MailAccount account = configuration.account();
        Authentication authentication = account.out().authentication();
        String reading = ", reads by " + account.in();
        String by;
        if (authentication instanceof Authentication.Token token) {
            by = "with a token for " + token.request().subject() + " ("
                    + grant(token.request().credential()) + "), token cache " + means.cache();
        } else if (authentication instanceof Authentication.Password password) {
            by = "with the password of " + password.userName();
        } else {
            by = "without a login";
            reading = ", reads nothing";
        }
        return "sends by " + account.out() + reading + ", " + by + "; checked at start: "
                + configuration.startCheck().name().toLowerCase(Locale.ROOT);
    }
}
