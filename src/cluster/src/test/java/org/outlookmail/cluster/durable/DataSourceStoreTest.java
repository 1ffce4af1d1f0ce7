package org.outlookmail.cluster.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.outlookmail.testkit.BoundNames;

@Tag("unit")
@Timeout(60)
class DataSourceStoreTest {

    private final JdbcDataSource database = new JdbcDataSource();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final DataSourceStore store = new DataSourceStore("jdbc/tokens", threads);

    @BeforeEach
    void bind() {
        database.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        BoundNames.bind("jdbc/tokens", database);
    }

    @AfterEach
    void unbind() {
        BoundNames.clear();
        threads.shutdownNow();
    }

    @Test
    void theTableIsCreatedAtTheFirstUse() throws Exception {
        assertThat(store.load("name")).isEmpty();
        Saving.save(store, "name", "x".repeat(9_000));
        Saving.save(store, "name", "newer");
        Saving.save(store, "other", "b");

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
                Saving.save(new DataSourceStore("jdbc/tokens", threads), "name", text);
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
        DataSourceStore watched = new DataSourceStore(
                "jdbc/tokens",
                task -> threads.execute(() -> {
                    borrowers.add(Thread.currentThread());
                    task.run();
                }));
        assertThat(watched.replace("name", Optional.empty(), "text")).isTrue();

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
        BoundNames.bind("jdbc/tokens", poor);

        assertThatThrownBy(() -> Saving.save(store, "name", "text"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("tokenStoreDataSource jdbc/tokens")
                .hasMessageContaining(DataSourceStore.TABLE);
    }

    @Test
    void whatIsNotThereIsNamed() {
        BoundNames.clear();
        assertThatThrownBy(() -> store.load("name")).hasMessageContaining("tokenStoreDataSource jdbc/tokens");

        BoundNames.bind("jdbc/tokens", "a string");
        assertThatThrownBy(() -> store.load("name")).hasMessageContaining("no javax.sql.DataSource of that name");
    }

    @Test
    void aWriteThatComesLateOverwritesNothingNewer() throws Exception {
        DurableStore store = new DataSourceStore("jdbc/tokens", threads);
        assertThat(store.replace("name", Optional.empty(), "first")).isTrue();
        assertThat(store.replace("name", Optional.of("first"), "second")).isTrue();

        assertThat(store.replace("name", Optional.of("first"), "late")).isFalse();
        assertThat(store.replace("name", Optional.empty(), "later still")).isFalse();
        assertThat(store.load("name")).contains("second");
    }
}
