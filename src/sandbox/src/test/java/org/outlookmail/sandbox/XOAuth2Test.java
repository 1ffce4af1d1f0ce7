package org.outlookmail.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The answer of XOAUTH2 is exactly a user and a token. What adds a field opens no mailbox, on none of the three ports. */
class XOAuth2Test {
    private static final String NOREPLY = "noreply@contoso.com";
    private static final String ORDERS = "orders@contoso.com";
    private static final Sandbox SANDBOX = Sandbox.builder().randomPorts().start();

    @AfterAll
    static void close() {
        SANDBOX.close();
    }

    @BeforeEach
    void reset() {
        SANDBOX.reset();
    }

    /** With ^A for the separator, and TOKEN for a good one. */
    static Stream<String> malformed() {
        return Stream.of(
                "user=" + NOREPLY + "^Auser=" + ORDERS + "^Aauth=Bearer TOKEN^A^A",
                "user=x^Auser=" + ORDERS + "^A@sales.contoso.com^Aauth=Bearer TOKEN^A^A",
                "user=" + ORDERS + "^Aauth=Bearer TOKEN^Aauth=Bearer x^A^A",
                "user=" + ORDERS + "^Aauth=Bearer TOKEN^Ahost=localhost^A^A",
                "user=" + ORDERS + "^A^Aauth=Bearer TOKEN^A^A",
                "^Auser=" + ORDERS + "^Aauth=Bearer TOKEN^A^A",
                "auth=Bearer TOKEN^Auser=" + ORDERS + "^A^A",
                "user=" + ORDERS + "^Aauth=Bearer TOKEN^A^A^A",
                "user=" + ORDERS + "^Aauth=Bearer TOKEN^A",
                "user=" + ORDERS + "^Aauth=Basic TOKEN^A^A",
                "user=" + ORDERS + "\r\n^Aauth=Bearer TOKEN^A^A",
                "user=^Aauth=Bearer TOKEN^A^A",
                "user=" + ORDERS + "^Aauth=Bearer ^A^A",
                "auth=Bearer TOKEN^A^A",
                "^A^A");
    }

    private static String answer(String text) {
        return RawClient.base64(text.replace("^A", "\u0001").replace("TOKEN", SANDBOX.issueToken()));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void aMalformedAnswerIsRefused(String text) throws Exception {
        try (RawClient smtp = RawClient.smtp(SANDBOX)) {
            assertThat(smtp.ask("AUTH XOAUTH2 " + answer(text))).startsWith("535 5.7.3");
        }
        try (RawClient imap = RawClient.tls(SANDBOX, SANDBOX.imapsPort())) {
            imap.line();
            assertThat(imap.askLine("a AUTHENTICATE XOAUTH2 " + answer(text))).isEqualTo("a NO AUTHENTICATE failed.");
            assertThat(imap.askLine("b SELECT INBOX")).doesNotStartWith("b OK");
        }
        try (RawClient pop = RawClient.tls(SANDBOX, SANDBOX.pop3sPort())) {
            pop.line();
            pop.askLine("AUTH XOAUTH2");
            assertThat(pop.askLine(answer(text))).startsWith("-ERR");
        }
        assertThat(SANDBOX.state().smtp().authentications()).isZero();
        assertThat(SANDBOX.state().imap().authentications()).isZero();
        assertThat(SANDBOX.state().pop3().authentications()).isZero();
        assertThat(SANDBOX.state().smtp().lastRefusal()).startsWith("the XOAUTH2 answer ");
    }
}
