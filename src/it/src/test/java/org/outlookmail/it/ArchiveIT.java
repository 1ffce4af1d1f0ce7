package org.outlookmail.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

/** What is in the archive, and what is not. */
class ArchiveIT {

    /** The entries of META-INF of the adapter's own jar, with their text. */
    private static Map<String, String> metaInf() throws IOException {
        Path archive = Path.of(System.getProperty("project.root"), "rar/target/outlook-mail.rar");
        Map<String, String> found = new TreeMap<>();
        try (ZipFile rar = new ZipFile(archive.toFile());
                InputStream jar = rar.getInputStream(rar.getEntry("outlook-mail-connector.jar"));
                ZipInputStream entries = new ZipInputStream(jar)) {
            for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                if (entry.getName().startsWith("META-INF/") && !entry.isDirectory()) {
                    found.put(entry.getName(), new String(entries.readAllBytes(), StandardCharsets.UTF_8));
                }
            }
        }
        return found;
    }

    /** Without them GlassFish and Payara warn at each session. */
    @Test
    void itKeepsTheTwoMapsOfAddresses() throws IOException {
        assertThat(metaInf())
                .containsEntry("META-INF/jakarta.default.address.map", "rfc822=smtp\n")
                .containsEntry("META-INF/javamail.default.address.map", "rfc822=smtp\n");
    }

    @Test
    void theProvidersThatApplicationsSeeAreTheServers() throws IOException {
        assertThat(metaInf().keySet())
                .noneMatch(name -> name.startsWith("META-INF/services/jakarta.mail"))
                .noneMatch(name -> name.endsWith(".default.providers"));
        assertThat(metaInf().get("META-INF/jakarta.providers"))
                .contains("outlookmail-smtp")
                .doesNotContain("angus");
    }
}
