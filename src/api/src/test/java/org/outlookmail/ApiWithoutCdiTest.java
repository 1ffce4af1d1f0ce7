package org.outlookmail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On a server without CDI the API is as good as ever. */
class ApiWithoutCdiTest {

    private ServerWithoutCdi server;

    /** Has its own copy of the API, and of the class path all but CDI and what CDI is built on. */
    private static final class ServerWithoutCdi extends URLClassLoader {
        ServerWithoutCdi(URL api) {
            super(new URL[] {api}, null);
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (name.startsWith("org.outlookmail.")) {
                return super.findClass(name);
            }
            if (name.startsWith("jakarta.enterprise.") || name.startsWith("jakarta.inject.")) {
                throw new ClassNotFoundException(name);
            }
            return ApiWithoutCdiTest.class.getClassLoader().loadClass(name);
        }
    }

    @BeforeEach
    void start() {
        server = new ServerWithoutCdi(
                Mailbox.class.getProtectionDomain().getCodeSource().getLocation());
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void everyClassOfTheApiLoadsAndShowsItsMembers() throws Exception {
        List<String> names = namesOfTheApi();
        assertThat(names).contains(OutlookMailSession.class.getName(), Mailbox.class.getName());
        for (String name : names) {
            Class<?> type = Class.forName(name, true, server);
            assertThat(type.getClassLoader()).isSameAs(server);
            // Each of these resolves every type that a signature names.
            assertThat(type.getDeclaredMethods()).isNotNull();
            assertThat(type.getDeclaredConstructors()).isNotNull();
            assertThat(type.getDeclaredFields()).isNotNull();
            assertThat(type.getAnnotations()).isNotNull();
        }
    }

    @Test
    void theQualifierIsAnAnnotationLikeAnyOtherThere() throws Exception {
        Class<?> mailbox = Class.forName(Mailbox.class.getName(), true, server);
        assertThat(mailbox.getAnnotations())
                .extracting(annotation -> annotation.annotationType().getSimpleName())
                .contains("Retention")
                .doesNotContain("Qualifier");
    }

    private static List<String> namesOfTheApi() throws IOException, URISyntaxException {
        Path classes = Path.of(Mailbox.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .resolve("org/outlookmail");
        try (Stream<Path> files = Files.list(classes)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".class") && !file.equals("package-info.class"))
                    .map(file -> "org.outlookmail." + file.substring(0, file.length() - ".class".length()))
                    .toList();
        }
    }
}
