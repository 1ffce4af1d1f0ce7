package org.outlookmail.token.grant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.cluster.CacheConfiguration;
import org.outlookmail.cluster.Cluster;
import org.outlookmail.sandbox.FaultPlan;
import org.outlookmail.sandbox.Sandbox;
import org.outlookmail.secret.Secret;
import org.outlookmail.testkit.TestBox;
import org.outlookmail.token.Credential;
import org.outlookmail.token.HttpSettings;
import org.outlookmail.token.TokenException;
import org.outlookmail.token.TokenRequest;
import org.outlookmail.token.TokenService;

/** Trouble at the token endpoint, seen by a thousand callers: what they are told, what it costs, and how it ends. */
@Tag("unit")
@Timeout(60)
@ExtendWith(TestBox.class)
class RecoveryTest {

    private static final int CALLERS = 1000;

    private final Sandbox box = TestBox.box();
    private final MovableClock clock = new MovableClock();
    private final ExecutorService threads = Executors.newFixedThreadPool(16);
    private TokenService tokens;
    private TokenRequest request;

    /** Real time, moved on by a test. */
    private static final class MovableClock extends Clock {
        private volatile Duration ahead = Duration.ZERO;

        @Override
        public Instant instant() {
            return Instant.now().plus(ahead);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    @BeforeEach
    void start() {
        tokens = new TokenService(
                new Cluster(CacheConfiguration.local(), "node", Runnable::run, clock),
                Optional.empty(),
                Grants::new,
                Runnable::run,
                clock);
        request = new TokenRequest(
                TokenRequest.entra(box.entraUrl(), box.tenantId()),
                box.tenantId(),
                box.clientId(),
                new Credential.ClientSecret(Secret.of(box.clientSecret()), Optional.empty()),
                "https://outlook.office365.com/.default",
                HttpSettings.direct(Duration.ofSeconds(5), Duration.ofSeconds(1)));
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
        tokens.close();
        box.reset();
    }

    static Stream<Arguments> troubles() {
        return Stream.of(
                Arguments.of(
                        "429 with Retry-After: 5",
                        new FaultPlan().token(429, 5, "{\"error\":\"temporarily_unavailable\"}", 1),
                        DiagnosisCode.TOKEN_ENDPOINT_THROTTLED,
                        5),
                Arguments.of(
                        "503 with HTML",
                        new FaultPlan().token(503, -1, "<html>Service Unavailable</html>", 1),
                        DiagnosisCode.TOKEN_ENDPOINT_UNAVAILABLE,
                        6),
                Arguments.of(
                        "an empty 429",
                        new FaultPlan().token(429, 7, "", 1),
                        DiagnosisCode.TOKEN_ENDPOINT_THROTTLED,
                        7),
                Arguments.of(
                        "a stall", new FaultPlan().stallToken(2_000, 1), DiagnosisCode.TOKEN_ENDPOINT_UNREACHABLE, 6),
                Arguments.of(
                        "garbage instead of JSON",
                        new FaultPlan().token(200, -1, "{\"access_token\":", 1),
                        DiagnosisCode.TOKEN_ANSWER_UNUSABLE,
                        6),
                Arguments.of(
                        "200 without a token",
                        new FaultPlan().token(200, -1, "{\"token_type\":\"Bearer\"}", 1),
                        DiagnosisCode.TOKEN_ANSWER_UNUSABLE,
                        6),
                Arguments.of(
                        "a secret that has expired",
                        new FaultPlan().refuseSecret("AADSTS7000222"),
                        DiagnosisCode.CLIENT_SECRET_EXPIRED,
                        36));
    }

    private DiagnosisCode refusal() {
        return catchThrowableOfType(TokenException.class, () -> tokens.source().token(request))
                .diagnosis()
                .code();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("troubles")
    void aThousandCallersLearnTheSameReasonByOneRequestAndItEndsByItself(
            String trouble, FaultPlan fault, DiagnosisCode code, int secondsAtMost) throws Exception {
        box.faults(fault);
        List<DiagnosisCode> told = new ArrayList<>();
        for (Future<DiagnosisCode> each :
                threads.invokeAll(Collections.nCopies(CALLERS, (Callable<DiagnosisCode>) this::refusal))) {
            told.add(each.get());
        }

        assertThat(told).as(trouble).hasSize(CALLERS).containsOnly(code);
        assertThat(box.state().entra().tokenRequests()).as(trouble).isEqualTo(1);

        box.faults(new FaultPlan().refuseSecret(null));
        clock.ahead = Duration.ofSeconds(secondsAtMost);
        assertThat(tokens.source().token(request).value()).isNotEmpty();
        assertThat(box.state().entra().tokenRequests()).as(trouble).isEqualTo(2);
    }
}
