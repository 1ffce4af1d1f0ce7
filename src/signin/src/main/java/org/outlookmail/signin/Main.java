package org.outlookmail.signin;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.outlookmail.OneLine;
import org.outlookmail.cluster.CacheConfiguration;
import org.outlookmail.cluster.Cluster;
import org.outlookmail.cluster.durable.DurableStore;
import org.outlookmail.cluster.durable.FileStore;
import org.outlookmail.token.TokenException;
import org.outlookmail.token.TokenService;
import org.outlookmail.token.grant.DeviceSignIn;
import org.outlookmail.token.grant.Grants;

/** Signs a user in once, for all servers that read the file. */
public final class Main {

    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int MISUSED = 2;

    private Main() {}

    /**
     * Runs a sign-in. Exit status 0: done; 1: refused, or something is out of order; 2: the command line is wrong.
     *
     * @param arguments see {@code --help}
     */
    public static void main(String[] arguments) {
        // What fails is told here, in one line.
        Logger.getLogger("").setLevel(Level.OFF);
        System.exit(run(arguments, System.getenv(), System.out, System.err));
    }

    static int run(String[] arguments, Map<String, String> environment, PrintStream out, PrintStream err) {
        if (Arrays.asList(arguments).contains("--help")) {
            out.print(Arguments.USAGE);
            return DONE;
        }
        Arguments read;
        try {
            read = Arguments.read(arguments, environment);
        } catch (IllegalArgumentException wrong) {
            err.println("Sign-in: " + OneLine.of(wrong.getMessage()) + ". --help lists the options.");
            return MISUSED;
        }
        DurableStore store = new FileStore(read.store());
        try {
            store.load("whether-it-can-be-read");
            signIn(read, store, out);
            return DONE;
        } catch (TokenException refused) {
            err.println("Sign-in: " + refused.diagnosis());
        } catch (IOException unusable) {
            err.println("Sign-in: " + OneLine.of(unusable.getMessage()));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            err.println("Sign-in: interrupted; nothing was kept.");
        }
        return FAILED;
    }

    private static void signIn(Arguments read, DurableStore store, PrintStream out)
            throws TokenException, IOException, InterruptedException {
        CacheConfiguration cache = new CacheConfiguration(
                Optional.empty(),
                Optional.empty(),
                CacheConfiguration.DEFAULT_CACHE_NAME,
                Optional.empty(),
                Optional.of(read.key()),
                Optional.empty());
        CheckedStore checked = new CheckedStore(store);
        try (TokenService tokens = new TokenService(
                new Cluster(cache, "sign-in", Runnable::run, Clock.systemUTC()),
                Optional.of(checked),
                Grants::new,
                Runnable::run,
                Clock.systemUTC())) {
            DeviceSignIn signIn = DeviceSignIn.start(tokens, read.request(), Clock.systemUTC());
            // The provider's texts; a terminal obeys control characters.
            out.println("Open " + OneLine.of(signIn.verificationUri().toString()) + " in a browser, enter the code "
                    + OneLine.of(signIn.userCode()) + " and sign in as (or for) "
                    + read.request().credential().user() + ".");
            out.println(
                    "The code is good until " + signIn.expiresAt().truncatedTo(ChronoUnit.SECONDS) + ". Waiting ...");
            while (!signIn.poll()) {
                TimeUnit.MILLISECONDS.sleep(signIn.interval().toMillis());
            }
            checked.rethrow();
            out.println("Done: signed in"
                    + signIn.user().map(user -> " as " + OneLine.of(user)).orElse("") + ", kept in " + store + ".");
        }
    }

    /** A server goes on when its store fails; here the store is the whole purpose. */
    private static final class CheckedStore implements DurableStore {
        private final DurableStore store;
        private IOException failure;

        CheckedStore(DurableStore store) {
            this.store = store;
        }

        @Override
        public Optional<String> load(String name) throws IOException {
            try {
                return store.load(name);
            } catch (IOException unusable) {
                failure = unusable;
                throw unusable;
            }
        }

        @Override
        public boolean replace(String name, Optional<String> old, String text) throws IOException {
            try {
                return store.replace(name, old, text);
            } catch (IOException unusable) {
                failure = unusable;
                throw unusable;
            }
        }

        void rethrow() throws IOException {
            if (failure != null) {
                throw failure;
            }
        }
    }
}
