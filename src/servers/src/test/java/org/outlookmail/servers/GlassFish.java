package org.outlookmail.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** GlassFish, and Payara with it, configured as docs/servers.md says. A domain of its own, made anew. */
final class GlassFish implements AppServer {
    private static final String FACTORY = "org.outlookmail.OutlookMailSessionFactory";

    private final Path asadmin;
    private final Path domains;
    private final int base;
    private final Tool tool;
    private ProcessHandle process;

    private GlassFish(Path home, Path folder, int base) {
        this.asadmin = home.resolve("bin/asadmin");
        this.domains = folder.resolve("domains");
        this.base = base;
        this.tool = new Tool(folder.resolve("server.log"));
    }

    /** {@code home} is the folder that holds {@code bin}. */
    static GlassFish start(Path home, Box box, Path folder) throws IOException, InterruptedException {
        // Its ports are base + 48 (administration) to base + 86.
        GlassFish server = new GlassFish(home, folder, Tool.freePort() % 20_000 + 20_000);
        boolean ready = false;
        try {
            server.configure(box, folder);
            ready = true;
            return server;
        } finally {
            if (!ready) {
                server.close();
            }
        }
    }

    private void asadmin(String... command) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("sh", asadmin.toString()));
        all.add("--port");
        all.add(Integer.toString(base + 48));
        all.addAll(List.of(command));
        tool.run(all.toArray(String[]::new));
    }

    private void configure(Box box, Path folder) throws IOException, InterruptedException {
        asadmin(
                "create-domain",
                "--nopassword=true",
                "--portbase",
                Integer.toString(base),
                "--domaindir",
                domains.toString(),
                "mail");
        loopbackOnly(domains.resolve("mail/config/domain.xml"));
        asadmin("start-domain", "--domaindir", domains.toString(), "mail");
        String pid = Files.readString(domains.resolve("mail/config/pid")).strip();
        process = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
        asadmin("set", "configs.config.server-config.connector-service.class-loading-policy=global");
        Path password = Files.writeString(folder.resolve("alias"), "AS_ADMIN_ALIASPASSWORD=" + Box.SECRET + "\n");
        try {
            asadmin("--passwordfile", password.toString(), "create-password-alias", "mailsecret");
        } finally {
            Files.delete(password);
        }
        asadmin(
                "create-resource-adapter-config",
                "--property",
                list(box.properties("${ALIAS=mailsecret}")),
                "outlook-mail");
        asadmin("deploy", System.getProperty("rar"));
        pool("office365", FACTORY, "NoTransaction", Map.of("mailbox", Box.MAILBOX));
        pool("office365Session", "jakarta.mail.Session", "NoTransaction", Map.of("mailbox", Box.MAILBOX));
        pool("transactional", FACTORY, "LocalTransaction", Map.of("mailbox", Box.MAILBOX, "transaction", "local"));
        Path war = War.write(folder.resolve("mail.war"), Map.of());
        asadmin("deploy", "--contextroot", "mail", war.toString());
    }

    /** What a new domain offers to the network it offers to this machine alone. */
    private static void loopbackOnly(Path domainXml) throws IOException {
        Files.writeString(
                domainXml,
                Files.readString(domainXml)
                        // IIOP, JMX
                        .replace("address=\"0.0.0.0\"", "address=\"127.0.0.1\"")
                        // HTTP and the administration, where none stands for all
                        .replaceAll("<network-listener (?![^>]*address=)", "$0address=\"127.0.0.1\" ")
                        // Without it comes one whose broker listens everywhere, although its host is localhost.
                        .replace(
                                "<config name=\"server-config\">",
                                "<config name=\"server-config\"><jms-service type=\"DISABLED\"/>")
                        // Payara's
                        .replace(
                                "<hazelcast-runtime-configuration ",
                                "<hazelcast-runtime-configuration das-bind-address=\"127.0.0.1\" "));
    }

    private void pool(String name, String definition, String transactions, Map<String, String> properties)
            throws IOException, InterruptedException {
        asadmin(
                "create-connector-connection-pool",
                "--raname",
                "outlook-mail",
                "--connectiondefinition",
                definition,
                "--steadypoolsize",
                "0",
                "--maxpoolsize",
                "3",
                "--transactionsupport",
                transactions,
                "--property",
                list(properties),
                name);
        asadmin("create-connector-resource", "--poolname", name, "mail/" + name);
    }

    private static String list(Map<String, String> properties) {
        return properties.entrySet().stream()
                .map(each -> each.getKey() + "=" + each.getValue().replaceAll("[:=]", "\\\\$0"))
                .collect(Collectors.joining(":"));
    }

    @Override
    public URI application() {
        return URI.create("http://127.0.0.1:" + (base + 80) + "/mail");
    }

    @Override
    public String factory() {
        return "mail/office365";
    }

    @Override
    public String transactional() {
        return "mail/transactional";
    }

    @Override
    public String session() {
        return "mail/office365Session";
    }

    @Override
    public ProcessHandle process() {
        return process;
    }

    @Override
    public Path home() {
        return domains;
    }

    @Override
    public void close() {
        try {
            tool.run("sh", asadmin.toString(), "stop-domain", "--kill=true", "--domaindir", domains.toString(), "mail");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
