package org.outlookmail.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A program that is not Java: runs it to its end in a folder of its own, with what it writes in files there. Whatever does not
 * end in time is ended.
 */
final class ForeignProgram {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path folder;
    private final Map<String, String> environment;

    /** What a program left; {@code code} is -1 for one that is not there or was ended. */
    record Ended(int code, String output, String errors) {}

    /** {@code environment} is put over that of this process. */
    ForeignProgram(Path folder, Map<String, String> environment) throws IOException {
        this.folder = Files.createDirectories(folder).toAbsolutePath();
        this.environment = Map.copyOf(environment);
    }

    Path folder() {
        return folder;
    }

    /** Puts a resource of the tests into the folder. */
    Path bring(String resource) throws IOException {
        Path file = folder.resolve(Path.of(resource).getFileName());
        try (var in = ForeignProgram.class.getResourceAsStream(resource)) {
            Files.write(file, in.readAllBytes());
        }
        return file;
    }

    /** Runs a command to its end. */
    Ended run(Object... command) throws IOException, InterruptedException {
        Path output = folder.resolve("output.txt");
        Path errors = folder.resolve("errors.txt");
        List<String> words = Arrays.stream(command).map(String::valueOf).toList();
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(folder.toFile())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile());
        builder.environment().putAll(environment);
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            return new Ended(-1, "", words.get(0) + " cannot be run: " + e.getMessage());
        }
        process.getOutputStream().close();
        boolean ended = process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (!ended) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
        return new Ended(ended ? process.exitValue() : -1, Files.readString(output), Files.readString(errors));
    }
}
