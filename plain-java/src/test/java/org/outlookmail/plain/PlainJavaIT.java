package org.outlookmail.plain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.outlookmail.sandbox.Sandbox;

/** Programs in a JVM of their own, with this one jar and Jakarta Mail beside it. */
class PlainJavaIT {

    private static final String MAILBOX = "noreply@contoso.com";
    private static final String JAR = System.getProperty("plain.jar");

    @TempDir
    static Path folder;

    private static Sandbox box;

    @BeforeAll
    static void start() {
        box = Sandbox.builder().randomPorts().start();
        box.writeTrustStore(folder.resolve("trust.p12"));
    }

    @AfterAll
    static void stop() {
        box.close();
    }

    private static Map<String, String> properties() {
        Map<String, String> properties = new TreeMap<>();
        properties.put("javax.net.ssl.trustStore", folder.resolve("trust.p12").toString());
        properties.put("javax.net.ssl.trustStorePassword", "sandbox");
        properties.put("mail.smtp.class", "org.outlookmail.providers.SmtpTransport");
        properties.put("mail.imap.class", "org.outlookmail.providers.ImapStore");
        properties.put("o365.user", MAILBOX);
        properties.put("o365.oauth.tenant", box.tenantId());
        properties.put("o365.oauth.clientId", box.clientId());
        properties.put("o365.oauth.clientSecret", box.clientSecret());
        properties.put("o365.oauth.url", box.entraUrl() + "/%s/oauth2/v2.0/token");
        properties.put("o365.oauth.scope", "https://outlook.office365.com/.default");
        properties.put("mail.smtp.host", "localhost");
        properties.put("mail.smtp.port", Integer.toString(box.smtpPort()));
        properties.put("mail.imap.host", "localhost");
        properties.put("mail.imap.port", Integer.toString(box.imapsPort()));
        return properties;
    }

    /** What it printed. */
    private static String run(Class<?> program, Map<String, String> properties) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        properties.forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.add("-cp");
        command.add(classPath(program == SpringSends.class));
        command.add(program.getName());
        Path printed = folder.resolve(program.getSimpleName() + ".txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile())
                .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        return Files.readString(printed, StandardCharsets.UTF_8);
    }

    /** The jar, the program and Jakarta Mail; for one of them Spring. */
    private static String classPath(boolean spring) throws IOException {
        try (Stream<Path> beside = Files.list(Path.of(System.getProperty("plain.beside")))) {
            Stream<String> others = beside.map(Path::toString)
                    .filter(jar -> spring || jar.matches(".*/(jakarta\\.(mail|activation)|angus-).*"));
            return Stream.concat(Stream.of(JAR, System.getProperty("plain.programs")), others)
                    .collect(Collectors.joining(File.pathSeparator));
        }
    }

    @Test
    void aProgramOfJakartaMailAloneSendsAndReads() throws Exception {
        box.reset();
        assertThat(run(SendAndRead.class, properties())).contains("read back: by plain Java");
        assertThat(box.state().entra().tokenRequests()).isEqualTo(1);
    }

    @Test
    void springsSenderSendsInJavaSe() throws Exception {
        assertThat(run(SpringSends.class, properties())).contains("sent");
        assertThat(box.messages(MAILBOX))
                .anySatisfy(message -> assertThat(message.mime()).contains("Subject: by Spring"));
    }

    @Test
    void aWrongSecretIsToldInTheWordsOfItsProperties() throws Exception {
        Map<String, String> wrong = properties();
        wrong.put("o365.oauth.clientSecret", "wrong");
        assertThat(run(SendAndRead.class, wrong))
                .contains("OMC-1201", "o365.oauth.clientSecret")
                .doesNotContain("server.xml");
    }

    /** Nothing that an application may have itself in another version, and nothing of the adapter. */
    @Test
    void theJarHasItsLibrariesUnderNamesOfItsOwn() throws IOException {
        try (JarFile jar = new JarFile(JAR)) {
            assertThat(jar.stream().map(java.util.zip.ZipEntry::getName).filter(name -> name.endsWith(".class")))
                    .isNotEmpty()
                    .allMatch(name -> name.startsWith("org/outlookmail/") || name.startsWith("javax/cache/"))
                    .noneMatch(name -> name.startsWith("org/outlookmail/connector/"));
        }
    }
}
