package org.outlookmail.servers;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.awaitility.Awaitility;

/** TomEE, configured as docs/servers.md says: a copy of its own, because the adapter belongs into its libraries. */
final class TomEE implements AppServer {
    private final Path home;
    private final int port;
    private final Process process;

    private TomEE(Path home, int port, Process process) {
        this.home = home;
        this.port = port;
        this.process = process;
    }

    static TomEE start(Path distribution, Box box, Path folder) throws IOException, InterruptedException {
        Tool tool = new Tool(folder.resolve("server.log"));
        Path home = folder.resolve("tomee");
        tool.run("cp", "-r", distribution.toString(), home.toString());
        libraries(home.resolve("lib"));
        int port = Tool.freePort();
        Path serverXml = home.resolve("conf/server.xml");
        Files.writeString(
                serverXml,
                Files.readString(serverXml)
                        .replace("port=\"8080\"", "address=\"127.0.0.1\" port=\"" + port + "\"")
                        .replace("port=\"8005\"", "port=\"-1\""));
        String[] said = tool.run("sh", home.resolve("bin/tomee.sh").toString(), "cipher", Box.SECRET)
                .strip()
                .split("\\R", -1);
        String encrypted = "cipher:Static3DES:" + said[said.length - 1];
        Files.writeString(home.resolve("conf/tomee.xml"), resources(box.properties(encrypted)));
        War.write(home.resolve("webapps/mail.war"), Map.of());
        Process process =
                tool.start(List.of("sh", home.resolve("bin/catalina.sh").toString(), "run"));
        boolean ready = false;
        TomEE server = new TomEE(home, port, process);
        try {
            Awaitility.await("TomEE, see " + tool.log())
                    .atMost(Duration.ofMinutes(2))
                    .pollInterval(Duration.ofMillis(500))
                    .failFast("TomEE has ended, see " + tool.log(), () -> !process.isAlive())
                    .until(() -> Files.readString(tool.log()).contains("Server startup in"));
            ready = true;
            return server;
        } finally {
            if (!ready) {
                server.close();
            }
        }
    }

    /** The jars of the archive, and Jakarta Mail 2.1 instead of TomEE's. */
    private static void libraries(Path lib) throws IOException {
        try (Stream<Path> files = Files.list(lib)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (name.startsWith("geronimo-mail") || name.startsWith("jakarta.activation")) {
                    Files.delete(file);
                }
            }
        }
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("homes"), "mail"))) {
            for (Path file : files.toList()) {
                Files.copy(file, lib.resolve(file.getFileName()));
            }
        }
        try (InputStream in = Files.newInputStream(Path.of(System.getProperty("rar")));
                ZipInputStream archive = new ZipInputStream(in)) {
            for (ZipEntry entry = archive.getNextEntry(); entry != null; entry = archive.getNextEntry()) {
                String name = Path.of(entry.getName()).getFileName().toString();
                if (name.endsWith(".jar")) {
                    Files.copy(archive, lib.resolve(name), StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    private static String resources(Map<String, String> adapter) {
        StringBuilder xml = new StringBuilder("<tomee>\n");
        resource(
                xml,
                "outlookMail",
                "ResourceAdapter",
                "org.outlookmail.connector.adapter.MailResourceAdapter",
                adapter);
        String factory = "org.outlookmail.connector.pool.MailManagedConnectionFactory";
        Map<String, String> plain = Map.of("ResourceAdapter", "outlookMail", "mailbox", Box.MAILBOX);
        resource(xml, "mail/office365", "org.outlookmail.OutlookMailSessionFactory", factory, plain);
        resource(
                xml,
                "mail/office365Session",
                "jakarta.mail.Session",
                "org.outlookmail.connector.pool.SessionManagedConnectionFactory",
                plain);
        resource(
                xml,
                "mail/transactional",
                "org.outlookmail.OutlookMailSessionFactory",
                factory,
                Map.of(
                        "ResourceAdapter", "outlookMail",
                        "mailbox", Box.MAILBOX,
                        "transaction", "local",
                        "TransactionSupport", "local"));
        return xml.append("</tomee>\n").toString();
    }

    private static void resource(
            StringBuilder xml, String id, String type, String className, Map<String, String> properties) {
        xml.append("<Resource id=\"").append(id);
        xml.append("\" type=\"").append(type);
        xml.append("\" class-name=\"").append(className).append("\">\n");
        properties.forEach((name, value) ->
                xml.append("  ").append(name).append(" = ").append(value).append('\n'));
        xml.append("</Resource>\n");
    }

    @Override
    public URI application() {
        return URI.create("http://127.0.0.1:" + port + "/mail");
    }

    @Override
    public String factory() {
        return "openejb:Resource/mail/office365";
    }

    @Override
    public String transactional() {
        return "openejb:Resource/mail/transactional";
    }

    @Override
    public String session() {
        return "openejb:Resource/mail/office365Session";
    }

    @Override
    public ProcessHandle process() {
        return process.toHandle();
    }

    @Override
    public Path home() {
        return home;
    }

    @Override
    public void close() {
        Tool.end(process);
    }
}
