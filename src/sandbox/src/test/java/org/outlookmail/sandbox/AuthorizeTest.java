package org.outlookmail.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The authorization endpoint and the codes it gives. */
@Tag("unit")
class AuthorizeTest {
    private static final String USER = "orders@contoso.com";
    private static final String BACK = "http://localhost:5555/back";
    private static final String SCOPE = "https://outlook.office.com/SMTP.Send openid profile offline_access";
    /** The pair that RFC 7636 shows in appendix B. */
    private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    private static final String STATE = "a b&c=\"<d>'";
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final SettableClock CLOCK = new SettableClock();

    private static Sandbox box;
    private static Browser browser;

    @BeforeAll
    static void start() {
        box = Sandbox.builder()
                .randomPorts()
                .clock(CLOCK)
                .user(USER, "pw")
                .user("mfa@contoso.com", "pw", "AADSTS50076")
                .client("aaaaaaaa-0000-0000-0000-000000000000", "other-secret")
                .start();
        browser = new Browser(box);
    }

    @AfterAll
    static void stop() {
        box.close();
    }

    /** A good request with this changed; an empty value leaves a parameter out. */
    private static URI page(String... changes) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("client_id", box.clientId());
        query.put("response_type", "code");
        query.put("redirect_uri", BACK);
        query.put("scope", SCOPE);
        query.put("state", STATE);
        query.put("nonce", "n-1");
        query.put("code_challenge", CHALLENGE);
        query.put("code_challenge_method", "S256");
        for (int i = 0; i < changes.length; i += 2) {
            query.put(changes[i], changes[i + 1]);
        }
        query.values().removeIf(String::isEmpty);
        return URI.create(box.entraUrl() + "/" + box.tenantId() + "/oauth2/v2.0/authorize?"
                + query.entrySet().stream()
                        .map(pair -> pair.getKey() + "=" + URLEncoder.encode(pair.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&")));
    }

    private static HttpResponse<String> entered(URI page, String user, String password) {
        return browser.post(page, Map.of("user", user, "password", password, "do", "sign-in"));
    }

    private static Map<String, String> sentBack(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        URI to = URI.create(answer.headers().firstValue("Location").orElseThrow());
        assertThat(to.toString()).startsWith(BACK + "?");
        Map<String, String> parameters = new HashMap<>();
        for (String pair : to.getRawQuery().split("&", -1)) {
            int equals = pair.indexOf('=');
            parameters.put(
                    pair.substring(0, equals), URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
        }
        return parameters;
    }

    private static String code(String... changes) {
        return sentBack(entered(page(changes), USER, "pw")).get("code");
    }

    private static JsonNode redeem(String code, String... changes) throws Exception {
        Map<String, String> form = new HashMap<>(Map.of(
                "grant_type", "authorization_code",
                "client_id", box.clientId(),
                "code", code,
                "redirect_uri", BACK,
                "code_verifier", VERIFIER));
        for (int i = 0; i < changes.length; i += 2) {
            form.put(changes[i], changes[i + 1]);
        }
        return MAPPER.readTree(browser.post(box.tokenEndpoint(), form).body());
    }

    private static int errorCode(JsonNode answer) {
        assertThat(answer.has("access_token")).isFalse();
        return answer.path("error_codes").path(0).asInt();
    }

    @Test
    void theUserSignsInAndTheProgramRedeemsTheCodeOnce() throws Exception {
        HttpResponse<String> shown = browser.get(page("login_hint", USER));
        assertThat(shown.statusCode()).isEqualTo(200);
        assertThat(shown.headers().firstValue("X-Frame-Options")).contains("DENY");
        assertThat(shown.body()).contains("name=\"user\" value=\"" + USER + "\"");

        Map<String, String> back = sentBack(entered(page("client_info", "1"), USER, "pw"));
        assertThat(back).containsOnlyKeys("code", "state", "client_info").containsEntry("state", STATE);

        JsonNode answer = redeem(back.get("code"), "client_info", "1");
        assertThat(answer.path("refresh_token").asText()).as(answer.toString()).startsWith("1.A");
        assertThat(answer.path("client_info").asText()).isEqualTo(back.get("client_info"));
        assertThat(SignedJWT.parse(answer.get("id_token").asText())
                        .getJWTClaimsSet()
                        .getStringClaim("nonce"))
                .isEqualTo("n-1");
        assertThat(errorCode(redeem(back.get("code")))).isEqualTo(54005);
    }

    @Test
    void aCodeLastsTenMinutes() throws Exception {
        String inTime = code();
        String late = code();
        CLOCK.advance(Duration.ofSeconds(599));
        assertThat(redeem(inTime).has("access_token")).isTrue();
        CLOCK.advance(Duration.ofSeconds(1));
        JsonNode answer = redeem(late);
        assertThat(errorCode(answer)).isEqualTo(70008);
        assertThat(answer.path("error").asText()).isEqualTo("invalid_grant");
    }

    @ParameterizedTest
    @CsvSource({
        "code_verifier, '',                                          invalid_grant,       501481",
        "code_verifier, dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXl, invalid_grant,       501481",
        "code_verifier, short,                                       invalid_grant,       501481",
        "redirect_uri,  http://localhost:5555/,                      invalid_client,      500112",
        "redirect_uri,  '',                                          invalid_request,     900144",
        "code,          1.Anonsense,                                 invalid_grant,       70000",
        "code,          '',                                          invalid_request,     900144",
        "client_id,     99999999-0000-0000-0000-000000000000,        unauthorized_client, 700016",
        "client_id,     aaaaaaaa-0000-0000-0000-000000000000,        invalid_grant,       70000",
    })
    void aCodeIsGoodForItsOwnerOnly(String name, String value, String error, int code) throws Exception {
        String good = code();
        JsonNode answer = redeem(good, name, value);
        assertThat(errorCode(answer)).isEqualTo(code);
        assertThat(answer.path("error").asText()).isEqualTo(error);
        assertThat(redeem(good).has("access_token")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "response_type,         token,                   unsupported_response_type, 700054",
        "response_type,         '',                      invalid_request,           900144",
        "response_mode,         fragment,                invalid_request,           70007",
        "scope,                 '',                      invalid_request,           900144",
        "scope,                 https://example.org/x,   invalid_resource,          500011",
        "scope,                 User.Read,               consent_required,          65001",
        "scope,                 offline_access,          invalid_scope,             70011",
        "code_challenge,        '',                      invalid_request,           50147",
        "code_challenge,        tooshort,                invalid_request,           50147",
        "code_challenge_method, plain,                   invalid_request,           501491",
        "code_challenge_method, '',                      invalid_request,           501491",
        "prompt,                none,                    login_required,            50058",
        "prompt,                nonsense,                invalid_request,           90023",
    })
    void aRequestThatIsWrongGoesBackToTheProgramWithTheReason(String name, String value, String error, int code) {
        Map<String, String> back = sentBack(browser.get(page(name, value)));
        assertThat(back)
                .containsEntry("error", error)
                .containsEntry("state", STATE)
                .doesNotContainKey("code");
        assertThat(back.get("error_description")).startsWith("AADSTS" + code + ": ");
        assertThat(sentBack(entered(page(name, value), USER, "pw"))).doesNotContainKey("code");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/",
                "http://localhost.evil.example/",
                "http://localhost@evil.example/",
                "http://localhost:5555@evil.example/",
                "http://evil.example/?http://localhost",
                "https://localhost:5555/",
                "http://localhost:5555/back?more=1",
                "http://localhost:5555/back#part",
                "http://localhost:5555/back\r\nSet-Cookie: x=1",
                "http://localhost\\@evil.example/",
                "http://[::1]:5555/",
                "javascript:alert(1)",
                "urn:ietf:wg:oauth:2.0:oob",
                "https://login.microsoftonline.com/common/oauth2/nativeclient/more"
            })
    void theBrowserIsSentToThisMachineOnly(String elsewhere) {
        for (HttpResponse<String> answer : List.of(
                browser.get(page("redirect_uri", elsewhere)), entered(page("redirect_uri", elsewhere), USER, "pw"))) {
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.headers().firstValue("Location")).isEmpty();
            assertThat(answer.body()).contains("AADSTS50011").doesNotContain("<form");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost",
                "http://localhost/",
                "http://127.0.0.1:80/a/b.html",
                "https://login.microsoftonline.com/common/oauth2/nativeclient"
            })
    void theseAreTheProgramsAddresses(String address) {
        HttpResponse<String> answer = entered(page("redirect_uri", address), USER, "pw");
        assertThat(answer.headers().firstValue("Location").orElse("")).startsWith(address + "?code=1.A");
    }

    @Test
    void anUnknownClientOrTenantOrARepeatedParameterIsToldOnThePage() {
        URI good = page();
        assertThat(browser.get(page("client_id", "<b>nobody</b>")).body())
                .contains("AADSTS700016", "&lt;b&gt;nobody")
                .doesNotContain("<b>");
        assertThat(browser.get(page("client_id", "")).body()).contains("AADSTS900144");
        assertThat(browser.get(URI.create(good + "&redirect_uri=http://localhost:1/"))
                        .body())
                .contains("AADSTS9000411", "redirect_uri");
        assertThat(browser.get(URI.create(good.toString().replace(box.tenantId(), "no-tenant")))
                        .body())
                .contains("AADSTS900023");
        assertThat(browser.get(URI.create(good.toString().replace(box.tenantId(), "common")))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void aWrongPasswordIsSaidToTheUserAndNotToTheProgram() {
        for (String[] wrong : new String[][] {
            {USER, "wrong", "AADSTS50126"}, {"mfa@contoso.com", "pw", "AADSTS50076"}, {"<i>\"'", "pw", "AADSTS50034"}
        }) {
            HttpResponse<String> answer = entered(page(), wrong[0], wrong[1]);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body())
                    .contains(wrong[2], "name=\"password\"")
                    .doesNotContain("<i>", "value=\"" + wrong[1]);
        }
    }

    @Test
    void theUserMayDecline() {
        Map<String, String> back = sentBack(browser.post(page(), Map.of("do", "decline")));
        assertThat(back).containsEntry("error", "access_denied").containsEntry("state", STATE);
        assertThat(back.get("error_description")).startsWith("AADSTS65004: ");
    }

    @Test
    void theAnswerMayBePosted() throws Exception {
        HttpResponse<String> answer = entered(page("response_mode", "form_post"), USER, "pw");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(Browser.action(answer.body())).hasToString(BACK);
        Map<String, String> fields = Browser.hidden(answer.body());
        assertThat(fields).containsOnlyKeys("code", "state").containsEntry("state", "a b&amp;c=&quot;&lt;d&gt;&#39;");
        assertThat(redeem(fields.get("code")).has("access_token")).isTrue();
        assertThat(Browser.hidden(browser.get(page("response_mode", "form_post", "prompt", "none"))
                        .body()))
                .containsEntry("error", "login_required");
    }
}
