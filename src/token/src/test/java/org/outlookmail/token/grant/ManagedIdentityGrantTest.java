package org.outlookmail.token.grant;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.DiagnosisCode.Retry;
import org.outlookmail.cluster.CacheConfiguration;
import org.outlookmail.cluster.Cluster;
import org.outlookmail.sandbox.FaultPlan;
import org.outlookmail.sandbox.Sandbox;
import org.outlookmail.sandbox.SandboxState;
import org.outlookmail.secret.Secret;
import org.outlookmail.testkit.TestBox;
import org.outlookmail.token.AccessToken;
import org.outlookmail.token.Credential.ManagedIdentity;
import org.outlookmail.token.HttpSettings;
import org.outlookmail.token.TokenException;
import org.outlookmail.token.TokenRequest;
import org.outlookmail.token.TokenService;

/** The machine's own identity, at the metadata service and at App Service: one request, within its times, past the proxy. */
@Tag("unit")
@Timeout(120)
@ExtendWith(TestBox.class)
class ManagedIdentityGrantTest {

    private static final String SCOPE = "https://outlook.office365.com/.default";

    private final Sandbox sandbox = TestBox.box();
    private final ManagedIdentityGrant grant = new ManagedIdentityGrant();
    private final ManagedIdentity machine = new ManagedIdentity(Optional.empty());
    private final ManagedIdentity appService = new ManagedIdentity(Optional.of(Secret.of(sandbox.identityHeader())));

    private URI endpoint(ManagedIdentity identity) {
        return identity.header().isPresent()
                ? sandbox.identityEndpoint()
                : sandbox.metadataUrl().resolve("/metadata/identity/oauth2/token");
    }

    private TokenRequest request(ManagedIdentity identity, String clientId) {
        return request(endpoint(identity), identity, clientId, Asking.HTTP);
    }

    private static TokenRequest request(URI endpoint, ManagedIdentity identity, String clientId, HttpSettings http) {
        return new TokenRequest(endpoint, "", clientId, identity, SCOPE, http);
    }

    private TokenException refusal(TokenRequest request) {
        return Asking.refusal(
                () -> grant.acquire(request, (ManagedIdentity) request.credential()), sandbox.identityHeader());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aTokenCosts1RequestAndIsForExchange(boolean atAppService) throws Exception {
        ManagedIdentity identity = atAppService ? appService : machine;
        AccessToken token = grant.acquire(request(identity, ""), identity);

        assertThat(token.claims().values())
                .containsEntry("appid", sandbox.clientId())
                .containsEntry("aud", "https://outlook.office365.com");
        assertThat(token.lifetime()).isBetween(Duration.ofMinutes(59), Duration.ofMinutes(61));
        assertThat(sandbox.state().metadata()).isEqualTo(new SandboxState.Metadata(1, 1, 0));
        assertThat(sandbox.state().entra().tokenRequests()).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anIdentityThatIsNotAssignedIsNamed(boolean atAppService) {
        ManagedIdentity identity = atAppService ? appService : machine;
        TokenException stranger = refusal(request(identity, "99999999-0000-0000-0000-000000000000"));
        assertThat(Asking.code(stranger)).isEqualTo(DiagnosisCode.MANAGED_IDENTITY_MISSING);
        assertThat(stranger.diagnosis().summary())
                .contains("the managed identity 99999999-0000-0000-0000-000000000000");

        sandbox.faults(new FaultPlan().noIdentity());
        TokenException none = refusal(request(identity, ""));
        assertThat(Asking.code(none)).isEqualTo(DiagnosisCode.MANAGED_IDENTITY_MISSING);
        assertThat(none.diagnosis().summary()).contains("this machine's managed identity");
    }

    @ParameterizedTest
    @CsvSource({
        "429, 7, TOKEN_ENDPOINT_THROTTLED",
        "404, -1, TOKEN_ENDPOINT_UNAVAILABLE",
        "410, -1, TOKEN_ENDPOINT_UNAVAILABLE",
        "500, -1, TOKEN_ENDPOINT_UNAVAILABLE",
        "503, -1, TOKEN_ENDPOINT_UNAVAILABLE",
        "302, -1, TOKEN_ANSWER_UNUSABLE",
        "200, -1, TOKEN_ANSWER_UNUSABLE"
    })
    void itsTroublesAreDiagnosedWith1Request(int status, int retryAfterSeconds, DiagnosisCode code) {
        sandbox.faults(new FaultPlan().metadata(status, retryAfterSeconds, "<html>seen-by-nobody</html>", 9));
        TokenException refusal = refusal(request(machine, ""));

        assertThat(Asking.code(refusal)).isEqualTo(code);
        assertThat(code.retry()).isEqualTo(status > 400 ? Retry.LATER : Retry.AFTER_CHANGE);
        assertThat(refusal.retryAfter().map(Duration::toSeconds))
                .isEqualTo(retryAfterSeconds < 0 ? Optional.empty() : Optional.of(7L));
        assertThat(sandbox.state().metadata().requests()).isEqualTo(1);
    }

    @Test
    void aStallEndsWithTheReadTimeout() {
        sandbox.faults(new FaultPlan().stallMetadata(3_000, 1));
        TokenException refusal = refusal(request(
                endpoint(machine), machine, "", HttpSettings.direct(Duration.ofSeconds(5), Duration.ofMillis(300))));

        assertThat(Asking.code(refusal)).isEqualTo(DiagnosisCode.MANAGED_IDENTITY_UNREACHABLE);
        assertThat(refusal.diagnosis().summary()).contains("did not answer in time");
    }

    @Test
    void whereNobodyAnswersTheMachineIsNoneOfAzures() throws Exception {
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }
        URI nobody = URI.create("http://127.0.0.1:" + closed + "/metadata/identity/oauth2/token");
        TokenException refusal = refusal(request(nobody, machine, "", Asking.HTTP));

        assertThat(Asking.code(refusal)).isEqualTo(DiagnosisCode.MANAGED_IDENTITY_UNREACHABLE);
        assertThat(refusal.diagnosis().likelyCause()).contains("none of Azure's");
    }

    @Test
    void theProxyIsPassedBy() throws Exception {
        Proxy nobody = new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved("no-proxy.invalid", 8080));
        HttpSettings proxied = new HttpSettings(Duration.ofSeconds(5), Duration.ofSeconds(5), nobody, Optional.empty());

        assertThat(grant.acquire(request(endpoint(machine), machine, "", proxied), machine)
                        .value())
                .isNotEmpty();
        sandbox.faults(new FaultPlan().noIdentity());
        assertThat(refusal(request(endpoint(machine), machine, "", proxied))
                        .diagnosis()
                        .details())
                .doesNotContainKey("proxy");
    }

    /** Only where a token is opaque does the answer alone say how long it lives. */
    @Test
    void ofAnOpaqueTokenTheAnswersEndCounts() throws Exception {
        long end = Clock.systemUTC().instant().plusSeconds(1_800).getEpochSecond();
        try (Answering server = new Answering("{\"access_token\":\"opaque\",\"token_type\":\"Bearer\",\"expires_on\":\""
                + end + "\",\"resource\":\"r\"}")) {
            AccessToken token = grant.acquire(
                    request(server.address(), appService, "66666666-7777-8888-9999-000000000000", Asking.HTTP),
                    appService);

            assertThat(token.lifetime()).isBetween(Duration.ofMinutes(29), Duration.ofMinutes(31));
            assertThat(server.query)
                    .isEqualTo("api-version=2019-08-01&resource=https%3A%2F%2Foutlook.office365.com"
                            + "&client_id=66666666-7777-8888-9999-000000000000");
        }
    }

    @Test
    void twoCallersShareOneRequest() throws Exception {
        try (TokenService service = new TokenService(
                new Cluster(CacheConfiguration.local(), "node", Runnable::run, Clock.systemUTC()),
                Optional.empty(),
                Grants::new,
                Runnable::run,
                Clock.systemUTC())) {
            AccessToken token = service.source().token(request(machine, ""));

            assertThat(service.source().token(request(machine, ""))).isEqualTo(token);
            assertThat(sandbox.state().metadata().requests()).isEqualTo(1);
            assertThat(service.source().token(request(machine, sandbox.clientId())))
                    .isNotEqualTo(token);
        }
    }

    @Test
    void theHeaderOfAppServiceIsShownByNoText() {
        assertThat(request(appService, "").toString()).doesNotContain(sandbox.identityHeader());
        TokenException wrong = refusal(request(
                endpoint(appService), new ManagedIdentity(Optional.of(Secret.of("seen-by-nobody"))), "", Asking.HTTP));

        assertThat(wrong.diagnosis().toString()).doesNotContain("seen-by-nobody");
    }

    /** An endpoint with one answer. */
    private static final class Answering implements AutoCloseable {
        private final HttpServer server;
        private volatile String query;

        Answering(String json) throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                query = exchange.getRequestURI().getRawQuery();
                byte[] body = json.getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
                exchange.close();
            });
            server.start();
        }

        URI address() {
            return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/msi/token");
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
