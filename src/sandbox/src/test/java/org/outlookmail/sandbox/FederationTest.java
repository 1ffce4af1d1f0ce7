package org.outlookmail.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A token of a cluster's issuer proves an application, if Entra has been told so. */
@Tag("unit")
class FederationTest {
    private static final String SUBJECT = "system:serviceaccount:shop:mailer";
    private static final String OTHER = "aaaaaaaa-0000-0000-0000-000000000000";
    private static final SettableClock CLOCK = new SettableClock();
    private static final Sandbox BOX = Sandbox.builder()
            .randomPorts()
            .clock(CLOCK)
            .client(OTHER, "other-secret", "IMAP.AccessAsApp")
            .federate(SUBJECT)
            .start();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().sslContext(BOX.sslContext()).build();
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @AfterAll
    static void close() {
        BOX.close();
    }

    @BeforeEach
    void reset() {
        BOX.reset();
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return HTTP.send(request.timeout(Duration.ofSeconds(20)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> ask(String clientId, String assertion) throws Exception {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "client_credentials");
        form.put("client_id", clientId);
        form.put("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
        form.put("client_assertion", assertion);
        form.put("scope", "https://outlook.office365.com/.default");
        String body = form.entrySet().stream()
                .map(pair -> pair.getKey() + "=" + URLEncoder.encode(pair.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return send(HttpRequest.newBuilder(BOX.tokenEndpoint())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static void refused(String assertion, int status, String error, int code, String words) throws Exception {
        HttpResponse<String> answer = ask(BOX.clientId(), assertion);
        JsonNode json = MAPPER.readTree(answer.body());
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(json.path("error").asText()).isEqualTo(error);
        assertThat(json.path("error_codes").path(0).asInt()).isEqualTo(code);
        assertThat(json.path("error_description").asText()).contains("AADSTS" + code, words);
        assertThat(answer.body()).doesNotContain(assertion);
    }

    @Test
    void theTokenOfATrustedServiceAccountBringsTheApplicationsToken() throws Exception {
        HttpResponse<String> answer = ask(BOX.clientId(), BOX.entra().assertion(SUBJECT));

        assertThat(answer.statusCode()).isEqualTo(200);
        SignedJWT token = SignedJWT.parse(
                MAPPER.readTree(answer.body()).path("access_token").asText());
        assertThat(token.getJWTClaimsSet().getStringClaim("appid")).isEqualTo(BOX.clientId());
        assertThat(token.getJWTClaimsSet().getStringListClaim("roles")).contains("SMTP.SendAsApp");
        assertThat(BOX.state().entra().grant("client_credentials")).isEqualTo(new SandboxState.Grant(1, 0));
    }

    @Test
    void eachThingThatDoesNotMatchHasItsNumber() throws Exception {
        String issuer = "https://elsewhere.example/cluster";
        refused(BOX.entra().assertion(SUBJECT, Map.of("iss", issuer)), 401, "invalid_client", 700211, issuer);
        refused(
                BOX.entra().assertion("system:serviceaccount:shop:Mailer"),
                401,
                "invalid_client",
                700213,
                "system:serviceaccount:shop:Mailer");
        refused(
                BOX.entra().assertion(SUBJECT, Map.of("aud", "https://kubernetes.default.svc")),
                401,
                "invalid_client",
                700212,
                "https://kubernetes.default.svc");
    }

    @Test
    void anAssertionThatHasEndedOrIsNotSignedByTheIssuerIsRefused() throws Exception {
        String good = BOX.entra().assertion(SUBJECT);
        refused("no.jwt.at-all", 400, "invalid_request", 50027, "malformed");
        refused(good.substring(0, good.length() - 8) + "AAAAAAAA", 400, "invalid_request", 50027, "malformed");
        CLOCK.advance(Duration.ofMinutes(61));
        refused(good, 401, "invalid_client", 700024, "valid time range");
        assertThat(ask(BOX.clientId(), BOX.entra().assertion(SUBJECT)).statusCode())
                .isEqualTo(200);
    }

    @Test
    void anotherApplicationAndAnotherIssuerAreTrustedOnlyWhenToldSo() throws Exception {
        assertThat(ask(OTHER, BOX.entra().assertion(SUBJECT)).body()).contains("AADSTS700211");
        BOX.entra().federate(OTHER, BOX.entra().clusterIssuer(), SUBJECT);
        assertThat(ask(OTHER, BOX.entra().assertion(SUBJECT)).statusCode()).isEqualTo(200);

        String github = "https://token.actions.githubusercontent.com";
        BOX.entra()
                .federate(
                        BOX.clientId(),
                        github,
                        "repo:contoso/shop",
                        "another",
                        BOX.entra().clusterKeys());
        Map<String, String> claims = Map.of("iss", github, "aud", "another");
        assertThat(ask(BOX.clientId(), BOX.entra().assertion("repo:contoso/shop", claims))
                        .statusCode())
                .isEqualTo(200);

        BOX.entra().removeFederations();
        assertThat(ask(BOX.clientId(), BOX.entra().assertion(SUBJECT)).body()).contains("AADSTS700211");
        assertThatThrownBy(() -> BOX.entra().federate("nobody", github, SUBJECT))
                .hasMessageContaining("nobody");
    }

    @Test
    void theIssuerPublishesTheKeysThatItSignsWith() throws Exception {
        String issuer = BOX.entra().clusterIssuer();
        JsonNode discovery =
                MAPPER.readTree(send(HttpRequest.newBuilder(URI.create(issuer + "/.well-known/openid-configuration")))
                        .body());
        assertThat(discovery.path("issuer").asText()).isEqualTo(issuer);
        JWKSet keys = JWKSet.parse(send(HttpRequest.newBuilder(
                        URI.create(discovery.path("jwks_uri").asText())))
                .body());

        SignedJWT assertion = SignedJWT.parse(BOX.entra().assertion(SUBJECT));

        assertThat(assertion.verify(new RSASSAVerifier(
                        keys.getKeyByKeyId(assertion.getHeader().getKeyID()).toRSAKey())))
                .isTrue();
        assertThat(keys.containsNonPublicKeys()).isFalse();
    }

    @Test
    void aShellDoesTheSameOverTheControlApi() throws Exception {
        BOX.entra().removeFederations();
        assertThat(control("/federations", "{\"subject\":\"" + SUBJECT + "\"}").statusCode())
                .isEqualTo(201);
        HttpResponse<String> made =
                control("/assertions", "{\"subject\":\"" + SUBJECT + "\",\"claims\":{\"jti\":\"1\"}}");
        String assertion = MAPPER.readTree(made.body()).path("assertion").asText();

        assertThat(SignedJWT.parse(assertion).getJWTClaimsSet().getJWTID()).isEqualTo("1");
        assertThat(ask(BOX.clientId(), assertion).statusCode()).isEqualTo(200);
        assertThat(control("/federations", "{}").statusCode()).isEqualTo(400);
    }

    private static HttpResponse<String> control(String path, String json) throws Exception {
        return send(HttpRequest.newBuilder(BOX.controlUrl().resolve(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }
}
