package org.outlookmail.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;
import org.outlookmail.demo.LibertyServer;
import org.outlookmail.demo.SandboxOverrides;
import org.outlookmail.sandbox.Sandbox;
import org.outlookmail.sandbox.SandboxBuilder;

/**
 * What stands before the first test and falls after the last: the sandbox on free ports, and a Liberty server configured
 * for it, which Arquillian then starts. Only for the tests on Liberty; the unit tests of this module do without.
 */
public final class TestEnvironment implements LauncherSessionListener {

    private static final String KEY = "it-encryption-key";

    private static final String SECOND_SECRET = "second-application-secret";
    private static final String USER_PASSWORD = "a-made-up-user-password";
    private static final String CACHE_KEY = "a-made-up-cache-passphrase";

    private static final String POD = "system:serviceaccount:it:mailer";

    private Sandbox sandbox;

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        String root = System.getProperty("project.root");
        if (root == null) {
            return;
        }
        try {
            TestKeyStore keys = TestKeyStore.create(Path.of(root).resolve("src/it/target/client.p12"));
            sandbox = sandbox(keys);
            prepare(Path.of(root), keys);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Sandbox sandbox(TestKeyStore keys) {
        SandboxBuilder builder = Sandbox.builder()
                .randomPorts()
                .clientCertificate(keys.certificate())
                .federate(POD)
                .client("77777777-7777-8888-9999-000000000000", SECOND_SECRET, "IMAP.AccessAsApp")
                .user("password@contoso.com", USER_PASSWORD)
                .user("delegated@contoso.com", USER_PASSWORD)
                .user("refresh@contoso.com", USER_PASSWORD)
                .basicPassword("basic@contoso.com", USER_PASSWORD);
        for (String name : new String[] {
            "noreply",
            "orders",
            "support",
            "archive",
            "certificate",
            "federated",
            "password",
            "delegated",
            "generic",
            "refresh",
            "google",
            "basic",
            "transactional",
            "forgetful"
        }) {
            builder.mailbox(name + "@contoso.com");
        }
        return builder.start();
    }

    @Override
    public void launcherSessionClosed(LauncherSession session) {
        if (sandbox != null) {
            sandbox.close();
        }
    }

    private void prepare(Path root, TestKeyStore keys) throws IOException {
        Path home = root.resolve("liberty-config/target/liberty/wlp");
        Path usr = root.resolve("src/it/target/usr");
        int httpPort = freePort();
        LibertyServer server = new LibertyServer(home, usr, "it");
        server.create(root.resolve("liberty-config/server"), root.resolve("rar/target/outlook-mail.rar"));
        server.add(root.resolve("src/it/src/test/liberty/server.xml"));
        Path trust = root.resolve("src/it/target/sandbox-trust.p12");
        sandbox.writeTrustStore(trust);
        Path googleKey = Files.writeString(
                root.resolve("src/it/target/google-key.json"), sandbox.entra().googleServiceAccountKey());
        String podToken = sandbox.entra().assertion(POD);
        Path podTokenFile = Files.writeString(root.resolve("src/it/target/pod-token"), podToken);
        String refreshToken = sandbox.entra().genericRefreshToken("refresh@contoso.com");
        Files.deleteIfExists(root.resolve("src/it/target/refresh-tokens"));
        server.override("it.xml", variables(home, httpPort, trust, """
                        <variable name="it.h2.jar" value="%s"/>
                        <variable name="it.key.store" value="%s"/>
                        <variable name="it.user.password" value="%s"/>
                        <variable name="it.second.secret" value="%s"/>
                        <variable name="it.google.key" value="%s"/>
                        <variable name="it.pod.token" value="%s"/>
                        <variable name="it.refresh.token" value="%s"/>
                        <jndiEntry jndiName="it/secrets" value="%s"/>
                        <variable name="outlookmail.tokenCacheKey" value="%s"/>
                        <variable name="outlookmail.tokenStoreFile" value="%s"/>
                        """.formatted(
                        Deployments.jarOf(org.h2.Driver.class),
                        keys.file(),
                        USER_PASSWORD,
                        SECOND_SECRET,
                        googleKey,
                        podTokenFile,
                        refreshToken,
                        secrets("|", refreshToken, podToken),
                        CACHE_KEY,
                        root.resolve("src/it/target/refresh-tokens"))));
        System.setProperty("it.liberty.home", home.toString());
        System.setProperty("it.liberty.usr", usr.toString());
        System.setProperty("it.http.port", Integer.toString(httpPort));
        System.setProperty("it.secrets", secrets("\n", refreshToken, podToken));
    }

    /** What must be found nowhere afterwards. */
    private String secrets(String separator, String refreshToken, String podToken) {
        return String.join(
                separator, sandbox.clientSecret(), SECOND_SECRET, USER_PASSWORD, CACHE_KEY, refreshToken, podToken);
    }

    private String variables(Path home, int httpPort, Path trust, String further) throws IOException {
        return new SandboxOverrides(sandbox, "noreply@contoso.com", httpPort, trust).xml("""
                <variable name="it.closed.port" value="%d"/>
                <variable name="it.secret.xor" value="%s"/>
                <variable name="it.secret.aes" value="%s"/>
                <variable name="wlp.password.encryption.key" value="%s"/>
                <jndiEntry jndiName="it/controlUrl" value="%s"/>
                %s
                """.formatted(
                        freePort(), encode(home, "xor"), encode(home, "aes"), KEY, sandbox.controlUrl(), further));
    }

    /** As an administrator does it. */
    private String encode(Path home, String encoding) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                home.resolve("bin/securityUtility").toString(),
                "encode",
                "--encoding=" + encoding,
                sandbox.clientSecret());
        if (encoding.equals("aes")) {
            builder.command().add("--key=" + KEY);
        }
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        try {
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
            if (!process.waitFor(1, TimeUnit.MINUTES) || !out.startsWith("{" + encoding + "}")) {
                throw new IOException("securityUtility said: " + out);
            }
            return out;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException(interrupted);
        } finally {
            process.destroy();
        }
    }

    static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }
}
