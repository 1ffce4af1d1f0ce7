package org.outlookmail.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From MAIL to QUIT, every point with every action, and what becomes of the message. */
class SmtpFaultPointsTest {
    private static final Sandbox SANDBOX = Sandbox.builder().randomPorts().start();
    private static final String MAILBOX = "noreply@contoso.com";
    private static final String RECIPIENT = "orders@contoso.com";

    /** The steps of a transaction; DELIVERED is met at the same step as DOT. */
    private static final List<String> STEPS = List.of("MAIL", "RCPT", "DATA", "DOT", "QUIT");

    private int before;

    @AfterAll
    static void close() {
        SANDBOX.close();
    }

    @BeforeEach
    void reset() {
        SANDBOX.reset();
        before = SANDBOX.messages(RECIPIENT).size();
    }

    private static RawClient connect(boolean tlsFirst) throws IOException {
        if (!tlsFirst) {
            return RawClient.smtp(SANDBOX, MAILBOX);
        }
        RawClient client = RawClient.tls(SANDBOX, SANDBOX.smtpsPort());
        client.reply();
        client.ask("EHLO client.example.org");
        assertThat(client.ask("AUTH XOAUTH2 " + RawClient.xoauth2(MAILBOX, SANDBOX.issueToken())))
                .startsWith("235");
        return client;
    }

    private static String step(String point) {
        return point.equals("DELIVERED") ? "DOT" : point;
    }

    private static String text(String step) {
        return switch (step) {
            case "MAIL" -> "MAIL FROM:<" + MAILBOX + ">";
            case "RCPT" -> "RCPT TO:<" + RECIPIENT + ">";
            case "DOT" -> "From: " + MAILBOX + "\r\n\r\nText\r\n.";
            default -> step;
        };
    }

    /** Goes up to the step of that point, where every reply must be one of success. */
    private static void goUpTo(RawClient client, String point) throws IOException {
        for (String step : STEPS.subList(0, STEPS.indexOf(step(point)))) {
            assertThat(client.ask(text(step))).as(step).matches("(?s)[23].*");
        }
    }

    private void assertStored(String point) {
        boolean stored = point.equals("DELIVERED") || point.equals("QUIT");
        assertThat(SANDBOX.messages(RECIPIENT)).hasSize(before + (stored ? 1 : 0));
        assertThat(SANDBOX.state().smtp().messages()).isEqualTo(stored ? 1 : 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"MAIL", "RCPT", "DATA", "DOT", "DELIVERED", "QUIT"})
    void aDropCutsTheConnection(String point) throws Exception {
        for (boolean tlsFirst : new boolean[] {false, true}) {
            reset();
            SANDBOX.faults(new FaultPlan().smtp(point, "drop", "", 1));
            try (RawClient client = connect(tlsFirst)) {
                goUpTo(client, point);
                assertThat(client.ask(text(step(point)))).isEqualTo("(end)");
            }
            assertStored(point);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"MAIL", "RCPT", "DATA", "DOT", "DELIVERED", "QUIT"})
    void aStallSaysNothingUntilTheClientGivesUp(String point) throws Exception {
        for (boolean tlsFirst : new boolean[] {false, true}) {
            reset();
            SANDBOX.faults(new FaultPlan().smtp(point, "stall", "", 1));
            try (RawClient client = connect(tlsFirst)) {
                goUpTo(client, point);
                client.timeoutMillis(300);
                assertThatThrownBy(() -> client.ask(text(step(point)))).isInstanceOf(SocketTimeoutException.class);
            }
            assertStored(point);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"MAIL", "RCPT", "DATA", "DOT", "DELIVERED", "QUIT"})
    void aStallWithATimeEndsInTheOrdinaryAnswer(String point) throws Exception {
        SANDBOX.faults("{\"smtp\":{\"at\":\"" + point + "\",\"action\":\"stall\",\"stallMillis\":100}}");
        try (RawClient client = connect(false)) {
            goUpTo(client, point);
            assertThat(client.ask(text(step(point)))).matches("(?s)[23].*");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"MAIL", "RCPT", "DATA", "DOT", "DELIVERED", "QUIT"})
    void aReplyTakesThePlaceOfTheAnswerAndTheConnectionStays(String point) throws Exception {
        for (boolean tlsFirst : new boolean[] {false, true}) {
            reset();
            SANDBOX.faults(new FaultPlan().smtp(point, "reply", "451 4.7.0 Temporary server error", 1));
            try (RawClient client = connect(tlsFirst)) {
                goUpTo(client, point);
                assertThat(client.ask(text(step(point)))).isEqualTo("451 4.7.0 Temporary server error");
                assertThat(client.ask("RSET")).startsWith("250");
            }
            assertStored(point);
        }
    }
}
