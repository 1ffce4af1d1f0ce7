package org.outlookmail.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** IMAP on the wire: what the front says itself, what it relays, and its faults. */
class ImapFrontTest {
    private static final String MAILBOX = "orders@contoso.com";

    private final SettableClock clock = new SettableClock();
    private final Sandbox sandbox =
            Sandbox.builder().randomPorts().clock(clock).maxStoreConnections(2).start();

    @AfterEach
    void close() {
        sandbox.close();
    }

    private RawClient connect() throws IOException {
        return RawClient.tls(sandbox, sandbox.imapsPort());
    }

    private RawClient login() throws IOException {
        RawClient client = connect();
        client.line();
        assertThat(client.askLine("a AUTHENTICATE XOAUTH2 " + RawClient.xoauth2(MAILBOX, sandbox.issueToken())))
                .isEqualTo("a OK AUTHENTICATE completed.");
        return client;
    }

    @Test
    void beforeTheLoginExchangeIsPlayed() throws Exception {
        try (RawClient client = connect()) {
            assertThat(client.line()).startsWith("* OK The Microsoft Exchange IMAP4 service is ready.");
            client.send("a CAPABILITY\r\nb SELECT INBOX\r\nc LOGIN {4+}\r\nuser {4}\r\n");
            assertThat(client.line())
                    .contains("IMAP4rev1", "AUTH=XOAUTH2", "SASL-IR", "IDLE", "MOVE")
                    .doesNotContain("PLAIN");
            assertThat(client.line()).startsWith("a OK");
            assertThat(client.line()).isEqualTo("b BAD Command received in Invalid state.");
            assertThat(client.line()).startsWith("+ ");
            assertThat(client.askLine("pass")).isEqualTo("c NO LOGIN failed.");
            assertThat(client.askLine("d AUTHENTICATE PLAIN x")).isEqualTo("d NO AUTHENTICATE failed.");
            assertThat(client.askLine("e LOGOUT")).startsWith("* BYE");
            assertThat(client.line()).startsWith("e OK");
            assertThat(client.line()).isEqualTo("(end)");
        }
    }

    @Test
    void theTokenMayComeInASecondLineAndARefusalLeavesTheConnectionUsable() throws Exception {
        try (RawClient client = connect()) {
            client.line();
            assertThat(client.askLine("a AUTHENTICATE XOAUTH2")).isEqualTo("+");
            assertThat(client.askLine("bm9uc2Vuc2U=")).isEqualTo("a NO AUTHENTICATE failed.");
            assertThat(client.askLine("b AUTHENTICATE XOAUTH2")).isEqualTo("+");
            assertThat(client.askLine(RawClient.xoauth2(MAILBOX, sandbox.issueToken())))
                    .isEqualTo("b OK AUTHENTICATE completed.");
            assertThat(client.askLine("c NOOP")).startsWith("c OK");
        }
        assertThat(sandbox.state().imap().authentications()).isEqualTo(1);
        assertThat(sandbox.state().imap().refusedAuthentications()).isEqualTo(1);
    }

    @Test
    void whatTheFrontSaysComesInItsTurnAmongRelayedAnswers() throws Exception {
        sandbox.deliver(MAILBOX, MailClients.mail("One"));
        try (RawClient client = login()) {
            client.send("b SELECT INBOX\r\nc ID NIL\r\nd FETCH 1 BODY[]\r\ne CAPABILITY\r\nf UID FETCH 1 FLAGS\r\n");
            assertThat(client.until("b ")).contains("* 1 EXISTS");
            assertThat(client.line()).startsWith("* ID ");
            assertThat(client.line()).startsWith("c OK");
            assertThat(client.until("d ")).contains("Text of One");
            assertThat(client.line()).startsWith("* CAPABILITY");
            assertThat(client.line()).startsWith("e OK");
            assertThat(client.until("f ")).contains("FLAGS");
        }
    }

    @Test
    void literalsPassInBothDirectionsWhetherAskedForOrNot() throws Exception {
        String mail = "Subject: Appended\r\n\r\na3 LOGOUT\r\n{5}\r\n";
        try (RawClient client = login()) {
            client.send("b APPEND INBOX {" + mail.length() + "}\r\n");
            assertThat(client.line()).startsWith("+");
            assertThat(client.askLine(mail)).startsWith("b OK");
            assertThat(client.askLine("c APPEND INBOX (\\Seen) {" + mail.length() + "+}\r\n" + mail))
                    .startsWith("c OK");
            client.send("d APPEND \"No such folder\" {" + mail.length() + "}\r\n");
            String answer = client.line();
            if (answer.startsWith("+")) {
                answer = client.askLine(mail);
            }
            assertThat(answer).startsWith("d NO");
            client.send("e SELECT INBOX\r\nf FETCH 1:2 BODY[TEXT]\r\n");
            client.until("e ");
            assertThat(client.until("f ")).contains("a3 LOGOUT");
        }
        assertThat(sandbox.messages(MAILBOX))
                .hasSize(2)
                .allMatch(message -> message.subject().equals("Appended"));
    }

    @Test
    void idleTellsOfNewMailAndEndsWithDone() throws Exception {
        try (RawClient client = login()) {
            client.send("b SELECT INBOX\r\n");
            client.until("b ");
            assertThat(client.askLine("c IDLE")).startsWith("+");
            sandbox.deliver(MAILBOX, MailClients.mail("One"));
            assertThat(client.until("* 1 EXISTS")).contains("* 1 EXISTS");
            client.send("DONE\r\nd NOOP\r\n");
            client.until("c OK");
            assertThat(client.until("d ")).contains("d OK");
        }
    }

    @Test
    void noMailIsMissedHoweverItFallsBetweenTheCommands() throws Exception {
        try (RawClient client = login()) {
            client.send("b SELECT INBOX\r\n");
            client.until("b ");
            for (int i = 1; i <= 100; i++) {
                client.send("c" + i + " IDLE\r\n");
                Thread sender = new Thread(() -> sandbox.deliver(MAILBOX, MailClients.mail("One")));
                sender.start();
                assertThat(client.until("* " + i + " EXISTS")).endsWith("EXISTS\n");
                client.send("DONE\r\n");
                client.until("c" + i + " OK");
                sender.join();
            }
        }
    }

    @Test
    void idleTellsOfMessagesThatAnotherClientRemoved() throws Exception {
        sandbox.deliver(MAILBOX, MailClients.mail("One"));
        try (RawClient idle = login();
                RawClient other = login()) {
            idle.send("b SELECT INBOX\r\n");
            idle.until("b ");
            assertThat(idle.askLine("c IDLE")).startsWith("+");
            other.send("b SELECT INBOX\r\nc STORE 1 +FLAGS (\\Deleted)\r\nd EXPUNGE\r\n");
            other.until("d OK");
            assertThat(idle.until("* 1 EXPUNGE")).endsWith("* 1 EXPUNGE\n");
            sandbox.deliver(MAILBOX, MailClients.mail("Two"));
            assertThat(idle.until("* 1 EXISTS")).endsWith("* 1 EXISTS\n");
        }
    }

    @Test
    void mailThatArrivesDuringCommandsIsToldAndHarmsNoSession() throws Exception {
        try (RawClient client = login()) {
            client.send("b SELECT INBOX\r\n");
            client.until("b ");
            Thread sender = new Thread(() -> {
                for (int i = 0; i < 300; i++) {
                    sandbox.deliver(MAILBOX, MailClients.mail("One"));
                }
            });
            sender.start();
            String last = "";
            while (sender.isAlive()) {
                client.send("c NOOP\r\n");
                last += client.until("c ");
            }
            client.send("d NOOP\r\n");
            assertThat(last + client.until("d ")).contains("* 300 EXISTS").doesNotContain("(end)");
        }
    }

    @Test
    void numbersStandForTheSameMessagesUntilTheClientHasHeardOfRemovals() throws Exception {
        for (String subject : new String[] {"One", "Two", "Three"}) {
            sandbox.deliver(MAILBOX, MailClients.mail(subject));
        }
        try (RawClient reader = login();
                RawClient other = login()) {
            reader.send("b SELECT INBOX\r\n");
            reader.until("b ");
            other.send("b SELECT INBOX\r\nc STORE 1 +FLAGS.SILENT (\\Deleted)\r\nd EXPUNGE\r\n");
            other.until("d OK");
            sandbox.deliver(MAILBOX, MailClients.mail("Four"));

            reader.send("c FETCH 2 BODY.PEEK[TEXT]\r\n");
            assertThat(reader.until("c ")).contains("Text of Two", "* 4 EXISTS").doesNotContain("EXPUNGE");
            reader.send("d COPY 1:2 \"Archive\"\r\n");
            assertThat(reader.until("d ")).contains("* 1 EXPUNGE", "d OK");
            reader.send("e FETCH 2 BODY.PEEK[TEXT]\r\n");
            assertThat(reader.until("e ")).contains("Text of Three");
        }
        assertThat(sandbox.messages(MAILBOX, "Archive"))
                .extracting(StoredMessage::subject)
                .containsExactly("Two");
    }

    @Test
    void idleWithoutAFolderIsRefused() throws Exception {
        try (RawClient client = login()) {
            assertThat(client.askLine("b IDLE")).startsWith("b BAD");
            assertThat(client.askLine("c NOOP")).startsWith("c OK");
        }
    }

    @Test
    void aSessionEndsWhenItsTokenExpires() throws Exception {
        try (RawClient client = login();
                RawClient idle = login()) {
            idle.send("b SELECT INBOX\r\n");
            idle.until("b ");
            idle.askLine("c IDLE");

            clock.advance(Duration.ofHours(1));

            assertThat(client.line()).isEqualTo("* BYE Session invalidated - AccessTokenExpired");
            assertThat(client.line()).isEqualTo("(end)");
            assertThat(idle.line()).isEqualTo("* BYE Session invalidated - AccessTokenExpired");
        }
    }

    @Test
    void aConnectionBeyondTheLimitIsAuthenticatedButNotConnected() throws Exception {
        try (RawClient first = login();
                RawClient second = login();
                RawClient third = login()) {
            assertThat(third.askLine("b SELECT INBOX")).isEqualTo("b BAD User is authenticated but not connected.");
            assertThat(first.askLine("b NOOP")).startsWith("b OK");
            assertThat(second.askLine("b NOOP")).startsWith("b OK");
        }
        assertThat(sandbox.state().imap().throttled()).isEqualTo(1);
    }

    @Test
    void aReplyTakesThePlaceOfTheCommand() throws Exception {
        sandbox.deliver(MAILBOX, MailClients.mail("One"));
        sandbox.faults(new FaultPlan()
                .imap("AUTH", "reply", "NO [UNAVAILABLE] Later", 1)
                .imap("SELECT", "reply", "NO Server Unavailable. 15", 1)
                .imap("FETCH", "reply", "BAD Request is throttled. Suggested Backoff Time: 10 milliseconds", 1)
                .imap("IDLE", "reply", "* BYE Connection closed", 1));
        try (RawClient client = connect()) {
            client.line();
            String auth = "a AUTHENTICATE XOAUTH2 " + RawClient.xoauth2(MAILBOX, sandbox.issueToken());
            assertThat(client.askLine(auth)).isEqualTo("a NO [UNAVAILABLE] Later");
            assertThat(client.askLine(auth)).startsWith("a OK");
            assertThat(client.askLine("b EXAMINE INBOX")).isEqualTo("b NO Server Unavailable. 15");
            client.send("c SELECT INBOX\r\n");
            client.until("c ");
            assertThat(client.askLine("d UID FETCH 1 FLAGS")).startsWith("d BAD Request is throttled.");
            assertThat(client.askLine("e UID FETCH 1 FLAGS")).startsWith("* 1 FETCH");
            client.line();
            assertThat(client.askLine("f IDLE")).isEqualTo("* BYE Connection closed");
            assertThat(client.line()).isEqualTo("(end)");
        }
    }

    @Test
    void aConnectionIsCutOrStalledWhereAsked() throws Exception {
        sandbox.faults(new FaultPlan()
                .imap("GREETING", "drop", "", 1)
                .imap("SELECT", "drop", "", 1)
                .imap("IDLE", "stall", "", 1));
        try (RawClient client = connect()) {
            assertThat(client.line()).isEqualTo("(end)");
        }
        try (RawClient client = login()) {
            assertThat(client.askLine("b SELECT INBOX")).isEqualTo("(end)");
        }
        try (RawClient client = login()) {
            client.send("b SELECT INBOX\r\n");
            client.until("b ");
            client.timeoutMillis(300);
            assertThatThrownBy(() -> client.askLine("c IDLE")).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void aRoundTripIsCountedWhenTheClientSendsAfterTheServer() throws Exception {
        try (RawClient client = login()) {
            sandbox.reset();
            client.send("b SELECT INBOX\r\nc NOOP\r\n");
            client.until("c ");
            client.askLine("d NOOP");
            assertThat(sandbox.state().imap().roundTrips()).isEqualTo(2);
            assertThat(sandbox.state().imap().commands()).isEqualTo(3);
        }
    }
}
