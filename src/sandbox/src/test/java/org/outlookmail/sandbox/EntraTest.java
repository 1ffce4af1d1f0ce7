package org.outlookmail.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The token endpoint, discovery and keys. */
class EntraTest {
    private static final SettableClock CLOCK = new SettableClock();
    private static final Sandbox SANDBOX = Sandbox.builder()
            .randomPorts()
            .clock(CLOCK)
            .client("aaaaaaaa-0000-0000-0000-000000000000", "other-secret", "SMTP.SendAsApp")
            .start();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().sslContext(SANDBOX.sslContext()).build();
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String EXCHANGE = "https://outlook.office365.com/.default";

    @AfterAll
    static void close() {
        SANDBOX.close();
    }

    @BeforeEach
    void reset() {
        SANDBOX.reset();
    }

    private static HttpResponse<String> post(URI to, Map<String, String> form, String... headers) throws Exception {
        String body = form.entrySet().stream()
                .map(pair -> pair.getKey() + "=" + URLEncoder.encode(pair.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        HttpRequest.Builder request = HttpRequest.newBuilder(to)
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> post(Map<String, String> form, String... headers) throws Exception {
        return post(SANDBOX.tokenEndpoint(), form, headers);
    }

    private static JsonNode get(String path) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(SANDBOX.entraUrl().resolve(path)).build();
        return MAPPER.readTree(
                HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }

    private static Map<String, String> form(String scope) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "client_credentials");
        form.put("client_id", SANDBOX.clientId());
        form.put("client_secret", SANDBOX.clientSecret());
        form.put("scope", scope);
        return form;
    }

    private static JWTClaimsSet claims(HttpResponse<String> response) throws Exception {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return SignedJWT.parse(
                        MAPPER.readTree(response.body()).path("access_token").asText())
                .getJWTClaimsSet();
    }

    @Test
    void theTokenCarriesEntrasClaims() throws Exception {
        HttpResponse<String> response = post(form(EXCHANGE));

        JsonNode body = MAPPER.readTree(response.body());
        assertThat(body.path("token_type").asText()).isEqualTo("Bearer");
        assertThat(body.path("expires_in").asLong()).isEqualTo(3599);
        assertThat(body.path("ext_expires_in").asLong()).isEqualTo(3599);
        assertThat(body.path("access_token").asText().length()).isBetween(1_400, 2_000);
        JWTClaimsSet claims = claims(response);
        assertThat(claims.getAudience()).containsExactly("https://outlook.office365.com");
        assertThat(claims.getIssuer()).isEqualTo("https://sts.windows.net/" + SANDBOX.tenantId() + "/");
        assertThat(claims.getStringClaim("tid")).isEqualTo(SANDBOX.tenantId());
        assertThat(claims.getStringClaim("appid")).isEqualTo(SANDBOX.clientId());
        assertThat(claims.getStringClaim("appidacr")).isEqualTo("1");
        assertThat(claims.getStringClaim("idtyp")).isEqualTo("app");
        assertThat(claims.getStringClaim("ver")).isEqualTo("1.0");
        assertThat(claims.getStringClaim("oid")).isNotEmpty().isEqualTo(claims.getSubject());
        assertThat(claims.getStringListClaim("roles"))
                .containsExactly("IMAP.AccessAsApp", "POP.AccessAsApp", "SMTP.SendAsApp");
        assertThat(claims.getExpirationTime()).isEqualTo(CLOCK.instant().plusSeconds(3600));
        assertThat(claims.getNotBeforeTime()).isBeforeOrEqualTo(CLOCK.instant());
        assertThat(claims.getClaims()).containsKeys("iat", "uti", "rh", "aio", "wids");
    }

    @Test
    void theSignatureIsThatOfThePublishedKey() throws Exception {
        String token = MAPPER.readTree(post(form(EXCHANGE)).body())
                .path("access_token")
                .asText();
        JsonNode discovery = get("/" + SANDBOX.tenantId() + "/v2.0/.well-known/openid-configuration");
        assertThat(discovery.path("token_endpoint").asText())
                .isEqualTo(SANDBOX.tokenEndpoint().toString());

        JWKSet keys = JWKSet.parse(
                get(URI.create(discovery.path("jwks_uri").asText()).getPath()).toString());

        SignedJWT jwt = SignedJWT.parse(token);
        assertThat(jwt.verify(new RSASSAVerifier(
                        keys.getKeyByKeyId(jwt.getHeader().getKeyID()).toRSAKey())))
                .isTrue();
        assertThat(keys.getKeys().get(0).getX509CertChain()).hasSize(1);
    }

    @Test
    void theAudienceIsTheResourceAndTheRolesAreThoseOfTheClientThere() throws Exception {
        JWTClaimsSet outlook = claims(post(form("https://outlook.office.com/.default")));
        assertThat(outlook.getAudience()).containsExactly("https://outlook.office.com");

        JWTClaimsSet graph = claims(post(form("https://graph.microsoft.com/.default")));
        assertThat(graph.getAudience()).containsExactly("https://graph.microsoft.com");
        assertThat(graph.getStringListClaim("roles")).contains("Mail.Send").doesNotContain("SMTP.SendAsApp");

        Map<String, String> other = form(EXCHANGE);
        other.put("client_id", "aaaaaaaa-0000-0000-0000-000000000000");
        other.put("client_secret", "other-secret");
        assertThat(claims(post(other)).getStringListClaim("roles")).containsExactly("SMTP.SendAsApp");
    }

    @Test
    void clientAndSecretMayComeInTheBasicHeader() throws Exception {
        Map<String, String> form = form(EXCHANGE);
        form.remove("client_id");
        form.remove("client_secret");
        String pair = SANDBOX.clientId() + ":" + SANDBOX.clientSecret();
        String basic = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));

        assertThat(post(form, "Authorization", "Basic " + basic).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "client_secret,     wrong,                                401, invalid_client,         7000215",
        "client_secret,     '',                                   401, invalid_client,         7000218",
        "client_id,         99999999-0000-0000-0000-000000000000, 400, unauthorized_client,    700016",
        "client_id,         '',                                   400, invalid_request,        900144",
        "scope,             '',                                   400, invalid_request,        900144",
        "scope,             https://outlook.office.com/SMTP.Send, 400, invalid_scope,          1002012",
        "scope,             nonsense,                             400, invalid_scope,          70011",
        "scope,             https://example.org/.default,         400, invalid_resource,       500011",
        "grant_type,        magic,                                400, unsupported_grant_type, 70003",
        "grant_type,        '',                                   400, invalid_request,        900144",
    })
    void aWrongParameterMeetsEntrasCode(String name, String value, int status, String error, int code)
            throws Exception {
        Map<String, String> form = form(EXCHANGE);
        form.put(name, value);

        HttpResponse<String> response = post(form, "client-request-id", "12345678-1234-1234-1234-123456789012");

        assertThat(response.statusCode()).isEqualTo(status);
        JsonNode body = MAPPER.readTree(response.body());
        assertThat(body.path("error").asText()).isEqualTo(error);
        assertThat(body.path("error_codes").path(0).asInt()).isEqualTo(code);
        assertThat(body.path("error_description").asText())
                .startsWith("AADSTS" + code + ": ")
                .contains("Trace ID: " + body.path("trace_id").asText())
                .contains("Correlation ID: 12345678-1234-1234-1234-123456789012")
                .contains("Timestamp: 2026-11-20 10:00:00Z")
                .doesNotContain(SANDBOX.clientSecret());
        assertThat(body.path("timestamp").asText()).isEqualTo("2026-11-20 10:00:00Z");
        assertThat(body.path("error_uri").asText()).endsWith("code=" + code);
    }

    @ParameterizedTest
    @CsvSource({"99999999-0000-0000-0000-000000000000, 90002", "contoso.example, 90002", "no-tenant, 900023"})
    void anotherTenantIsRefused(String tenant, int code) throws Exception {
        HttpResponse<String> response =
                post(SANDBOX.entraUrl().resolve("/" + tenant + "/oauth2/v2.0/token"), form(EXCHANGE));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(MAPPER.readTree(response.body()).path("error_codes").path(0).asInt())
                .isEqualTo(code);
        assertThat(get("/" + tenant + "/v2.0/.well-known/openid-configuration")
                        .path("error_codes")
                        .path(0)
                        .asInt())
                .isEqualTo(code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"common", "organizations"})
    void discoveryWithoutATenantLeavesTheIssuerOpen(String name) throws Exception {
        JsonNode discovery = get("/" + name + "/v2.0/.well-known/openid-configuration");

        assertThat(discovery.path("issuer").asText()).isEqualTo("https://login.microsoftonline.com/{tenantid}/v2.0");
        for (String endpoint : List.of("token_endpoint", "authorization_endpoint", "device_authorization_endpoint")) {
            assertThat(discovery.path(endpoint).asText()).startsWith(SANDBOX.entraUrl() + "/" + name + "/oauth2/v2.0/");
        }
        assertThat(get("/" + name + "/discovery/v2.0/keys").path("keys")).hasSize(1);
        assertThat(get("/" + SANDBOX.tenantId() + "/v2.0/.well-known/openid-configuration")
                        .path("issuer")
                        .asText())
                .isEqualTo("https://login.microsoftonline.com/" + SANDBOX.tenantId() + "/v2.0");
    }

    @Test
    void instanceDiscoveryKnowsMicrosoftsHostsAndTheBox() throws Exception {
        String ask = "/common/discovery/instance?api-version=1.1&authorization_endpoint=";
        String box = "localhost:" + SANDBOX.entraUrl().getPort();
        for (String host : List.of("login.microsoftonline.com", "login.windows.net", box)) {
            JsonNode answer = get(ask + "https://" + host + "/common/oauth2/v2.0/authorize");
            assertThat(answer.path("tenant_discovery_endpoint").asText())
                    .isEqualTo("https://" + host + "/common/v2.0/.well-known/openid-configuration");
            assertThat(answer.path("metadata").findValuesAsText("preferred_network"))
                    .containsExactly("login.microsoftonline.com", box);
            assertThat(answer.path("metadata").path(0).path("aliases").toString())
                    .contains("login.microsoftonline.com", "login.windows.net");
        }
        assertThat(errorCode(get(ask + "https://evil.example/common/oauth2/v2.0/authorize")))
                .isEqualTo(50049);
        assertThat(errorCode(get(ask + "https://localhost:1/common/oauth2/v2.0/authorize")))
                .isEqualTo(50049);
        for (String wrong :
                List.of("http://login.windows.net/common", "nonsense", "https://login.windows.net", "%5E")) {
            assertThat(errorCode(get(ask + wrong))).isEqualTo(90100);
        }
        assertThat(errorCode(get("/common/discovery/instance?api-version=1.1"))).isEqualTo(900144);
    }

    @ParameterizedTest
    @CsvSource({
        "orders@contoso.com,  Managed, contoso.com",
        "nobody%40Contoso.com, Managed, contoso.com",
        "a@example.org,       Unknown, ''",
        "nonsense,            Unknown, ''"
    })
    void theRealmOfAUserIsThatOfTheDomain(String user, String type, String domain) throws Exception {
        for (String tenant : List.of("common", SANDBOX.tenantId())) {
            JsonNode realm = get("/" + tenant + "/userrealm/" + user + "?api-version=1.0");
            assertThat(realm.path("ver").asText()).isEqualTo("1.0");
            assertThat(realm.path("account_type").asText()).isEqualTo(type);
            assertThat(realm.path("domain_name").asText()).isEqualTo(domain);
            assertThat(realm.path("cloud_instance_name").asText()).isEqualTo("microsoftonline.com");
            assertThat(realm.path("cloud_audience_urn").asText()).isEqualTo("urn:federation:MicrosoftOnline");
        }
    }

    @Test
    void aDocumentWithVersionsNeedsOne() throws Exception {
        assertThat(errorCode(get("/common/userrealm/orders@contoso.com"))).isEqualTo(90014);
        assertThat(errorCode(get("/common/userrealm/orders@contoso.com?api-version=9")))
                .isEqualTo(90100);
        assertThat(errorCode(get("/common/userrealm/orders@contoso.com?api-version=1.0&api-version=1.0")))
                .isEqualTo(9000411);
        assertThat(errorCode(get("/no-tenant/userrealm/orders@contoso.com?api-version=1.0")))
                .isEqualTo(900023);
    }

    private static int errorCode(JsonNode answer) {
        return answer.path("error_codes").path(0).asInt();
    }

    @Test
    void anExpiredSecretIsAFaultUntilTheReset() throws Exception {
        SANDBOX.faults(new FaultPlan().refuseSecret("AADSTS7000222"));
        assertThat(post(form(EXCHANGE)).body()).contains("AADSTS7000222: The provided client secret keys for app");
        SANDBOX.reset();
        assertThat(post(form(EXCHANGE)).statusCode()).isEqualTo(200);
    }

    @Test
    void throttlingIsAnsweredAsOftenAsAsked() throws Exception {
        SANDBOX.faults("{\"token\":{\"status\":429,\"retryAfterSeconds\":5,\"body\":\"slow\",\"times\":2}}");
        for (int i = 0; i < 2; i++) {
            HttpResponse<String> response = post(form(EXCHANGE));
            assertThat(response.statusCode()).isEqualTo(429);
            assertThat(response.headers().firstValue("Retry-After")).contains("5");
            assertThat(response.body()).isEqualTo("slow");
        }
        assertThat(post(form(EXCHANGE)).statusCode()).isEqualTo(200);
        assertThat(SANDBOX.state().entra())
                .isEqualTo(new SandboxState.Entra(3, Map.of("client_credentials", new SandboxState.Grant(1, 2))));
    }

    @Test
    void aStalledAnswerIsLate() throws Exception {
        SANDBOX.faults(new FaultPlan().stallToken(300, 1));
        long start = System.nanoTime();
        assertThat(post(form(EXCHANGE)).statusCode()).isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
    }

    @Test
    void whatIsNotThereAndTheWrongMethodAreRefused() throws Exception {
        assertThat(get("/nothing").path("error").asText()).isEqualTo("not_found");
        HttpRequest get = HttpRequest.newBuilder(SANDBOX.tokenEndpoint()).build();
        assertThat(HTTP.send(get, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(405);
    }
}
