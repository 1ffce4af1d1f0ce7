package org.outlookmail.it;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * A server in the foreground and the processes it starts, with their output in a file. Thread rule: one thread at a time.
 * {@link #close} ends them all and waits for their end.
 */
final class ServerProcess implements AutoCloseable {

    private static final Duration LONGEST_START = Duration.ofMinutes(1);
    private static final Duration LONGEST_END = Duration.ofSeconds(20);

    private final Process process;

    /** Starts it and waits until all its ports answer. */
    ServerProcess(List<String> command, Path log, Collection<Integer> ports) throws IOException {
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                // Its processes open their standard output anew, and none may overwrite the others.
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        boolean ready = false;
        try {
            Awaitility.await(command + ", see " + log)
                    .atMost(LONGEST_START)
                    .pollInterval(Duration.ofMillis(100))
                    .failFast(command + " has ended, see " + log, () -> !process.isAlive())
                    .until(() -> ports.stream().allMatch(ServerProcess::answers));
            ready = true;
        } finally {
            if (!ready) {
                close();
            }
        }
    }

    private static boolean answers(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    /** The master is often not the process that was started but its child, and does not always take its own along. */
    @Override
    public void close() {
        List<ProcessHandle> all = Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList();
        all.forEach(ProcessHandle::destroy);
        try {
            CompletableFuture.allOf(all.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new))
                    .get(LONGEST_END.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            all.forEach(ProcessHandle::destroyForcibly);
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException stillThere) {
            all.forEach(ProcessHandle::destroyForcibly);
        }
    }
}
