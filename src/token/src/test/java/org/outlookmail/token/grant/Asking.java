package org.outlookmail.token.grant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.token.Credential;
import org.outlookmail.token.HttpSettings;
import org.outlookmail.token.TokenException;
import org.outlookmail.token.TokenRequest;

/** What the tests of the grants have in common: a request, a refusal, and that it shows no secret. */
final class Asking {

    static final HttpSettings HTTP = HttpSettings.direct(Duration.ofSeconds(10), Duration.ofSeconds(20));

    private Asking() {}

    static TokenRequest request(URI tokenEndpoint, Credential credential) {
        return request(tokenEndpoint, credential, HTTP);
    }

    static TokenRequest request(URI tokenEndpoint, Credential credential, HttpSettings http) {
        return new TokenRequest(tokenEndpoint, "", "the-client-id", credential, "mail.send", http);
    }

    /**
     * The refusal that the call ends with.
     *
     * @param secrets what neither it nor its stack trace may show
     */
    static TokenException refusal(ThrowingCallable call, String... secrets) {
        TokenException refusal = catchThrowableOfType(TokenException.class, call);
        assertThat(refusal).isNotNull();
        StringWriter trace = new StringWriter();
        refusal.printStackTrace(new PrintWriter(trace, true));
        assertThat(trace.toString()).contains("TokenException").doesNotContain("seen-by-nobody");
        for (String secret : secrets) {
            assertThat(trace.toString()).doesNotContain(secret);
        }
        assertThat(refusal.diagnosis().details().values()).doesNotContainNull();
        return refusal;
    }

    static DiagnosisCode code(TokenException refusal) {
        return refusal.diagnosis().code();
    }
}
