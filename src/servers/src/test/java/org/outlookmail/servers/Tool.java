package org.outlookmail.servers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** Commands of a server, with what they say in its log. Thread rule: one thread at a time. */
final class Tool {
    private static final long LONGEST_COMMAND_MINUTES = 3;

    private final Path log;

    Tool(Path log) {
        this.log = log;
    }

    Path log() {
        return log;
    }

    private ProcessBuilder builder(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return builder;
    }

    /** Starts what goes on until it is ended. */
    Process start(List<String> command) throws IOException {
        return builder(command)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    /** Runs a command to its end and gives what it said; one that fails is a failure. */
    String run(String... command) throws IOException, InterruptedException {
        Path said = Files.createTempFile(log.getParent(), "said", ".txt");
        Process process =
                builder(List.of(command)).redirectOutput(said.toFile()).start();
        try {
            boolean ended = process.waitFor(LONGEST_COMMAND_MINUTES, TimeUnit.MINUTES);
            String text = Files.readString(said);
            Files.writeString(
                    log,
                    String.join(" ", command) + "\n" + text + "\n",
                    StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
            if (!ended || process.exitValue() != 0) {
                throw new IOException(command[0] + " failed, see " + log + ": " + text);
            }
            return text;
        } finally {
            end(process);
            Files.deleteIfExists(said);
        }
    }

    /** Ends a process and those that it started, and waits for that. */
    static void end(Process process) {
        List<ProcessHandle> all = Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList();
        all.forEach(ProcessHandle::destroy);
        try {
            for (ProcessHandle each : all) {
                each.onExit().get(30, TimeUnit.SECONDS);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            all.forEach(ProcessHandle::destroyForcibly);
        } catch (ExecutionException | TimeoutException stillThere) {
            all.forEach(ProcessHandle::destroyForcibly);
        }
    }

    /** Removes a folder, if it is there. */
    static void remove(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    static boolean answers(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    /** A port that is free, and so are some behind it. */
    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
