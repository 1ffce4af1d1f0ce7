package org.outlookmail.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.outlookmail.mail.TestAccounts.PATIENT;
import static org.outlookmail.testkit.Failures.diagnosisOf;
import static org.outlookmail.testkit.TestBox.NOREPLY;
import static org.outlookmail.testkit.TestBox.ORDERS;
import static org.outlookmail.testkit.TestBox.subject;

import java.net.Proxy;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.testkit.TestBox;

/** What a server says on a connection that nobody uses is about that connection, and no answer to the next message. */
@Tag("unit")
@ExtendWith(TestBox.class)
class RestedConnectionTest {

    private static final String AUTH = "\r\n250-AUTH XOAUTH2";

    private final Connector connector = new Connector();
    private RecordingServer server;
    private MailConnection connection;

    RestedConnectionTest() {}

    @AfterEach
    void stop() throws Exception {
        connector.close();
        server.close();
    }

    private void serve(RecordingServer.Script own) {
        server = new RecordingServer(RecordingServer.smtp(AUTH, own));
        connection = connector.connection(MailAccount.of(
                NOREPLY,
                server.server("smtps"),
                TestAccounts.server("imaps"),
                new MailRoute(PATIENT, Proxy.NO_PROXY, server.trust()),
                new Authentication.Token(TestAccounts.tokenRequest()),
                Map.of()));
    }

    private void send() throws Exception {
        connection.send(Messages.text(subject(), ORDERS));
    }

    private long messages() {
        return server.heard(".");
    }

    /** Behind the reply to the first message, so that both are read at once. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "451 4.4.2 timeout",
                "451 4.7.0 Timeout waiting for client input",
                "421 4.4.2 mx.contoso.com Error: timeout exceeded",
                "421",
                "221 2.0.0 Bye",
                "Good bye"
            })
    void whatTheServerSaysUnaskedBeforeItHangsUpIsNoAnswerToTheNextMessage(String unasked) throws Exception {
        serve((line, wire) -> {
            if (line.equals(".") && wire.number() == 1) {
                wire.say("250 2.0.0 OK\r\n" + unasked);
                wire.hangUp();
            }
        });
        send();
        send();
        assertThat(messages()).isEqualTo(2);
        assertThat(server.connections()).isEqualTo(2);
    }

    /** While the connection rests, without its end: the answers would be those to the questions before. */
    @ParameterizedTest
    @ValueSource(strings = {"451 4.4.2 timeout", "421 4.7.0 timeout", "250 2.0.0 Still here", "354 Go on"})
    void whatTheServerSaysWhileNobodyAsksEndsTheConnection(String unasked) throws Exception {
        serve((line, wire) -> {});
        send();
        server.last().say(unasked);
        send();
        assertThat(messages()).isEqualTo(2);
        assertThat(server.connections()).isEqualTo(2);
        assertThat(server.heard("MAIL")).as("the new connection alone").isEqualTo(2);
    }

    /** In one packet with the reply to the first message, and the connection stays. */
    @Test
    void whatIsReadTogetherWithAReplyIsNotLost() throws Exception {
        serve((line, wire) -> {
            if (line.equals(".") && wire.number() == 1) {
                wire.say("250 2.0.0 OK\r\n451 4.4.2 timeout");
                wire.swallow();
            }
        });
        send();
        send();
        assertThat(messages()).isEqualTo(2);
        assertThat(server.connections()).isEqualTo(2);
        assertThat(server.heard("MAIL")).as("the new connection alone").isEqualTo(2);
    }

    @Test
    void anEndWhileTheConnectionRestsCostsNoRoundTrip() throws Exception {
        serve((line, wire) -> {});
        send();
        server.last().hangUp();
        send();
        assertThat(messages()).isEqualTo(2);
        assertThat(server.connections()).isEqualTo(2);
    }

    @Test
    void aConnectionOnWhichNothingIsSaidIsKept() throws Exception {
        serve((line, wire) -> {});
        for (int message = 0; message < 5; message++) {
            send();
        }
        assertThat(messages()).isEqualTo(5);
        assertThat(server.connections()).isEqualTo(1);
        assertThat(server.heard("NOOP") + server.heard("RSET")).as("questions").isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"451 4.4.2 timeout", "451 4.7.0 timeout", "421 4.4.2 timeout", "421 4.7.0 timeout"})
    void aGoodbyeThatArrivesInPlaceOfTheFirstReplyIsNoAnswerToTheMessage(String goodbye) throws Exception {
        serve((line, wire) -> {
            if (line.startsWith("MAIL") && wire.number() == 1 && server.heard("MAIL") == 2) {
                wire.say(goodbye);
                wire.hangUp();
            }
        });
        send();
        send();
        assertThat(messages()).isEqualTo(2);
        assertThat(server.connections()).isEqualTo(2);
    }

    @Test
    void aGoodbyeOnANewConnectionIsTold() throws Exception {
        serve((line, wire) -> {
            if (line.startsWith("MAIL")) {
                wire.say("451 4.4.2 timeout");
                wire.hangUp();
            }
        });
        assertThat(diagnosisOf(this::send).code()).isEqualTo(DiagnosisCode.MESSAGE_REFUSED);
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void whatTheServerMeansAsThrottlingIsNotSentAgainAtOnce() throws Exception {
        serve((line, wire) -> {
            if (line.startsWith("MAIL") && server.heard("MAIL") == 2) {
                wire.say("451 4.4.2 Message submission rate has exceeded the limit");
                wire.hangUp();
            }
        });
        send();
        assertThat(diagnosisOf(this::send).code()).isEqualTo(DiagnosisCode.MAIL_THROTTLED);
        assertThat(server.connections()).isEqualTo(1);
    }
}
