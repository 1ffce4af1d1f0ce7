package org.outlookmail.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Searches what the servers of the other tests have logged; the build runs the classes by name, so this one is last. */
@Tag("liberty")
class NothingSecretInTheLogsIT {

    private static final Path TESTS = Path.of(System.getProperty("project.root"), "src/it/target/usr/servers/it/logs");
    private static final Path DEMO =
            Path.of(System.getProperty("project.root"), "src/demo/target/demo/usr/servers/demo/logs");

    @Test
    void noTokenAndNoSecretStandsInAnyLog() throws IOException {
        assertThat(textOf(TESTS))
                .as("the failures of the other tests were logged")
                .contains("OMC-1201", "OMC-0101");
        for (Path folder : List.of(TESTS, DEMO)) {
            assertThat(textOf(folder))
                    .isNotEmpty()
                    // Every JSON Web Token begins so: it is {" in base64.
                    .doesNotContain("eyJ")
                    .doesNotContain(System.getProperty("it.secrets").split("\n", -1))
                    .doesNotContain("not-the-secret")
                    .doesNotContain("auth=Bearer", "ya29.", "-----BEGIN PRIVATE KEY-----");
        }
    }

    @Test
    void norInTheLogsOfTheClustersServersAndOfThoseWhoseSecretsWereReplaced() throws IOException {
        Path target = Path.of(System.getProperty("project.root"), "src/it/target");
        for (String name :
                List.of("cluster", "cluster-death", "rotation-secret", "rotation-certificate", "rotation-property")) {
            assertThat(textOf(target.resolve(name).resolve("usr/servers"), "logs"))
                    .as(name)
                    .isNotEmpty()
                    .doesNotContain("eyJ", "auth=Bearer", "sandbox-secret-value")
                    .doesNotContain("the-next-secret-value", "the-new-secret-value");
        }
    }

    @Test
    void norInTheFileOfRefreshTokens() throws IOException {
        assertThat(Files.readString(Path.of(System.getProperty("project.root"), "src/it/target/refresh-tokens")))
                .isNotBlank()
                .doesNotContainPattern(Box.TOKEN)
                .doesNotContain("1.A", "contoso.com")
                .doesNotContain(System.getProperty("it.secrets").split("\n", -1));
    }

    private static String textOf(Path folder) throws IOException {
        return textOf(folder, "");
    }

    /** Of the files below a folder of that name, if it is not empty. */
    private static String textOf(Path folder, String below) throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(file -> below.isEmpty() || file.toString().contains("/" + below + "/"))
                    .toList()) {
                all.append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return all.toString();
    }
}
