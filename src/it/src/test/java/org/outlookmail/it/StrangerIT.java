package org.outlookmail.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The documents followed to the letter by {@code src/it/src/test/stranger/walk.sh}, with the archives of this build. Only
 * with {@code -Dstranger=true}: it takes minutes and the ports that the documents name. Row K1.
 */
@Tag("liberty")
@EnabledIfSystemProperty(named = "stranger", matches = "true")
class StrangerIT {

    @Test
    void whoFollowsTheDocumentsHasAServerAndAnApplicationThatSendMail() throws Exception {
        Path root = Path.of(System.getProperty("project.root"));
        Path folder = root.resolve("src/it/target/stranger");
        Path log = root.resolve("src/it/target/stranger.log");
        empty(folder);
        ProcessBuilder builder = new ProcessBuilder(
                        "bash",
                        root.resolve("src/it/src/test/stranger/walk.sh").toString(),
                        "--built",
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        String repository = System.getProperty("maven.repo.local");
        if (repository != null) {
            builder.environment().put("MAVEN_REPOSITORY", repository);
        }
        Process walk = builder.start();
        try {
            assertThat(walk.waitFor(20, TimeUnit.MINUTES))
                    .as("the end, see " + log)
                    .isTrue();
            assertThat(walk.exitValue()).as(Files.readString(log)).isZero();
            empty(folder); // an Open Liberty and a local repository
        } finally {
            walk.destroy();
        }
    }

    /** The script wants it so, lest something of an earlier walk be taken for its own. */
    private static void empty(Path folder) throws Exception {
        if (Files.exists(folder)) {
            try (Stream<Path> inside = Files.walk(folder)) {
                for (Path path : inside.sorted((a, b) -> b.compareTo(a)).toList()) {
                    Files.delete(path);
                }
            }
        }
    }
}
