package org.outlookmail.cluster.durable;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;

/**
 * Refresh tokens in a table of a database. The work is done on another thread, so that it takes no part in the caller's
 * transaction: a rollback would lose a refresh token that the provider has exchanged already.
 *
 * <p>Thread rule: free for any thread. Each operation borrows a connection and gives it back.
 */
public final class DataSourceStore implements DurableStore {

    /** What a database administrator creates if the server's user may not. */
    static final String TABLE = "CREATE TABLE OUTLOOK_MAIL_TOKENS"
            + " (NAME VARCHAR(64) NOT NULL PRIMARY KEY, SEALED VARCHAR(16000) NOT NULL)";

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int QUERY_SECONDS = 10;

    private final String jndiName;
    private final Executor executor;

    /**
     * @param jndiName of a {@code javax.sql.DataSource}, a name that holds for the whole server; looked up at each use, for
     *     it may be replaced
     * @param executor threads without a transaction; not null
     */
    public DataSourceStore(String jndiName, Executor executor) {
        this.jndiName = jndiName;
        this.executor = executor;
    }

    /** Something done with a connection. */
    @FunctionalInterface
    private interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    @Override
    public Optional<String> load(String name) throws IOException {
        return elsewhere(connection -> selected(connection, name));
    }

    private static Optional<String> selected(Connection connection, String name) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT SEALED FROM OUTLOOK_MAIL_TOKENS WHERE NAME = ?")) {
            select.setQueryTimeout(QUERY_SECONDS);
            select.setString(1, name);
            try (ResultSet found = select.executeQuery()) {
                return found.next() ? Optional.of(found.getString(1)) : Optional.empty();
            }
        }
    }

    @Override
    public boolean replace(String name, Optional<String> old, String text) throws IOException {
        return elsewhere(connection ->
                old.isPresent() ? updated(connection, name, old.get(), text) : inserted(connection, name, text));
    }

    private static boolean updated(Connection connection, String name, String old, String text) throws SQLException {
        return changed(
                        connection,
                        "UPDATE OUTLOOK_MAIL_TOKENS SET SEALED = ? WHERE NAME = ? AND SEALED = ?",
                        text,
                        name,
                        old)
                > 0;
    }

    private static boolean inserted(Connection connection, String name, String text) throws SQLException {
        try {
            return changed(connection, "INSERT INTO OUTLOOK_MAIL_TOKENS (SEALED, NAME) VALUES (?, ?)", text, name) > 0;
        } catch (SQLException duplicate) {
            // Another server was faster; if it was something else, this fails in the same way.
            if (selected(connection, name).isPresent()) {
                return false;
            }
            throw duplicate;
        }
    }

    private static int changed(Connection connection, String sql, String... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setQueryTimeout(QUERY_SECONDS);
            for (int i = 0; i < values.length; i++) {
                statement.setString(i + 1, values[i]);
            }
            return statement.executeUpdate();
        }
    }

    private <T> T elsewhere(Work<T> work) throws IOException {
        try {
            return CompletableFuture.supplyAsync(() -> connected(work), executor)
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            throw new IOException(
                    "tokenStoreDataSource " + jndiName + ": " + reason(failed.getCause()), failed.getCause());
        } catch (TimeoutException late) {
            throw new IOException(
                    "tokenStoreDataSource " + jndiName + " has not answered for " + PATIENCE.toSeconds() + " seconds",
                    late);
        } catch (RejectedExecutionException busy) {
            throw new IOException("tokenStoreDataSource " + jndiName + ": the server gives no thread", busy);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for tokenStoreDataSource " + jndiName, interrupted);
        }
    }

    private static String reason(Throwable cause) {
        return cause instanceof CompletionException && cause.getCause() != null
                ? String.valueOf(cause.getCause().getMessage())
                : String.valueOf(cause.getMessage());
    }

    private <T> T connected(Work<T> work) {
        try (Connection connection = dataSource().getConnection()) {
            connection.setAutoCommit(true);
            try {
                return work.run(connection);
            } catch (SQLException perhapsNoTable) {
                create(connection, perhapsNoTable);
                return work.run(connection);
            }
        } catch (SQLException | NamingException failure) {
            throw new CompletionException(failure);
        }
    }

    /** If that fails too, the table was there, or somebody else has to create it; the first failure says which. */
    private static void create(Connection connection, SQLException why) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(QUERY_SECONDS);
            statement.execute(TABLE);
        } catch (SQLException refused) {
            SQLException told = new SQLException(why.getMessage() + " (if the table is missing: " + TABLE + ")", why);
            told.addSuppressed(refused);
            throw told;
        }
    }

    @SuppressWarnings("BanJNDI") // the name is the administrator's own, from the server's configuration
    private DataSource dataSource() throws NamingException, SQLException {
        Object found = new InitialContext().lookup(jndiName);
        if (found instanceof DataSource source) {
            return source;
        }
        throw new SQLException("there is no javax.sql.DataSource of that name");
    }

    @Override
    public String toString() {
        return jndiName;
    }
}
