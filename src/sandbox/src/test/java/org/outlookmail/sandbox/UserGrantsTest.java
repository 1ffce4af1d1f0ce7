package org.outlookmail.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tokens on behalf of users: password, refresh token, device code, and the two providers beside Entra. */
@Tag("unit")
class UserGrantsTest {
    private static final String USER = "orders@contoso.com";
    private static final String SCOPE =
            "https://outlook.office.com/SMTP.Send https://outlook.office.com/IMAP.AccessAsUser.All offline_access";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static Sandbox box;
    private static HttpClient http;

    @BeforeAll
    static void start() {
        box = Sandbox.builder()
                .randomPorts()
                .user(USER, "pw")
                .user("mfa@contoso.com", "pw", "AADSTS50076")
                .start();
        http = HttpClient.newBuilder().sslContext(box.sslContext()).build();
    }

    @AfterAll
    static void stop() {
        box.close();
    }

    @BeforeEach
    void reset() {
        box.reset();
    }

    private static JsonNode post(String path, Map<String, String> form) throws Exception {
        String body = form.entrySet().stream()
                .map(pair -> pair.getKey() + "=" + URLEncoder.encode(pair.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(URI.create(box.entraUrl() + path))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
        return MAPPER.readTree(answer.body());
    }

    private static JsonNode entra(Map<String, String> form) throws Exception {
        return post("/" + box.tenantId() + "/oauth2/v2.0/token", form);
    }

    private static Map<String, String> password(String user, String password) {
        return Map.of(
                "grant_type", "password",
                "client_id", box.clientId(),
                "username", user,
                "password", password,
                "scope", SCOPE);
    }

    private static Map<String, String> refresh(String token) {
        return Map.of("grant_type", "refresh_token", "client_id", box.clientId(), "refresh_token", token);
    }

    @Test
    void aPasswordBuysATokenOfTheUserWithWhatWasAskedFor() throws Exception {
        JsonNode answer = entra(password(USER, "pw"));

        JWTClaimsSet claims =
                SignedJWT.parse(answer.get("access_token").asText()).getJWTClaimsSet();
        assertThat(claims.getClaim("scp")).isEqualTo("IMAP.AccessAsUser.All SMTP.Send");
        assertThat(claims.getClaim("upn")).isEqualTo(USER);
        assertThat(claims.getClaims()).doesNotContainKeys("roles", "idtyp");
        assertThat(answer.get("refresh_token").asText()).startsWith("1.A").hasSizeGreaterThan(400);
    }

    @ParameterizedTest
    @CsvSource({
        "orders@contoso.com, wrong, 50126",
        "nobody@contoso.com, pw, 50034",
        "mfa@contoso.com, pw, 50076",
        "mfa@contoso.com, wrong, 50126"
    })
    void aUserWhoMayNotSignInIsToldWhy(String user, String password, int code) throws Exception {
        assertThat(entra(password(user, password)).get("error_codes").get(0).asInt())
                .isEqualTo(code);
    }

    @Test
    void aRefreshTokenIsReplacedAndTheOldOneStaysGood() throws Exception {
        String first = entra(password(USER, "pw")).get("refresh_token").asText();
        String second = entra(refresh(first)).get("refresh_token").asText();

        assertThat(second).isNotEqualTo(first);
        assertThat(entra(refresh(first)).has("access_token")).isTrue();
        box.entra().expireRefreshTokens();
        assertThat(entra(refresh(second)).get("error_codes").get(0).asInt()).isEqualTo(700082);
    }

    @Test
    void atTheOtherProviderARefreshTokenThatIsUsedTwiceEndsItsFamily() throws Exception {
        String first = box.entra().genericRefreshToken(USER);
        String second =
                post("/oauth/token", refresh(first)).get("refresh_token").asText();
        JsonNode reused = post("/oauth/token", refresh(first));

        assertThat(reused.get("error").asText()).isEqualTo("invalid_grant");
        assertThat(reused.has("error_codes")).isFalse();
        assertThat(post("/oauth/token", refresh(second)).get("error").asText()).isEqualTo("invalid_grant");
    }

    @Test
    void aDeviceCodeWaitsForTheUser() throws Exception {
        JsonNode started = post(
                "/" + box.tenantId() + "/oauth2/v2.0/devicecode", Map.of("client_id", box.clientId(), "scope", SCOPE));
        Map<String, String> poll = Map.of(
                "grant_type",
                "urn:ietf:params:oauth:grant-type:device_code",
                "client_id",
                box.clientId(),
                "device_code",
                started.get("device_code").asText());

        assertThat(entra(poll).get("error").asText()).isEqualTo("authorization_pending");
        assertThat(entra(poll).get("error").asText()).isEqualTo("slow_down");
        box.entra().signIn(started.get("user_code").asText(), USER);
        assertThat(entra(poll).get("refresh_token").asText()).startsWith("1.A");
        assertThat(entra(poll).get("error").asText()).isEqualTo("bad_verification_code");
    }

    @Test
    void theUserMayDecline() throws Exception {
        JsonNode started = post(
                "/" + box.tenantId() + "/oauth2/v2.0/devicecode", Map.of("client_id", box.clientId(), "scope", SCOPE));
        box.entra().declineSignIn(started.get("user_code").asText());

        assertThat(entra(Map.of(
                                "grant_type",
                                "urn:ietf:params:oauth:grant-type:device_code",
                                "client_id",
                                box.clientId(),
                                "device_code",
                                started.get("device_code").asText()))
                        .get("error")
                        .asText())
                .isEqualTo("authorization_declined");
    }

    @Test
    void secretsOverlapAndExpireOneByOne() throws Exception {
        box.entra().addSecret("second");
        box.entra().expireSecret(box.clientSecret());

        assertThat(entra(clientCredentials(box.clientSecret()))
                        .get("error_codes")
                        .get(0)
                        .asInt())
                .isEqualTo(7000222);
        assertThat(entra(clientCredentials("second")).has("access_token")).isTrue();
        box.reset();
        assertThat(entra(clientCredentials(box.clientSecret())).has("access_token"))
                .isTrue();
    }

    private static Map<String, String> clientCredentials(String secret) {
        return Map.of(
                "grant_type",
                "client_credentials",
                "client_id",
                box.clientId(),
                "client_secret",
                secret,
                "scope",
                "https://outlook.office365.com/.default");
    }

    @Test
    void claimsCanBeChanged() throws Exception {
        box.entra().changeClaims(Map.of("aud", "https://graph.microsoft.com"));

        String token =
                entra(clientCredentials(box.clientSecret())).get("access_token").asText();
        assertThat(SignedJWT.parse(token).getJWTClaimsSet().getAudience())
                .containsExactly("https://graph.microsoft.com");
    }

    @Test
    void googlesServiceAccountGetsAnOpaqueTokenForAUser() throws Exception {
        JsonNode key = MAPPER.readTree(box.entra().googleServiceAccountKey());

        assertThat(google(key, "https://mail.google.com/").get("access_token").asText())
                .startsWith("ya29.");
        assertThat(google(key, "https://www.googleapis.com/auth/drive")
                        .get("error")
                        .asText())
                .isEqualTo("unauthorized_client");
        box.entra().refuseGoogleUser("archive@contoso.com");
    }

    private static JsonNode google(JsonNode key, String scope) throws Exception {
        String pem = key.get("private_key").asText().replaceAll("-----[A-Z ]+-----|\\s", "");
        PrivateKey signing = KeyFactory.getInstance("RSA")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(pem)));
        Instant now = Instant.now();
        SignedJWT assertion = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .keyID(key.get("private_key_id").asText())
                        .build(),
                new JWTClaimsSet.Builder()
                        .issuer(key.get("client_email").asText())
                        .subject(USER)
                        .audience(key.get("token_uri").asText())
                        .issueTime(Date.from(now))
                        .expirationTime(Date.from(now.plusSeconds(3600)))
                        .claim("scope", scope)
                        .build());
        assertion.sign(new RSASSASigner(signing));
        return post(
                "/google/token",
                Map.of(
                        "grant_type",
                        "urn:ietf:params:oauth:grant-type:jwt-bearer",
                        "assertion",
                        assertion.serialize()));
    }
}
