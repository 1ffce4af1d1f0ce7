package org.outlookmail.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The token endpoints beside a machine of Azure: the metadata service's and App Service's. */
@Tag("unit")
class MetadataTest {
    private static final String OTHER = "aaaaaaaa-0000-0000-0000-000000000000";
    private static final String EXCHANGE = "resource=https%3A%2F%2Foutlook.office365.com";
    private static final Sandbox BOX = Sandbox.builder()
            .randomPorts()
            .client(OTHER, "other-secret", "IMAP.AccessAsApp")
            .start();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @AfterAll
    static void close() {
        BOX.close();
    }

    @BeforeEach
    void reset() {
        BOX.reset();
    }

    private static HttpResponse<String> get(URI address, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(20));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> machine(String query, String... headers) throws Exception {
        return get(BOX.metadataUrl().resolve("/metadata/identity/oauth2/token?" + query), headers);
    }

    private static HttpResponse<String> appService(String query, String header) throws Exception {
        return get(URI.create(BOX.identityEndpoint() + "?" + query), "X-IDENTITY-HEADER", header);
    }

    private static String application(JsonNode answer) throws Exception {
        return SignedJWT.parse(answer.path("access_token").asText())
                .getJWTClaimsSet()
                .getStringClaim("appid");
    }

    @Test
    void theMachinesOwnIdentityIsTheDefaultClient() throws Exception {
        HttpResponse<String> answer = machine("api-version=2018-02-01&" + EXCHANGE, "Metadata", "true");

        assertThat(answer.statusCode()).isEqualTo(200);
        JsonNode json = MAPPER.readTree(answer.body());
        assertThat(application(json)).isEqualTo(BOX.clientId());
        assertThat(json.path("expires_in").asText()).isEqualTo("3599");
        assertThat(json.path("expires_in").isTextual()).isTrue();
        assertThat(json.path("token_type").asText()).isEqualTo("Bearer");
        assertThat(json.path("resource").asText()).isEqualTo("https://outlook.office365.com");
        assertThat(BOX.state().metadata()).isEqualTo(new SandboxState.Metadata(1, 1, 0));
        assertThat(BOX.state().entra().tokenRequests()).isZero();
    }

    @Test
    void anotherIdentityIsNamedByItsClientId() throws Exception {
        JsonNode json = MAPPER.readTree(
                machine("api-version=2018-02-01&client_id=" + OTHER + "&" + EXCHANGE, "Metadata", "true")
                        .body());

        assertThat(application(json)).isEqualTo(OTHER);
        assertThat(json.path("client_id").asText()).isEqualTo(OTHER);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "api-version=2018-02-01&resource=x                 |       | Required metadata header not specified",
                "api-version=2018-02-01&resource=x                 | false | Required metadata header not specified",
                "resource=x                                        | true  | api-version was not specified",
                "api-version=2018-02-01                            | true  | Required query variable 'resource' is missing",
                "api-version=2018-02-01&resource=https%3A%2F%2Fx   | true  | AADSTS500011",
                "api-version=2018-02-01&resource=x&client_id=none  | true  | Identity not found",
            })
    void whatIsMissingOrUnknownIsNamed(String query, String header, String words) throws Exception {
        HttpResponse<String> answer = header == null ? machine(query) : machine(query, "Metadata", header);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains(words);
        assertThat(BOX.state().metadata()).isEqualTo(new SandboxState.Metadata(1, 0, 1));
    }

    @Test
    void aRequestThatAProxyHasPassedOnIsRefused() throws Exception {
        assertThat(machine("api-version=2018-02-01&" + EXCHANGE, "Metadata", "true", "X-Forwarded-For", "10.0.0.1")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void appServiceWantsItsHeaderAndSaysWhenTheTokenEnds() throws Exception {
        String query = "api-version=2019-08-01&" + EXCHANGE;
        HttpResponse<String> answer = appService(query, BOX.identityHeader());

        assertThat(answer.statusCode()).isEqualTo(200);
        JsonNode json = MAPPER.readTree(answer.body());
        assertThat(application(json)).isEqualTo(BOX.clientId());
        assertThat(json.has("expires_in")).isFalse();
        assertThat(Instant.ofEpochSecond(json.path("expires_on").asLong()))
                .isBetween(Instant.now().plusSeconds(3500), Instant.now().plusSeconds(3700));

        assertThat(appService(query, "wrong").statusCode()).isEqualTo(401);
        assertThat(get(URI.create(BOX.identityEndpoint() + "?" + query)).statusCode())
                .isEqualTo(401);
        assertThat(appService(EXCHANGE, BOX.identityHeader()).body()).contains("api-version");
        assertThat(appService(query + "&client_id=none", BOX.identityHeader()).body())
                .contains("No User Assigned or Delegated Managed Identity found");
    }

    @Test
    void aMachineWithoutAnIdentitySaysSoAtBoth() throws Exception {
        BOX.faults(new FaultPlan().noIdentity());

        assertThat(machine("api-version=2018-02-01&" + EXCHANGE, "Metadata", "true")
                        .body())
                .isEqualTo("{\"error\":\"invalid_request\",\"error_description\":\"Identity not found\"}");
        assertThat(appService("api-version=2019-08-01&" + EXCHANGE, BOX.identityHeader())
                        .body())
                .contains("Unable to load the proper Managed Identity.");
    }

    @Test
    void itIsThrottledUpdatedOrLateOnDemand() throws Exception {
        BOX.faults(new FaultPlan()
                .metadata(429, 3, "{\"error\":\"too_many_requests\"}", 1)
                .metadata(410, -1, "", 1));
        String query = "api-version=2018-02-01&" + EXCHANGE;

        HttpResponse<String> throttled = machine(query, "Metadata", "true");
        assertThat(throttled.statusCode()).isEqualTo(429);
        assertThat(throttled.headers().firstValue("Retry-After")).contains("3");
        assertThat(machine(query, "Metadata", "true").statusCode()).isEqualTo(410);
        BOX.faults(new FaultPlan().stallMetadata(1, 1));
        assertThat(machine(query, "Metadata", "true").statusCode()).isEqualTo(200);
        assertThat(BOX.state().metadata()).isEqualTo(new SandboxState.Metadata(3, 1, 2));
    }
}
