package org.outlookmail.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One Open Liberty server as a child process, in a user folder of its own so that the installation stays untouched.
 *
 * <p>Thread rule: one thread at a time. {@link #close} ends the process and waits for its end.
 */
public final class LibertyServer implements AutoCloseable {

    /** The server is ready; an application has started. The server does not wait for a slow application. */
    private static final Pattern READY = Pattern.compile("CWWKF0011I|CWWKZ0001I");

    /** An application cannot be started. */
    private static final Pattern FAILED = Pattern.compile("CWWKZ000[24]E");

    private final Path home;
    private final Path userFolder;
    private final String name;
    private int applications;
    private Process process;

    /**
     * @param home the installation ({@code wlp})
     * @param userFolder where servers and shared resources are kept ({@code WLP_USER_DIR})
     * @param name the server's name
     */
    public LibertyServer(Path home, Path userFolder, String name) {
        this.home = home;
        this.userFolder = userFolder;
        this.name = name;
    }

    /** The server's own folder, with server.xml. */
    public Path folder() {
        return userFolder.resolve("servers").resolve(name);
    }

    /** The server's log. */
    public Path log() {
        return folder().resolve("logs/messages.log");
    }

    /**
     * Makes the server, or gives the one of an earlier run the configuration given; what Liberty cached then makes the
     * start faster.
     *
     * @param configuration a folder whose files are copied beside server.xml
     * @param adapter the resource adapter archive
     * @param archives applications for the folder apps
     */
    public void create(Path configuration, Path adapter, Path... archives) throws IOException {
        Files.createDirectories(userFolder);
        if (!Files.exists(folder().resolve("server.xml"))) {
            // Liberty's own command also makes passwords for the key store and for LTPA keys (server.env).
            run(command("create"), Duration.ofMinutes(1));
        }
        for (String old : new String[] {"apps", "configDropins", "logs"}) {
            delete(folder().resolve(old));
        }
        try (Stream<Path> files = Files.list(configuration)) {
            for (Path file : files.toList()) {
                add(file);
            }
        }
        Path resources = Files.createDirectories(userFolder.resolve("shared/resources"));
        Files.copy(adapter, resources.resolve("outlook-mail.rar"), StandardCopyOption.REPLACE_EXISTING);
        Path apps = Files.createDirectories(folder().resolve("apps"));
        for (Path archive : archives) {
            Files.copy(archive, apps.resolve(archive.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        }
        applications = archives.length;
    }

    /** Adds a file beside server.xml, or replaces it. */
    public void add(Path file) throws IOException {
        Files.copy(file, folder().resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
    }

    /** Adds a file of variables that override those in server.xml. */
    public void override(String fileName, String xml) throws IOException {
        Path overrides = Files.createDirectories(folder().resolve("configDropins/overrides"));
        Files.writeString(overrides.resolve(fileName), xml);
    }

    /**
     * Starts the server and waits until it and its applications say that they are ready.
     *
     * @throws IOException if it ends, is not ready in time, or cannot start an application
     */
    public void start(Duration patience) throws IOException {
        ProcessBuilder builder = command("run");
        builder.redirectErrorStream(true);
        process = builder.start();
        CountDownLatch ready = new CountDownLatch(1 + applications);
        AtomicBoolean failed = new AtomicBoolean();
        Thread reader = new Thread(() -> drain(process, ready, failed), "liberty-console");
        reader.setDaemon(true);
        reader.start();
        try {
            long deadline = System.nanoTime() + patience.toNanos();
            while (!ready.await(200, TimeUnit.MILLISECONDS)) {
                if (!process.isAlive()) {
                    throw new IOException(
                            "Open Liberty ended with status " + process.exitValue() + "; its log is " + log());
                }
                if (failed.get()) {
                    throw new IOException("Open Liberty could not start an application; its log is " + log());
                }
                if (System.nanoTime() > deadline) {
                    throw new IOException("Open Liberty is not ready after " + patience.toSeconds()
                            + " seconds; its log is " + log());
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while Open Liberty started", interrupted);
        }
    }

    /** Reads the console to its end, so that the server never waits for a full pipe; the log has it all. */
    private static void drain(Process process, CountDownLatch ready, AtomicBoolean failed) {
        try (BufferedReader console = process.inputReader(Charset.defaultCharset())) {
            for (String line = console.readLine(); line != null; line = console.readLine()) {
                if (READY.matcher(line).find()) {
                    ready.countDown();
                } else if (FAILED.matcher(line).find()) {
                    failed.set(true);
                }
            }
        } catch (IOException ended) {
            throw new UncheckedIOException(ended);
        }
    }

    /** Ends the server as a power cut would: no handler of its runs. For tests of what survives. */
    public void kill() {
        Process running = process;
        process = null;
        if (running != null) {
            all(running).forEach(ProcessHandle::destroyForcibly);
            all(running).forEach(handle -> handle.onExit().join());
        }
    }

    /** The script may or may not have replaced itself by the JVM. */
    private static List<ProcessHandle> all(Process running) {
        return Stream.concat(running.descendants(), Stream.of(running.toHandle()))
                .toList();
    }

    /** Ends the server in order, or by force after 30 seconds. A second call does nothing. */
    @Override
    public void close() {
        Process running = process;
        process = null;
        if (running == null) {
            return;
        }
        List<ProcessHandle> all = all(running);
        all.forEach(ProcessHandle::destroy);
        for (ProcessHandle handle : all) {
            handle.onExit()
                    .completeOnTimeout(handle, 30, TimeUnit.SECONDS)
                    .thenAccept(ended -> ended.destroyForcibly())
                    .join();
        }
    }

    private ProcessBuilder command(String action) {
        boolean windows = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("win");
        Path script = home.resolve(windows ? "bin/server.bat" : "bin/server");
        ProcessBuilder builder = new ProcessBuilder(script.toString(), action, name);
        builder.environment().put("WLP_USER_DIR", userFolder.toString());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        return builder;
    }

    private static void run(ProcessBuilder builder, Duration patience) throws IOException {
        Process process = builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IOException("failed: " + String.join(" ", builder.command()));
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupted);
        }
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> inside = Files.walk(folder)) {
                for (Path path : inside.sorted((a, b) -> b.compareTo(a)).toList()) {
                    Files.delete(path);
                }
            }
        }
    }
}
