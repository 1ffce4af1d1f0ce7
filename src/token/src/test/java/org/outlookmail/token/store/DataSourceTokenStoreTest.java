package org.outlookmail.token.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.naming.Context;
import javax.naming.InitialContext;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.spi.InitialContextFactory;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("unit")
@Timeout(60)
class DataSourceTokenStoreTest {

    private static final Map<String, Object> BOUND = new ConcurrentHashMap<>();

    private final JdbcDataSource database = new JdbcDataSource();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final DataSourceTokenStore store = new DataSourceTokenStore("jdbc/tokens", threads);

    /** A name service of a few names. */
    public static final class Names implements InitialContextFactory {
        @Override
        public Context getInitialContext(Hashtable<?, ?> environment) throws NamingException {
            return new InitialContext(true) {
                @Override
                public Object lookup(String name) throws NamingException {
                    Object found = BOUND.get(name);
                    if (found == null) {
                        throw new NameNotFoundException(name);
                    }
                    return found;
                }
            };
        }
    }

    @BeforeEach
    void bind() {
        database.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        System.setProperty(Context.INITIAL_CONTEXT_FACTORY, Names.class.getName());
        BOUND.put("jdbc/tokens", database);
    }

    @AfterEach
    void unbind() {
        System.clearProperty(Context.INITIAL_CONTEXT_FACTORY);
        BOUND.clear();
        threads.shutdownNow();
    }

    @Test
    void theTableIsCreatedAtTheFirstUse() throws Exception {
        assertThat(store.load("name")).isEmpty();
        store.save("name", "x".repeat(9_000));
        store.save("name", "newer");
        store.save("other", "b");

        assertThat(store.load("name")).contains("newer");
        assertThat(store.load("other")).contains("b");
    }

    @Test
    void serversThatWriteTheSameEntryAtOnceAllSucceed() throws Exception {
        store.load("so that the table is there");
        List<Future<?>> writing = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            String text = "text " + i;
            writing.add(threads.submit(() -> {
                new DataSourceTokenStore("jdbc/tokens", threads).save("name", text);
                return null;
            }));
        }
        for (Future<?> each : writing) {
            each.get();
        }

        assertThat(store.load("name"))
                .hasValueSatisfying(text -> assertThat(text).startsWith("text "));
    }

    @Test
    void theCallersThreadTakesNoPart() throws Exception {
        List<Thread> borrowers = new ArrayList<>();
        DataSourceTokenStore watched = new DataSourceTokenStore(
                "jdbc/tokens",
                task -> threads.execute(() -> {
                    borrowers.add(Thread.currentThread());
                    task.run();
                }));
        watched.save("name", "text");

        assertThat(borrowers).hasSize(1).doesNotContain(Thread.currentThread());
    }

    @Test
    void whoMayNotCreateTheTableIsToldItsDefinition() throws Exception {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE USER POOR PASSWORD 'x'");
        }
        JdbcDataSource poor = new JdbcDataSource();
        poor.setURL(database.getURL().replace(";DB_CLOSE_DELAY=-1", ""));
        poor.setUser("POOR");
        poor.setPassword("x");
        BOUND.put("jdbc/tokens", poor);

        assertThatThrownBy(() -> store.save("name", "text"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("tokenStoreDataSource jdbc/tokens")
                .hasMessageContaining(DataSourceTokenStore.TABLE);
    }

    @Test
    void whatIsNotThereIsNamed() {
        BOUND.clear();
        assertThatThrownBy(() -> store.load("name")).hasMessageContaining("tokenStoreDataSource jdbc/tokens");

        BOUND.put("jdbc/tokens", "a string");
        assertThatThrownBy(() -> store.load("name")).hasMessageContaining("no javax.sql.DataSource of that name");
    }
}
