package org.outlookmail.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A page that a developer happens to have open can make the browser send requests to 127.0.0.1. None of them is obeyed or
 * answered with what the box holds.
 */
class ForeignPagesTest {
    private static final Sandbox SANDBOX = Sandbox.builder().randomPorts().start();
    private static final int CONTROL = SANDBOX.controlUrl().getPort();
    private static final int ENTRA = SANDBOX.entraUrl().getPort();
    private static final String FAULT = "{\"maxConnections\":1}";
    private static final String JSON = "Content-Type: application/json";

    @AfterAll
    static void close() {
        SANDBOX.close();
    }

    @BeforeEach
    void reset() {
        SANDBOX.reset();
    }

    private static String control(String method, String path, String body, String... headers) throws Exception {
        try (RawClient client = RawClient.plain(SANDBOX, CONTROL)) {
            return answer(client, method, path, body, headers);
        }
    }

    private static String entra(String method, String path, String body, String... headers) throws Exception {
        try (RawClient client = RawClient.tls(SANDBOX, ENTRA)) {
            return answer(client, method, path, body, headers);
        }
    }

    private static String answer(RawClient client, String method, String path, String body, String... headers)
            throws Exception {
        client.send(method + " " + path + " HTTP/1.1\r\n" + String.join("\r\n", headers) + "\r\nConnection: close\r\n"
                + "Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body);
        return client.rest();
    }

    private static void assertNothingHappened(String answer, int status) {
        assertThat(answer).startsWith("HTTP/1.1 " + status).contains("{\"error\":\"");
        assertThat(SANDBOX.limits().maxConnections()).isEqualTo(3);
        assertThat(answer).doesNotContain("mailboxes\":", "BEGIN PRIVATE KEY", "access_token");
    }

    private static List<String> foreignHosts(int port) {
        return List.of(
                "Host: evil.example:" + port,
                "Host: localhost.evil.example:" + port,
                "Host: 127.0.0.1.evil.example:" + port,
                "Host: 127.0.0.1:" + (port - 1),
                "Host: localhost",
                "Host: [::2]:" + port,
                "Host: localhost@evil.example:" + port,
                "Host: 127.0.0.1:" + port + "\r\nHost: evil.example:" + port,
                "X-No-Host: at all");
    }

    @Test
    void aNameThatWasReboundToThisMachineIsNotServed() throws Exception {
        for (String host : foreignHosts(CONTROL)) {
            for (String path : List.of("/state", "/google-key.json", "/mailboxes", "/")) {
                assertNothingHappened(control("GET", path, "", host), 403);
            }
            assertNothingHappened(control("POST", "/faults", FAULT, host, JSON), 403);
            assertNothingHappened(control("POST", "/token", "", host), 403);
        }
        for (String host : foreignHosts(ENTRA)) {
            assertNothingHappened(entra("GET", "/common/oauth2/deviceauth", "", host), 403);
            assertNothingHappened(entra("GET", "/common/oauth2/v2.0/authorize", "", host), 403);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example",
                "null",
                "http://127.0.0.1",
                "http://127.0.0.1:1",
                "file://",
                "http://evil.example@127.0.0.1"
            })
    void aPageOfAnotherOriginIsNotServed(String origin) throws Exception {
        String host = "Host: 127.0.0.1:" + CONTROL;
        assertNothingHappened(control("POST", "/faults", FAULT, host, JSON, "Origin: " + origin), 403);
        assertNothingHappened(control("POST", "/reset", "", host, "Origin: " + origin), 403);
        assertNothingHappened(control("GET", "/state", "", host, "Origin: " + origin), 403);
        assertNothingHappened(control("OPTIONS", "/faults", "", host, "Origin: " + origin), 403);
        // The same machine, but another program.
        assertNothingHappened(control("POST", "/reset", "", host, "Origin: https://127.0.0.1:" + CONTROL), 403);
        assertNothingHappened(
                entra(
                        "POST",
                        "/common/oauth2/deviceauth",
                        "code=x&do=decline",
                        "Host: localhost:" + ENTRA,
                        "Origin: " + origin),
                403);
        assertNothingHappened(
                entra(
                        "POST",
                        "/common/oauth2/v2.0/authorize?redirect_uri=http://localhost",
                        "user=orders@contoso.com&password=pw&do=sign-in",
                        "Host: localhost:" + ENTRA,
                        "Origin: " + origin),
                403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Type: text/plain",
                "Content-Type: application/x-www-form-urlencoded",
                "Content-Type: multipart/form-data; boundary=application/json",
                "Content-Type: text/plain; application/json",
                "Content-Type: application/json\r\nContent-Type: text/plain",
                "X-No-Type: at all"
            })
    void whatAFormCanSendIsNoJson(String type) throws Exception {
        String host = "Host: localhost:" + CONTROL;
        assertNothingHappened(control("POST", "/faults", FAULT, host, type), 415);
        assertNothingHappened(control("POST", "/mailboxes", "{\"address\":\"x@contoso.com\"}", host, type), 415);
        assertNothingHappened(control("POST", "/token", "{\"roles\":[]}", host, type), 415);
        assertNothingHappened(control("POST", "/secrets", "{\"add\":\"second\"}", host, type), 415);
        assertNothingHappened(control("POST", "/signin", "{\"decline\":true}", host, type), 415);
        assertNothingHappened(control("POST", "/reset", "{}", host, type), 415);
        assertNothingHappened(
                control("POST", "/mailboxes/orders@contoso.com/messages", "Subject: x\r\n\r\n", host, type), 415);
        assertThat(SANDBOX.mailboxes()).noneMatch(mailbox -> mailbox.address().equals("x@contoso.com"));
        assertThat(SANDBOX.messages("orders@contoso.com")).isEmpty();
    }

    @Test
    void programsOnThisMachineAndTheBoxsOwnPageAreServed() throws Exception {
        for (String name : Set.of("127.0.0.1", "localhost", "LOCALHOST", "[::1]")) {
            assertThat(control("GET", "/state", "", "Host: " + name + ":" + CONTROL))
                    .startsWith("HTTP/1.1 200");
        }
        String host = "Host: localhost:" + CONTROL;
        assertThat(control("POST", "/faults", FAULT, host, "Content-Type: Application/JSON; charset=utf-8"))
                .startsWith("HTTP/1.1 200");
        assertThat(SANDBOX.limits().maxConnections()).isEqualTo(1);
        assertThat(control("POST", "/reset", "", host)).startsWith("HTTP/1.1 200");
        assertThat(entra(
                        "POST",
                        "/common/oauth2/deviceauth",
                        "code=x&do=decline",
                        "Host: localhost:" + ENTRA,
                        "Origin: https://localhost:" + ENTRA))
                .startsWith("HTTP/1.1 200")
                .contains("There is no sign-in with that code");
    }

    @Test
    void whatWasEnteredOnThePageIsNoMarkup() throws Exception {
        String code = SANDBOX_CODE.formatted(SANDBOX.clientId());
        String started = entra(
                "POST",
                "/" + SANDBOX.tenantId() + "/oauth2/v2.0/devicecode",
                code,
                "Host: localhost:" + ENTRA,
                "Content-Type: application/x-www-form-urlencoded");
        String userCode = started.replaceAll("(?s).*\"user_code\":\"([A-Z0-9]+)\".*", "$1");
        String said = entra(
                "POST",
                "/common/oauth2/deviceauth",
                "code=" + userCode + "&user=%3Cscript%3Ealert(1)%3C/script%3E&password=x&do=sign-in",
                "Host: localhost:" + ENTRA);
        assertThat(said)
                .startsWith("HTTP/1.1 200")
                .contains("the sign-in was refused")
                .doesNotContain("<script>");
    }

    private static final String SANDBOX_CODE = "client_id=%s&scope=https://outlook.office.com/SMTP.Send";
}
