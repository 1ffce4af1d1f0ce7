package org.outlookmail.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.List;
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
        ForeignProgram node = Npm.with(MSAL, Path.of("target", "msal-node"), box);
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
