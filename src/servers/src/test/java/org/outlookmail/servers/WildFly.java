package org.outlookmail.servers;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** WildFly, configured as docs/servers.md says. */
final class WildFly implements AppServer {
    private static final Pattern ENCRYPTED = Pattern.compile("\\$\\{ENC::[^}\"]+}");
    private static final String DEFINITION = "org.outlookmail.connector.pool.MailManagedConnectionFactory";

    private final Path home;
    private final Path base;
    private final int offset;
    private final Tool tool;
    private final Process process;

    private WildFly(Path home, Path base, int offset, Tool tool, Process process) {
        this.home = home;
        this.base = base;
        this.offset = offset;
        this.tool = tool;
        this.process = process;
    }

    static WildFly start(Path home, Box box, Path folder) throws IOException, InterruptedException {
        Tool tool = new Tool(folder.resolve("wildfly.log"));
        // The management port is 9990; the others of the default configuration are below.
        int offset = Tool.freePort() % 20_000 + 1_000;
        // What an earlier run has left in the distribution
        Tool.remove(home.resolve("modules/org/outlookmail"));
        Path base = folder.resolve("standalone");
        Files.createDirectories(base);
        tool.run(
                "cp",
                "-r",
                home.resolve("standalone/configuration").toString(),
                base.resolve("configuration").toString());
        Process process = tool.start(List.of(
                home.resolve("bin/standalone.sh").toString(),
                "-b",
                "127.0.0.1",
                "-Djboss.server.base.dir=" + base,
                "-Djboss.socket.binding.port-offset=" + offset));
        WildFly server = new WildFly(home, base, offset, tool, process);
        boolean ready = false;
        try {
            Awaitility.await("WildFly, see " + tool.log())
                    .atMost(Duration.ofMinutes(2))
                    .pollInterval(Duration.ofMillis(500))
                    .failFast("WildFly has ended, see " + tool.log(), () -> !process.isAlive())
                    .until(() -> Files.readString(tool.log()).contains("WFLYSRV0025"));
            server.configure(box, folder);
            ready = true;
            return server;
        } finally {
            if (!ready) {
                server.close();
            }
        }
    }

    private String cli(Path folder, List<String> commands) throws IOException, InterruptedException {
        // Also after a reload, whose end the tool does not always wait for
        Awaitility.await("WildFly's management, see " + tool.log())
                .atMost(Duration.ofMinutes(1))
                .until(() -> Tool.answers(9990 + offset));
        Path script = Files.write(folder.resolve("wildfly.cli"), commands);
        try {
            return tool.run(
                    home.resolve("bin/jboss-cli.sh").toString(),
                    "--connect",
                    "--controller=127.0.0.1:" + (9990 + offset),
                    "--file=" + script);
        } finally {
            Files.delete(script); // with a secret in it
        }
    }

    private void configure(Box box, Path folder) throws IOException, InterruptedException {
        cli(
                folder,
                List.of(
                        "/subsystem=elytron/secret-key-credential-store=mail:add(path=mail.cs,"
                                + "relative-to=jboss.server.config.dir)",
                        "/subsystem=elytron/expression=encryption:add(default-resolver=mail,"
                                + "resolvers=[{name=mail,credential-store=mail,secret-key=key}])",
                        "/subsystem=jca/archive-validation=archive-validation:write-attribute(name=enabled,value=false)",
                        "reload"));
        String said = cli(
                folder,
                List.of("/subsystem=elytron/expression=encryption:create-expression(clear-text=" + Box.SECRET + ")"));
        Matcher encrypted = ENCRYPTED.matcher(said);
        if (!encrypted.find()) {
            throw new IOException("WildFly gave no encrypted expression, see " + tool.log());
        }
        List<String> commands = new ArrayList<>();
        commands.add("deploy " + System.getProperty("rar"));
        commands.add("batch");
        String adapter = "/subsystem=resource-adapters/resource-adapter=outlookMail";
        commands.add(adapter + ":add(archive=outlook-mail.rar,transaction-support=LocalTransaction)");
        box.properties(encrypted.group())
                .forEach((name, value) ->
                        commands.add(adapter + "/config-properties=" + name + ":add(value=\"" + value + "\")"));
        definition(commands, adapter, "office365", "none");
        definition(commands, adapter, "transactional", "local");
        commands.add("run-batch");
        commands.add(adapter + ":activate");
        commands.add("module add --name=org.outlookmail.naming --resources=" + System.getProperty("naming")
                + " --dependencies=jakarta.mail.api");
        commands.add("/subsystem=naming/binding=java\\:\\/mail\\/office365Session:add(binding-type=object-factory,"
                + "module=org.outlookmail.naming,class=org.outlookmail.naming.MailSessionObjectFactory,"
                + "environment={factory=\"java:/mail/office365\"})");
        Path war = War.write(folder.resolve("mail.war"), Map.of("WEB-INF/jboss-deployment-structure.xml", """
                        <jboss-deployment-structure><deployment><dependencies>
                          <module name="deployment.outlook-mail.rar"/>
                        </dependencies></deployment></jboss-deployment-structure>
                        """));
        commands.add("deploy " + war);
        cli(folder, commands);
    }

    private static void definition(List<String> commands, String adapter, String name, String transaction) {
        String definition = adapter + "/connection-definitions=" + name;
        commands.add(definition + ":add(class-name=" + DEFINITION + ",jndi-name=\"java:/mail/" + name
                + "\",max-pool-size=3,validate-on-match=false,background-validation=true,"
                + "background-validation-millis=60000)");
        commands.add(definition + "/config-properties=mailbox:add(value=" + Box.MAILBOX + ")");
        commands.add(definition + "/config-properties=transaction:add(value=" + transaction + ")");
    }

    @Override
    public URI application() {
        return URI.create("http://127.0.0.1:" + (8080 + offset) + "/mail");
    }

    @Override
    public String factory() {
        return "java:/mail/office365";
    }

    @Override
    public String transactional() {
        return "java:/mail/transactional";
    }

    @Override
    public String session() {
        return "java:/mail/office365Session";
    }

    @Override
    public ProcessHandle process() {
        return process.toHandle();
    }

    @Override
    public Path home() {
        return base;
    }

    @Override
    public void close() {
        Tool.end(process);
    }
}
