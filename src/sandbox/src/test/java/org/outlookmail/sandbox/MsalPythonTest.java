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
 * Microsoft's own client for Python, with the real authority and a session that goes to the box. Runs where a Python has it,
 * as Debian's does with python3-msal, and is skipped elsewhere.
 */
@Tag("unit")
class MsalPythonTest {
    private static final String USER = "orders@contoso.com";

    private static Sandbox box;
    private static JsonNode told;

    @BeforeAll
    static void signIn() throws Exception {
        box = Sandbox.builder().randomPorts().user(USER, "pw").start();
        ForeignProgram python = new ForeignProgram(Path.of("target", "msal-python"), Map.of());
        Path authority = python.folder().resolve("ca.pem");
        Files.writeString(authority, box.caPem());
        ForeignProgram.Ended ended = python.run(
                withMsal(python),
                python.bring("/msal/msal_python.py"),
                box.entraUrl(),
                box.controlUrl(),
                box.tenantId(),
                box.clientId(),
                USER,
                "pw",
                authority);
        assertThat(ended.code()).as(ended.errors()).isZero();
        told = new ObjectMapper().readTree(ended.output());
    }

    /** A Python that was put before the system's has other packages. */
    private static String withMsal(ForeignProgram python) throws Exception {
        for (String command : List.of("python3", "/usr/bin/python3")) {
            if (python.run(command, "-c", "import msal").code() == 0) {
                return command;
            }
        }
        assumeTrue(false, "No Python here has the package msal (Debian: python3-msal)");
        return "";
    }

    @AfterAll
    static void stop() {
        box.close();
    }

    private static void assertSignedIn(JsonNode outcome, boolean refreshed) {
        assertThat(outcome.path("username").asText()).as(outcome.toString()).isEqualTo(USER);
        assertThat(outcome.path("homeAccountId").asText()).endsWith("." + box.tenantId());
        assertThat(outcome.path("refreshed").asBoolean()).isEqualTo(refreshed);
    }

    @Test
    void aDeviceCodeAndTheBrowserBringAnAccountThatIsRenewedSilently() {
        for (String tenant : List.of("tenant", "common")) {
            JsonNode outcomes = told.path(tenant);
            assertSignedIn(outcomes.path("device"), true);
            assertSignedIn(outcomes.path("cached"), false);
            assertSignedIn(outcomes.path("renewed"), true);
            assertSignedIn(outcomes.path("browser"), true);
        }
        assertThat(box.state().entra().grant("authorization_code")).isEqualTo(new SandboxState.Grant(2, 0));
    }

    @Test
    void aPasswordIsTakenAtTheTenantAndNotAtCommon() {
        assertSignedIn(told.path("tenant").path("password"), true);
        assertThat(told.path("common").path("password").path("error").asText()).contains("AADSTS9001023");
    }
}
