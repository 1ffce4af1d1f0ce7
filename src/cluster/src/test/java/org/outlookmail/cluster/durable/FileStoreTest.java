package org.outlookmail.cluster.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("unit")
@Timeout(60)
class FileStoreTest {

    @TempDir
    private Path folder;

    private Path file() {
        return folder.resolve("tokens");
    }

    @Test
    void whatIsSavedIsThereForEveryServer() throws Exception {
        Saving.save(new FileStore(file()), "name", "sealed text==");
        Saving.save(new FileStore(file()), "other", "b");
        Saving.save(new FileStore(file()), "name", "newer");

        assertThat(new FileStore(file()).load("name")).contains("newer");
        assertThat(new FileStore(file()).load("other")).contains("b");
        assertThat(new FileStore(file()).load("missing")).isEmpty();
    }

    @Test
    void nobodyElseMayReadItAndNothingIsLeftBeside() throws Exception {
        Saving.save(new FileStore(file()), "name", "text");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
        try (var inside = Files.list(folder)) {
            assertThat(inside.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("tokens", "tokens.lock");
        }
    }

    @Test
    void serversThatWriteAtOnceLoseNothing() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<?>> writing = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                String name = "entry" + i;
                writing.add(threads.submit(() -> {
                    Saving.save(new FileStore(file()), name, "text of " + name);
                    return null;
                }));
            }
            for (Future<?> each : writing) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }

        for (int i = 0; i < 40; i++) {
            assertThat(new FileStore(file()).load("entry" + i)).contains("text of entry" + i);
        }
    }

    @Test
    void aMissingFolderIsNamedWithThePropertyAndTheCure() {
        FileStore store = new FileStore(folder.resolve("no/such/tokens"));

        assertThatThrownBy(() -> Saving.save(store, "name", "text"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("tokenStoreFile names " + folder.resolve("no/such/tokens"))
                .hasMessageContaining("create it");
    }

    @Test
    void aDamagedFileIsLeftAsItIs() throws Exception {
        Files.writeString(file(), "half-an-entry");
        FileStore store = new FileStore(file());

        assertThatThrownBy(() -> store.load("name")).hasMessageContaining("is damaged");
        assertThatThrownBy(() -> Saving.save(store, "name", "text")).hasMessageContaining("sign in again");
        assertThat(Files.readString(file())).isEqualTo("half-an-entry");
    }

    @Test
    void aWriteThatComesLateOverwritesNothingNewer() throws Exception {
        DurableStore store = new FileStore(file());
        assertThat(store.replace("name", Optional.empty(), "first")).isTrue();
        assertThat(store.replace("name", Optional.of("first"), "second")).isTrue();

        assertThat(store.replace("name", Optional.of("first"), "late")).isFalse();
        assertThat(store.replace("name", Optional.empty(), "later still")).isFalse();
        assertThat(store.load("name")).contains("second");
    }
}
