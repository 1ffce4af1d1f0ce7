package org.outlookmail.token.grant;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.secret.Secret;
import org.outlookmail.token.AccessToken;
import org.outlookmail.token.ClientAuthentication.SecretPost;
import org.outlookmail.token.Credential;
import org.outlookmail.token.Credential.Client;
import org.outlookmail.token.Credential.ClientSecret;
import org.outlookmail.token.Credential.Delegated;
import org.outlookmail.token.Credential.ServiceAccount;
import org.outlookmail.token.Credential.UserPassword;
import org.outlookmail.token.ServiceAccountFile;
import org.outlookmail.token.TestKeys;
import org.outlookmail.token.TokenException;

/** What is made of a token endpoint's success, which may say anything at all; on every way to a token alike. */
@Tag("unit")
@Timeout(120)
class TokenAnswerTest {

    private static final TestKeys KEYS = TestKeys.rsa();
    private static final Secret SECRET = Secret.of("the-client-secret");

    @TempDir
    private static Path folder;

    private final FakeProvider provider = new FakeProvider();

    /** Each library and each grant that reads an answer. */
    private enum Way {
        ENTRA,
        CLIENT,
        PASSWORD,
        REFRESH,
        GOOGLE
    }

    @BeforeEach
    void writeKey() throws Exception {
        String pem = TestKeys.block("PRIVATE KEY", KEYS.pair().getPrivate().getEncoded());
        Files.writeString(
                folder.resolve("key.json"), """
                {"type": "service_account", "project_id": "a-project", "private_key_id": "the-key-id",
                 "private_key": "%s", "client_email": "mailer@a-project.iam.gserviceaccount.com",
                 "client_id": "1234567890", "token_uri": "https://token.example.com/elsewhere"}
                """.formatted(pem.replace("\r", "").replace("\n", "\\n")));
    }

    @AfterEach
    void close() {
        provider.close();
    }

    private AccessToken acquire(Way way) throws TokenException {
        OAuthGrant oauth = new OAuthGrant();
        SecretPost client = new SecretPost(SECRET);
        return switch (way) {
            case ENTRA ->
                new MicrosoftGrant()
                        .withSecret(
                                Asking.request(provider.tokenEndpoint(), new ClientSecret(SECRET, Optional.empty())),
                                SECRET);
            case CLIENT -> oauth.withClientCredentials(asked(new Client(client)), client);
            case PASSWORD -> {
                UserPassword user = new UserPassword("sales@example.com", Secret.of("p"), Optional.empty());
                yield oauth.withPassword(asked(user), user);
            }
            case REFRESH ->
                oauth.withRefreshToken(
                                asked(new Delegated(
                                        "sales@example.com", Optional.empty(), Optional.empty(), Optional.empty())),
                                Optional.empty(),
                                Secret.of("r"))
                        .accessToken();
            case GOOGLE -> {
                ServiceAccount account =
                        new ServiceAccount(new ServiceAccountFile(folder.resolve("key.json")), "sales@example.com");
                yield new GoogleGrant().withServiceAccount(asked(account), account);
            }
        };
    }

    private org.outlookmail.token.TokenRequest asked(Credential credential) {
        return Asking.request(provider.tokenEndpoint(), credential);
    }

    private static String answer(String token, String more) {
        return "{\"token_type\":\"Bearer\",\"access_token\":\"" + token + "\"" + more + "}";
    }

    private static String jwt(Instant end) {
        String payload = "{\"aud\":\"https://outlook.office365.com\",\"exp\":" + end.getEpochSecond() + "}";
        return "e30." + Base64.getUrlEncoder().withoutPadding().encodeToString(payload.getBytes(StandardCharsets.UTF_8))
                + ".sig";
    }

    private static Stream<Arguments> eachWayWith(String... texts) {
        return Stream.of(Way.values()).flatMap(way -> Stream.of(texts).map(text -> Arguments.of(way, text)));
    }

    static Stream<Arguments> livesThatAreNotSaid() {
        return eachWayWith(
                "",
                ",\"expires_in\":0",
                ",\"expires_in\":0.4",
                ",\"expires_in\":null",
                ",\"expires_in\":-3599",
                ",\"expires_in\":\"\"",
                ",\"expires_in\":\"soon\"",
                ",\"expires_in\":\"-1\"",
                ",\"expires_in\":true",
                ",\"expires_in\":[3599]",
                ",\"expires_in\":{\"seconds\":3599}");
    }

    @ParameterizedTest
    @MethodSource("livesThatAreNotSaid")
    void aTokenWhoseLifeIsNotSaidLivesForAnHour(Way way, String said) throws Exception {
        provider.answers(200, answer("an-opaque-token", said));

        assertThat(acquire(way).lifetime()).isEqualTo(Duration.ofHours(1));
        provider.onlyRequest();
    }

    static Stream<Arguments> numbersOfAnotherForm() {
        return eachWayWith("\"1800\"", "1800.9", "1.8e3");
    }

    @ParameterizedTest
    @MethodSource("numbersOfAnotherForm")
    void aNumberIsReadInWhicheverForm(Way way, String number) throws Exception {
        provider.answers(200, answer("an-opaque-token", ",\"expires_in\":" + number));

        assertThat(acquire(way).lifetime()).isEqualTo(Duration.ofMinutes(30));
    }

    static Stream<Arguments> absurdNumbers() {
        return eachWayWith(
                "86401", "315360000", "9223372036854775807", "99999999999999999999", "1e99", "\"99999999999\"");
    }

    @ParameterizedTest
    @MethodSource("absurdNumbers")
    void noTokenIsKeptLongerThanADay(Way way, String number) throws Exception {
        provider.answers(200, answer("an-opaque-token", ",\"expires_in\":" + number));

        assertThat(acquire(way).lifetime()).isEqualTo(Duration.ofDays(1));
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void aTokenThatNamesItsOwnEndEndsThen(Way way) throws Exception {
        Instant end = Instant.now().plus(Duration.ofMinutes(20));
        provider.answers(200, answer(jwt(end), ""));

        assertThat(acquire(way).lifetime()).isBetween(Duration.ofMinutes(19), Duration.ofMinutes(20));
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void ofTwoEndsTheSoonerOneCounts(Way way) throws Exception {
        Instant end = Instant.now().plus(Duration.ofMinutes(20));
        provider.answers(200, answer(jwt(end), ",\"expires_in\":7200"));
        assertThat(acquire(way).lifetime()).isBetween(Duration.ofMinutes(19), Duration.ofMinutes(20));

        provider.answers(200, answer(jwt(end), ",\"expires_in\":600"));
        assertThat(acquire(way).lifetime()).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void aTokensOwnEndIsMeasuredByTheClockThatNamedIt() throws Exception {
        Instant theirs = Instant.now().minus(Duration.ofHours(2));
        String body = answer(jwt(theirs.plus(Duration.ofMinutes(20))), "");
        try (SpeakingServer server = new SpeakingServer("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nDate: "
                + DateTimeFormatter.RFC_1123_DATE_TIME.format(theirs.atOffset(ZoneOffset.UTC))
                + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)) {
            SecretPost client = new SecretPost(SECRET);
            AccessToken token = new OAuthGrant()
                    .withClientCredentials(Asking.request(server.tokenEndpoint(), new Client(client)), client);

            assertThat(token.lifetime()).isBetween(Duration.ofMinutes(19), Duration.ofMinutes(21));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 0, 1_000_000_000, Long.MAX_VALUE})
    void anEndThatCannotBeOneDoesNotCount(long end) throws Exception {
        String payload = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(("{\"exp\":" + end + "}").getBytes(StandardCharsets.UTF_8));
        provider.answers(200, answer("e30." + payload + ".sig", ",\"expires_in\":1800"));

        assertThat(acquire(Way.CLIENT).lifetime()).isEqualTo(Duration.ofMinutes(30));
    }

    static Stream<Arguments> answersThatAreNone() {
        String nested = "[".repeat(5_000) + "]".repeat(5_000);
        return eachWayWith(
                answer("seen-by-nobody\\u0001auth=Bearer x", ""),
                answer("seen-by-nobody\\r\\nRSET", ""),
                answer("seen-by-nobody\\u0000", ""),
                answer("seen-by-nobody\\u007f", ""),
                answer("seen-by-nobody\\u00e9", ""),
                answer("seen-by-nobody\\ud800", ""),
                answer("", ""),
                answer("seen-by-nobody" + "x".repeat(40_000), ""),
                answer("seen-by-nobody", ",\"access_token\":\"another\""),
                answer("seen-by-nobody", ",\"token_type\":\"Bearer\""),
                answer("seen-by-nobody", ",\"expires_in\":1,\"expires_in\":3599"),
                answer("seen-by-nobody", ",\"x\":" + nested.substring(1)),
                answer("seen-by-nobody", "") + "{}",
                answer("seen-by-nobody", "") + "garbage",
                "[" + answer("seen-by-nobody", "") + "]",
                answer("seen-by-nobody", ",\"refresh_token\":17"),
                answer("seen-by-nobody", ",\"refresh_token\":\"with\\u0001inside\""),
                "{\"token_type\":\"Bearer\",\"access_token\":null}",
                "{\"token_type\":\"Bearer\",\"access_token\":17}",
                "{\"token_type\":\"Bearer\",\"access_token\":[\"seen-by-nobody\"]}",
                "{\"token_type\":\"Bearer\",\"access_token\":{\"value\":\"seen-by-nobody\"}}",
                "{\"token_type\":null,\"access_token\":\"seen-by-nobody\"}",
                "{\"token_type\":17,\"access_token\":\"seen-by-nobody\"}",
                "{\"token_type\":\"mac\",\"access_token\":\"seen-by-nobody\"}",
                "{\"token_type\":\"N_A\",\"access_token\":\"seen-by-nobody\"}",
                "{\"access_token\":\"seen-by-nobody\"}",
                "null");
    }

    @ParameterizedTest
    @MethodSource("answersThatAreNone")
    void anAnswerOutsideTheGrammarIsNoToken(Way way, String body) {
        provider.answers(200, body);
        TokenException refusal = Asking.refusal(() -> acquire(way));

        assertThat(Asking.code(refusal)).isEqualTo(DiagnosisCode.TOKEN_ANSWER_UNUSABLE);
        assertThat(refusal.diagnosis().details()).containsKey("reason");
        provider.onlyRequest();
    }

    @Test
    void aTypeIsReadInWhicheverCaseAndWhatIsNotKnownIsPassedOver() throws Exception {
        provider.answers(
                200,
                "\n {\"token_type\":\"bEARER\",\"access_token\":\"a b~!\",\"ext_expires_in\":{\"a\":[1,{}]},"
                        + "\"refresh_token\":null,\"expires_in\":1800}\n");

        for (Way way : Way.values()) {
            assertThat(acquire(way).value()).isEqualTo("a b~!");
        }
    }

    @Test
    void anAnswerThatDripsEndsWithTheReadTimeout() throws Exception {
        try (SpeakingServer server = SpeakingServer.dripping(
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n{")) {
            SecretPost client = new SecretPost(SECRET);
            TokenException refusal = Asking.refusal(() -> new OAuthGrant()
                    .withClientCredentials(
                            Asking.request(
                                    server.tokenEndpoint(),
                                    new Client(client),
                                    org.outlookmail.token.HttpSettings.direct(
                                            Duration.ofSeconds(5), Duration.ofMillis(500))),
                            client));

            assertThat(Asking.code(refusal)).isEqualTo(DiagnosisCode.TOKEN_ENDPOINT_UNREACHABLE);
        }
    }
}
