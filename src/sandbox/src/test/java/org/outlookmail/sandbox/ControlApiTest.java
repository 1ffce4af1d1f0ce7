package org.outlookmail.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The control API over HTTP. */
class ControlApiTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Sandbox sandbox = Sandbox.builder().randomPorts().start();
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        sandbox.close();
    }

    private HttpResponse<String> call(String method, String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(sandbox.controlUrl().resolve(path))
                .header("Content-Type", path.contains("/messages") ? "message/rfc822" : "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode get(String path) throws Exception {
        HttpResponse<String> response = call("GET", path, "");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return MAPPER.readTree(response.body());
    }

    @Test
    void theStateHasTheShapeOfTheDocumentation() throws Exception {
        MailClients.send(sandbox, "noreply@contoso.com", "orders@contoso.com", "One");

        JsonNode state = get("/state");

        assertThat(state.at("/entra/tokenRequests").asInt(-1)).isZero();
        assertThat(state.at("/entra/byGrant").isObject()).isTrue();
        assertThat(state.at("/smtp/connections").asInt()).isEqualTo(1);
        assertThat(state.at("/smtp/maxOpen").asInt()).isEqualTo(1);
        assertThat(state.at("/smtp/authentications").asInt()).isEqualTo(1);
        assertThat(state.at("/smtp/refusedAuthentications").asInt(-1)).isZero();
        assertThat(state.at("/smtp/commands").asInt()).isEqualTo(8);
        assertThat(state.at("/smtp/roundTrips").asInt()).isEqualTo(10);
        assertThat(state.at("/smtp/messages").asInt()).isEqualTo(1);
        assertThat(state.at("/imap/open").asInt(-1)).isZero();
        assertThat(state.at("/pop3/connections").asInt(-1)).isZero();
        assertThat(state.path("mailboxes")
                        .path("orders@contoso.com")
                        .path("INBOX")
                        .asInt())
                .isEqualTo(1);
        assertThat(state.path("mailboxes")
                        .path("noreply@contoso.com")
                        .path("Sent Items")
                        .asInt())
                .isEqualTo(1);
        assertThat(state.path("mailboxes")
                        .path("support@contoso.com")
                        .path("INBOX")
                        .asInt(-1))
                .isZero();
    }

    @Test
    void messagesAreListedWithAndWithoutTheirText() throws Exception {
        assertThat(call("POST", "/mailboxes/orders@contoso.com/messages?folder=Archive", "Subject: Old\r\n\r\nText\r\n")
                        .statusCode())
                .isEqualTo(201);

        JsonNode brief =
                get("/mailboxes/orders@contoso.com/messages?folder=Archive").path(0);
        JsonNode full = get("/mailboxes/Orders@contoso.com/messages?folder=Archive&raw=true")
                .path(0);

        assertThat(brief.at("/headers/0/name").asText()).isEqualTo("Subject");
        assertThat(brief.at("/headers/0/value").asText()).isEqualTo("Old");
        assertThat(brief.path("size").asInt()).isEqualTo(22);
        assertThat(brief.has("raw")).isFalse();
        assertThat(full.path("raw").asText()).isEqualTo("Subject: Old\r\n\r\nText\r\n");
        assertThat(get("/mailboxes/orders@contoso.com/messages")).isEmpty();
    }

    @Test
    void aMailboxIsCreatedWithItsRights() throws Exception {
        String body = "{\"address\":\"New@contoso.com\",\"sendAs\":[\"sales@contoso.com\"],\"apps\":[\"another-app\"]}";
        assertThat(call("POST", "/mailboxes", body).statusCode()).isEqualTo(201);
        assertThat(call("POST", "/mailboxes", "{\"address\":\"plain@contoso.com\"}")
                        .statusCode())
                .isEqualTo(201);
        assertThat(call("POST", "/mailboxes", body).statusCode()).isEqualTo(400);
        assertThat(call("POST", "/mailboxes", "{}").statusCode()).isEqualTo(400);
        assertThat(call("POST", "/mailboxes", "{\"address\":\"no address\"}").statusCode())
                .isEqualTo(400);

        assertThat(sandbox.mailboxes()).anySatisfy(mailbox -> {
            assertThat(mailbox.address()).isEqualTo("new@contoso.com");
            assertThat(mailbox.sendAs()).containsExactly("sales@contoso.com");
            assertThat(mailbox.apps()).containsExactly("another-app");
        });
        try (RawClient client = RawClient.smtp(sandbox, "plain@contoso.com")) {
            assertThat(client.ask("NOOP")).startsWith("250");
        }
    }

    @Test
    void faultsAreSetShownAndEndedByTheReset() throws Exception {
        JsonNode limits = MAPPER.readTree(
                call("POST", "/faults", "{\"maxConnections\":1,\"delayMillis\":1,\"messagesPerMinute\":30}")
                        .body());
        assertThat(limits.path("maxConnections").asInt()).isEqualTo(1);
        assertThat(get("/faults")).isEqualTo(limits);
        try (RawClient first = RawClient.smtp(sandbox, "noreply@contoso.com");
                RawClient second = RawClient.smtp(sandbox)) {
            assertThat(second.ask("AUTH XOAUTH2 " + RawClient.xoauth2("noreply@contoso.com", sandbox.issueToken())))
                    .startsWith("432");
            assertThat(first.ask("NOOP")).startsWith("250");
        }
        sandbox.deliver("orders@contoso.com", MailClients.mail("One"));

        assertThat(call("POST", "/reset", "").statusCode()).isEqualTo(200);

        assertThat(get("/faults").path("maxConnections").asInt()).isEqualTo(3);
        assertThat(get("/state").at("/smtp/connections").asInt(-1)).isZero();
        assertThat(sandbox.messages("orders@contoso.com")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[]                                              | A JSON object is needed",
                "not json                                        | no JSON",
                "{\"colour\":1}                                  | unknown fault \"colour\"",
                "{\"smtp\":{\"at\":\"FETCH\",\"action\":\"drop\"}}  | smtp.at must be one of",
                "{\"imap\":{\"at\":\"FETCH\",\"action\":\"burn\"}}  | imap.action must be drop, stall or reply",
                "{\"pop3\":{\"at\":\"AUTH\",\"action\":\"reply\"}}  | pop3.reply is missing",
                "{\"smtp\":{\"at\":\"MAIL\",\"action\":\"drop\",\"times\":0}} | smtp.times must be 1 or more",
                "{\"smtp\":{\"at\":\"MAIL\",\"action\":\"drop\",\"x\":0}} | unknown smtp.x",
                "{\"token\":{\"status\":99}}                     | token.status must be",
                "{\"token\":7}                                   | token must be an object",
                "{\"delayMillis\":-1}                            | delayMillis must be a whole number",
                "{\"expireTokens\":\"yes\"}                      | expireTokens must be true or false",
                "{\"refuseSecret\":\"7000222\"}                  | refuseSecret must be a code",
                "{\"smtpAuthDisabled\":[1]}                      | smtpAuthDisabled must be a list of strings",
                "{\"dropConnections\":[\"http\"]}                | dropConnections may name",
            })
    void aWrongFaultIsExplainedAndChangesNothing(String body, String complaint) throws Exception {
        HttpResponse<String> response = call("POST", "/faults", body);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(MAPPER.readTree(response.body()).path("error").asText()).contains(complaint);
    }

    @Test
    void anErrorBesideGoodFaultsKeepsThemOut() throws Exception {
        assertThat(call("POST", "/faults", "{\"maxConnections\":1,\"colour\":1}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(get("/faults").path("maxConnections").asInt()).isEqualTo(3);
    }

    @Test
    void discardedMailIsCountedAndNotKept() throws Exception {
        call("POST", "/faults", "{\"discardMail\":true}");
        MailClients.send(sandbox, "noreply@contoso.com", "orders@contoso.com", "One");
        assertThat(sandbox.state().smtp().messages()).isEqualTo(1);
        assertThat(sandbox.messages("orders@contoso.com")).isEmpty();
    }

    @Test
    void outboundMailIsListed() throws Exception {
        MailClients.send(sandbox, "noreply@contoso.com", "someone@example.org", "One");
        assertThat(get("/outbound").at("/0/recipients/0").asText()).isEqualTo("someone@example.org");
        assertThat(get("/outbound?raw=true").at("/0/raw").asText()).contains("Subject: One");
    }

    @Test
    void aTokenWithOddClaimsIsIssued() throws Exception {
        JsonNode answer = MAPPER.readTree(
                call("POST", "/token", "{\"roles\":[\"IMAP.AccessAsApp\"]}").body());
        try (RawClient client = RawClient.smtp(sandbox)) {
            String sent = RawClient.xoauth2(
                    "noreply@contoso.com", answer.path("access_token").asText());
            assertThat(client.ask("AUTH XOAUTH2 " + sent)).startsWith("535");
        }
        assertThat(sandbox.state().smtp().lastRefusal())
                .isEqualTo("roles are " + List.of("IMAP.AccessAsApp") + ", SMTP.SendAsApp is missing");
    }

    @Test
    void theCertificateIsGivenAndUnknownThingsAreNotFound() throws Exception {
        assertThat(call("GET", "/ca.pem", "").body()).startsWith("-----BEGIN CERTIFICATE-----");
        assertThat(call("GET", "/", "").body()).contains("/faults");
        assertThat(call("GET", "/nothing", "").statusCode()).isEqualTo(404);
        assertThat(call("GET", "/mailboxes/ghost@contoso.com/messages", "").statusCode())
                .isEqualTo(404);
        assertThat(call("GET", "/mailboxes/orders@contoso.com", "").statusCode())
                .isEqualTo(404);
        assertThat(call("DELETE", "/mailboxes/orders@contoso.com/messages", "").statusCode())
                .isEqualTo(405);
        assertThat(get("/mailboxes")).hasSize(4);
    }
}
