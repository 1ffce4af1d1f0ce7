package org.outlookmail.mail.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.outlookmail.mail.MailServer;

/** Answers that are not what they should be say nothing that is not so, and no secret. */
@Tag("unit")
class HostileAnswerTest {

    private static final MailServer GRAPH = new MailServer("graph", "graph.microsoft.com", 443);

    private static GraphReply reply(int status, String body) throws IOException {
        return GraphReply.of(status, Map.of("content-type", "application/json"), body.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>", "[]", "{", "{\"a\":tru}", "{\"a\": 1e400}", "\"x\"", "{\"a\":00}"})
    void whatIsNoJsonObjectIsAnIoException(String body) {
        assertThatThrownBy(() -> reply(200, body)).isInstanceOf(IOException.class);
    }

    @Test
    void aCountBelowZeroIsNone() throws IOException {
        assertThat(reply(200, "{\"a\": -5, \"b\": 1.5}").json().number("a")).isEqualTo(-1);
    }

    @Test
    void whatIsNestedTooDeeplyIsAnIoException() {
        assertThatThrownBy(() -> reply(200, "{\"a\":" + "[".repeat(200_000))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> reply(200, "{\"a\":".repeat(200_000))).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {202, 204, 400, 403, 502})
    void whatAStatusSaysNeedsNoJson(int status) throws IOException {
        assertThat(reply(status, "<html>proxy</html>").status()).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/v1.0/me",
                "http://graph.microsoft.com/v1.0/me",
                "https://graph.microsoft.com@evil.example/v1.0/me",
                "https://graph.microsoft.com:444/v1.0/me",
                "https://graph.microsoft.com/beta/me",
                "//evil.example/v1.0/",
                "/v1.0/me",
                "https:///v1.0/",
                "https://graph.microsoft.com/v1.0/ me",
                ""
            })
    void aLinkToSomewhereElseIsNotFollowed(String link) {
        assertThat(GraphLink.target(link, GRAPH)).isEmpty();
    }

    @Test
    void anAddressIsShownWithoutTheRightThatItCarries() {
        assertThat(GraphLink.shown("http://upload.example/session?authtoken=secret\r\nmore"))
                .isEqualTo("http://upload.example/session");
        GraphRequest request = GraphRequest.put("/session?authtoken=secret", new byte[1]);
        assertThat(request.toString()).isEqualTo("PUT /session");
    }

    @Test
    void whatStandsInAPathIsOneSegmentOfIt() {
        assertThat(GraphRequest.encoded("../a/b?c#d%'&+ ä")).isEqualTo("..%2Fa%2Fb%3Fc%23d%25%27%26%2B%20%C3%A4");
    }
}
