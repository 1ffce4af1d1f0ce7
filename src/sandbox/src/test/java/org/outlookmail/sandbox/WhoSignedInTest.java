package org.outlookmail.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client is told of the user beside the access token, and the names that stand for any tenant. */
@Tag("unit")
class WhoSignedInTest {
    private static final String USER = "orders@contoso.com";
    private static final String MAIL = "https://outlook.office.com/SMTP.Send";
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final SettableClock CLOCK = new SettableClock();

    private static Sandbox box;
    private static Browser http;

    @BeforeAll
    static void start() {
        box = Sandbox.builder().randomPorts().clock(CLOCK).user(USER, "pw").start();
        http = new Browser(box);
    }

    @AfterAll
    static void stop() {
        box.close();
    }

    @BeforeEach
    void reset() {
        box.reset();
    }

    private static JsonNode get(String path) throws Exception {
        return MAPPER.readTree(http.get(URI.create(box.entraUrl() + path)).body());
    }

    private static JsonNode post(String path, Map<String, String> form) throws Exception {
        return MAPPER.readTree(
                http.post(URI.create(box.entraUrl() + path), form).body());
    }

    private static JsonNode token(String tenant, Map<String, String> form, String... more) throws Exception {
        Map<String, String> all = new HashMap<>(form);
        all.putIfAbsent("client_id", box.clientId());
        for (int i = 0; i < more.length; i += 2) {
            all.put(more[i], more[i + 1]);
        }
        return post("/" + tenant + "/oauth2/v2.0/token", all);
    }

    private static JsonNode password(String scope, String... more) throws Exception {
        return token(
                box.tenantId(),
                Map.of("grant_type", "password", "username", USER, "password", "pw", "scope", scope),
                more);
    }

    private static JWTClaimsSet claims(JsonNode answer, String token) throws Exception {
        assertThat(answer.has(token)).as(answer.toString()).isTrue();
        return SignedJWT.parse(answer.get(token).asText()).getJWTClaimsSet();
    }

    private static int code(JsonNode answer) {
        return answer.path("error_codes").path(0).asInt();
    }

    @Test
    void theIdTokenHasEntrasClaimsAndThePublishedKeysSignature() throws Exception {
        JsonNode answer = password("openid profile email " + MAIL);

        JWTClaimsSet claims = claims(answer, "id_token");
        assertThat(claims.getAudience()).containsExactly(box.clientId());
        assertThat(claims.getIssuer()).isEqualTo("https://login.microsoftonline.com/" + box.tenantId() + "/v2.0");
        assertThat(claims.getStringClaim("preferred_username")).isEqualTo(USER);
        assertThat(claims.getStringClaim("name")).isEqualTo(USER);
        assertThat(claims.getStringClaim("email")).isEqualTo(USER);
        assertThat(claims.getStringClaim("tid")).isEqualTo(box.tenantId());
        assertThat(claims.getStringClaim("ver")).isEqualTo("2.0");
        assertThat(claims.getStringClaim("oid"))
                .isEqualTo(claims(answer, "access_token").getStringClaim("oid"));
        assertThat(claims.getSubject()).isNotEmpty().isNotEqualTo(claims.getStringClaim("oid"));
        assertThat(claims.getClaims()).containsKeys("uti", "rh").doesNotContainKeys("nonce", "scp", "roles");
        assertThat(claims.getNotBeforeTime()).isBeforeOrEqualTo(CLOCK.instant()).isEqualTo(claims.getIssueTime());
        assertThat(claims.getExpirationTime()).isEqualTo(CLOCK.instant().plusSeconds(3600));
        SignedJWT token = SignedJWT.parse(answer.get("id_token").asText());
        JWKSet keys = JWKSet.parse(get("/common/discovery/v2.0/keys").toString());
        assertThat(token.verify(new RSASSAVerifier(
                        keys.getKeyByKeyId(token.getHeader().getKeyID()).toRSAKey())))
                .isTrue();
    }

    @Test
    void anIdTokenComesOnlyForOpenIdAndNamesOnlyForProfile() throws Exception {
        assertThat(password(MAIL + " profile email offline_access").has("id_token"))
                .isFalse();
        assertThat(claims(password(MAIL + " openid"), "id_token").getClaims())
                .containsKeys("sub", "tid")
                .doesNotContainKeys("name", "preferred_username", "oid", "email");
    }

    @Test
    void clientInfoComesOnlyIfAskedFor() throws Exception {
        assertThat(password(MAIL + " openid").has("client_info")).isFalse();
        assertThat(password(MAIL + " openid", "client_info", "0").has("client_info"))
                .isFalse();

        JsonNode answer = password(MAIL, "client_info", "1");
        byte[] json = Base64.getUrlDecoder().decode(answer.get("client_info").asText());
        assertThat(MAPPER.readTree(new String(json, StandardCharsets.UTF_8)))
                .isEqualTo(MAPPER.createObjectNode()
                        .put("uid", claims(answer, "access_token").getStringClaim("oid"))
                        .put("utid", box.tenantId()));
    }

    @Test
    void aRefreshTellsItAgain() throws Exception {
        JsonNode first = password(MAIL + " openid profile offline_access", "client_info", "1");
        Map<String, String> refresh = Map.of(
                "grant_type",
                "refresh_token",
                "refresh_token",
                first.get("refresh_token").asText());

        JsonNode again = token("common", refresh, "client_info", "1");
        assertThat(claims(again, "id_token").getSubject())
                .isEqualTo(claims(first, "id_token").getSubject());
        assertThat(again.get("client_info")).isEqualTo(first.get("client_info"));
        JsonNode less = token("common", refresh, "scope", MAIL);
        assertThat(less.has("access_token")).isTrue();
        assertThat(less.has("id_token") || less.has("client_info")).isFalse();
    }

    @Test
    void anApplicationIsNoUser() throws Exception {
        JsonNode answer = token(
                box.tenantId(),
                Map.of(
                        "grant_type",
                        "client_credentials",
                        "client_secret",
                        box.clientSecret(),
                        "scope",
                        "https://outlook.office365.com/.default openid profile offline_access"),
                "client_info",
                "1");
        assertThat(answer.has("access_token")).as(answer.toString()).isTrue();
        assertThat(answer.has("id_token") || answer.has("client_info") || answer.has("refresh_token"))
                .isFalse();
    }

    @Test
    void theOtherProviderHasNothingOfThis() throws Exception {
        JsonNode answer = post(
                "/oauth/token",
                Map.of(
                        "grant_type",
                        "password",
                        "client_id",
                        box.clientId(),
                        "username",
                        USER,
                        "password",
                        "pw",
                        "client_info",
                        "1",
                        "scope",
                        MAIL + " openid profile offline_access"));
        assertThat(answer.has("access_token")).as(answer.toString()).isTrue();
        assertThat(answer.has("id_token") || answer.has("client_info")).isFalse();
        assertThat(post(
                                "/oauth/token",
                                Map.of(
                                        "grant_type", "refresh_token",
                                        "client_id", box.clientId(),
                                        "refresh_token",
                                                answer.get("refresh_token").asText()))
                        .has("access_token"))
                .isTrue();
    }

    @Test
    void whoAsksForNoResourceGetsATokenForGraphThatOpensNoMailbox() throws Exception {
        JsonNode answer = password("openid profile offline_access");

        JWTClaimsSet access = claims(answer, "access_token");
        assertThat(access.getAudience()).containsExactly("https://graph.microsoft.com");
        assertThat(access.getStringClaim("scp")).isEqualTo("openid profile");
        assertThat(claims(answer, "id_token").getStringClaim("preferred_username"))
                .isEqualTo(USER);
        assertThat(answer.has("refresh_token")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "offline_access,                                                         70011",
        "openid no\u0007sense,                                                   70011",
        "https://outlook.office.com/SMTP.Send https://graph.microsoft.com/x,     70011",
        "https://outlook.office.com/SMTP.Send User.Read,                         70011",
        "User.Read,                                                              65001",
        "https://example.org/SMTP.Send,                                          500011",
    })
    void aScopeThatMakesNoSenseIsRefused(String scope, int code) throws Exception {
        JsonNode answer = password(scope);
        assertThat(code(answer)).as(answer.toString()).isEqualTo(code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"common", "organizations", "Common"})
    void anApplicationMustNameItsTenant(String tenant) throws Exception {
        JsonNode answer = token(
                tenant,
                Map.of(
                        "grant_type", "client_credentials",
                        "client_secret", box.clientSecret(),
                        "scope", "https://outlook.office365.com/.default"));
        assertThat(code(answer)).isEqualTo(50059);
        assertThat(answer.path("error").asText()).isEqualTo("invalid_request");
        assertThat(box.state().entra().grant("client_credentials")).isEqualTo(new SandboxState.Grant(0, 1));
    }

    @ParameterizedTest
    @CsvSource({"common, 9001023", "organizations, 0", "consumers, 900023"})
    void aPasswordIsForOrganizations(String tenant, int code) throws Exception {
        JsonNode answer =
                token(tenant, Map.of("grant_type", "password", "username", USER, "password", "pw", "scope", MAIL));
        assertThat(code(answer)).isEqualTo(code);
        assertThat(answer.has("access_token")).isEqualTo(code == 0);
    }

    @ParameterizedTest
    @CsvSource({"common, device_code", "organizations, urn:ietf:params:oauth:grant-type:device_code"})
    void aDeviceCodeHasTwoNamesAndNeedsNoTenant(String tenant, String grant) throws Exception {
        JsonNode started = post(
                "/" + tenant + "/oauth2/v2.0/devicecode",
                Map.of("client_id", box.clientId(), "scope", MAIL + " openid profile"));
        box.entra().signIn(started.get("user_code").asText(), USER);

        JsonNode answer = token(
                tenant,
                Map.of(
                        "grant_type",
                        grant,
                        "device_code",
                        started.get("device_code").asText()));
        assertThat(claims(answer, "id_token").getStringClaim("tid")).isEqualTo(box.tenantId());
        assertThat(box.state().entra().byGrant()).containsOnlyKeys(grant);
    }
}
