package org.outlookmail.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Microsoft's own client for Node, against the box as it is: an authority on any port. Fetches it from npm, and is skipped
 * where there is no Node 20 or no network.
 */
@Tag("unit")
class MsalNodeTest {
    private static final String MSAL = "@azure/msal-node@7.2.3";
    private static final String USER = "orders@contoso.com";

    private static Sandbox box;
    private static JsonNode told;

    @BeforeAll
    static void signIn() throws Exception {
        box = Sandbox.builder().randomPorts().user(USER, "pw").start();
        Path folder = Path.of("target", "msal-node");
        Path authority = Files.createDirectories(folder).resolve("ca.pem").toAbsolutePath();
        Files.writeString(authority, box.caPem());
        // Only for the program: npm needs the authorities of this machine.
        ForeignProgram node = new ForeignProgram(folder, Map.of("NODE_EXTRA_CA_CERTS", authority.toString()));
        install(new ForeignProgram(folder, Map.of()));
        ForeignProgram.Ended ended = node.run(
                "node",
                node.bring("/msal/msal-node.mjs"),
                box.entraUrl(),
                box.controlUrl(),
                box.tenantId(),
                box.clientId(),
                USER,
                "pw");
        assertThat(ended.code()).as(ended.errors()).isZero();
        told = new ObjectMapper().readTree(ended.output());
    }

    private static void install(ForeignProgram npm) throws Exception {
        ForeignProgram.Ended version = npm.run("node", "-p", "Number(process.versions.node.split('.')[0]) >= 20");
        assumeTrue(version.output().startsWith("true"), "There is no Node 20: " + version.errors());
        Path installed = npm.folder().resolve("installed.txt");
        if (Files.exists(installed) && Files.readString(installed).equals(MSAL)) {
            return;
        }
        ForeignProgram.Ended ended = npm.run(
                "npm",
                "install",
                "--prefix",
                npm.folder(),
                "--ignore-scripts",
                "--no-audit",
                "--no-fund",
                "--fetch-retries=0",
                "--fetch-timeout=20000",
                MSAL);
        assumeTrue(ended.code() == 0, "npm cannot fetch " + MSAL + ": " + ended.errors());
        Files.writeString(installed, MSAL);
    }

    @AfterAll
    static void stop() {
        box.close();
    }

    private static void assertSignedIn(JsonNode outcome, boolean fromCache) {
        assertThat(outcome.path("username").asText()).as(outcome.toString()).isEqualTo(USER);
        assertThat(outcome.path("homeAccountId").asText()).endsWith("." + box.tenantId());
        assertThat(outcome.path("upn").asText()).isEqualTo(USER);
        assertThat(outcome.path("idTokenOf").asText()).isEqualTo(USER);
        assertThat(outcome.path("scp").asText()).isEqualTo("IMAP.AccessAsUser.All SMTP.Send");
        assertThat(outcome.path("fromCache").asBoolean()).isEqualTo(fromCache);
    }

    @Test
    void aDeviceCodeAndTheBrowserBringAnAccountThatIsRenewedSilently() {
        for (String tenant : List.of("tenant", "common")) {
            JsonNode outcomes = told.path(tenant);
            assertSignedIn(outcomes.path("device"), false);
            assertSignedIn(outcomes.path("cached"), true);
            assertSignedIn(outcomes.path("renewed"), false);
            assertSignedIn(outcomes.path("browser"), false);
        }
        SandboxState.Entra entra = box.state().entra();
        assertThat(entra.grant("device_code").issued()).isEqualTo(2);
        assertThat(entra.grant("refresh_token")).isEqualTo(new SandboxState.Grant(2, 0));
        assertThat(entra.grant("authorization_code")).isEqualTo(new SandboxState.Grant(2, 0));
    }

    @Test
    void aPasswordIsTakenAtTheTenantAndNotAtCommon() {
        assertSignedIn(told.path("tenant").path("password"), false);
        assertThat(told.path("common").path("password").path("error").asText()).contains("AADSTS9001023");
        assertThat(box.state().entra().grant("password")).isEqualTo(new SandboxState.Grant(1, 1));
    }
}
