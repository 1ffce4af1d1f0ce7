package org.outlookmail.it;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * A real Keycloak as a child process, without any data but the realm it is given.
 *
 * <p>Thread rule: one thread at a time. {@link #close} ends the process and waits for its end.
 */
final class Keycloak implements AutoCloseable {

    private static final Duration LONGEST_START = Duration.ofMinutes(3);

    private final URI realm;
    private final Path log;
    private final Process process;

    /**
     * Starts it and waits until it answers.
     *
     * @param home the unpacked distribution
     * @param realmFile what its realm {@code mail} is, in JSON
     */
    Keycloak(Path home, String realmFile) throws IOException {
        delete(home.resolve("data"));
        Path imports = Files.createDirectories(home.resolve("data/import"));
        Files.writeString(imports.resolve("mail-realm.json"), realmFile);
        int port = TestEnvironment.freePort();
        realm = URI.create("http://127.0.0.1:" + port + "/realms/mail");
        log = home.resolveSibling("keycloak.log");
        ProcessBuilder builder = new ProcessBuilder(
                        "sh",
                        home.resolve("bin/kc.sh").toString(),
                        "start-dev",
                        "--http-host=127.0.0.1",
                        "--http-port=" + port,
                        "--import-realm")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        process = builder.start();
        boolean ready = false;
        try {
            Awaitility.await("Keycloak, see " + log)
                    .atMost(LONGEST_START)
                    .pollInterval(Duration.ofMillis(500))
                    .failFast("Keycloak has ended, see " + log, () -> !process.isAlive())
                    .until(this::answers);
            ready = true;
        } finally {
            if (!ready) {
                close();
            }
        }
    }

    private boolean answers() throws InterruptedException {
        try {
            return HttpClient.newHttpClient()
                            .send(
                                    HttpRequest.newBuilder(realm)
                                            .timeout(Duration.ofSeconds(10))
                                            .build(),
                                    HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    URI tokenEndpoint() {
        return URI.create(realm + "/protocol/openid-connect/token");
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    /** The script waits for the server, a process of its own. */
    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
