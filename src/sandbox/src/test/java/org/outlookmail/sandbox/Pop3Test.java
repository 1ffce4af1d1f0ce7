package org.outlookmail.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Store;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** POP3, through Angus Mail and on the wire. */
class Pop3Test {
    private static final String MAILBOX = "orders@contoso.com";
    private static final String REFUSED = "-ERR Authentication failure: unknown user name or bad password.";

    private final SettableClock clock = new SettableClock();
    private final Sandbox sandbox = Sandbox.builder().randomPorts().clock(clock).start();

    @AfterEach
    void close() {
        sandbox.close();
    }

    private RawClient connect() throws IOException {
        RawClient client = RawClient.tls(sandbox, sandbox.pop3sPort());
        assertThat(client.line()).startsWith("+OK The Microsoft Exchange POP3 service is ready.");
        return client;
    }

    private static String auth(RawClient client, String mailbox, String token) throws IOException {
        assertThat(client.askLine("AUTH XOAUTH2")).isEqualTo("+");
        return client.askLine(RawClient.xoauth2(mailbox, token));
    }

    @Test
    void aMessageIsReadAndDeletedThroughAngusMail() throws Exception {
        sandbox.deliver(MAILBOX, MailClients.mail("One"));
        sandbox.deliver(MAILBOX, MailClients.mail("Two"));
        try (Store store = MailClients.connect(sandbox, "pop3s", MAILBOX, sandbox.issueToken())) {
            Folder inbox = MailClients.open(store, "INBOX");
            assertThat(inbox.getMessageCount()).isEqualTo(2);
            assertThat(inbox.getMessage(1).getContent().toString()).contains("Text of One");
            inbox.getMessage(1).setFlag(Flags.Flag.DELETED, true);
            inbox.close(true);
        }
        assertThat(sandbox.messages(MAILBOX))
                .singleElement()
                .satisfies(message -> assertThat(message.subject()).isEqualTo("Two"));
        assertThat(sandbox.state().pop3().authentications()).isEqualTo(1);
    }

    @Test
    void aTokenInTheLineOfAuthIsRefusedAsExchangeDoes() throws Exception {
        try (RawClient client = connect()) {
            assertThat(client.askLine("AUTH XOAUTH2 " + RawClient.xoauth2(MAILBOX, sandbox.issueToken())))
                    .isEqualTo(REFUSED);
            assertThat(auth(client, MAILBOX, sandbox.issueToken())).startsWith("+OK");
        }
    }

    @Test
    void aWrongTokenAndAWrongMailboxAreRefusedAlike() throws Exception {
        sandbox.createMailbox("private@contoso.com", Set.of(), Set.of("another-app"));
        try (RawClient client = connect()) {
            assertThat(auth(client, MAILBOX, sandbox.issueToken(Map.of("roles", List.of("IMAP.AccessAsApp")))))
                    .isEqualTo(REFUSED);
            assertThat(sandbox.state().pop3().lastRefusal()).contains("POP.AccessAsApp is missing");
            assertThat(auth(client, "private@contoso.com", sandbox.issueToken()))
                    .isEqualTo(REFUSED);
            assertThat(client.askLine("USER " + MAILBOX)).startsWith("+OK");
            assertThat(client.askLine("PASS x")).startsWith("-ERR Logon failure");
        }
        assertThat(sandbox.state().pop3().refusedAuthentications()).isEqualTo(3);
    }

    @Test
    void pipelinedCommandsAreAnsweredInOrderWithLongAnswersWhole() throws Exception {
        sandbox.deliver(MAILBOX, "Subject: Dots\r\n\r\n.one\r\n..two\r\n".getBytes(StandardCharsets.UTF_8));
        try (RawClient client = connect()) {
            assertThat(client.askLine("CAPA")).startsWith("+OK");
            assertThat(client.until(".")).contains("SASL XOAUTH2");
            auth(client, MAILBOX, sandbox.issueToken());
            client.send("STAT\r\nRETR 1\r\nUIDL\r\nLIST 1\r\nRETR 9\r\nQUIT\r\n");
            assertThat(client.line()).startsWith("+OK 1 ");
            assertThat(client.line()).startsWith("+OK");
            assertThat(client.until("..one")).contains("Subject: Dots");
            assertThat(client.line()).isEqualTo("...two");
            assertThat(client.line()).isEqualTo(".");
            assertThat(client.line()).startsWith("+OK");
            assertThat(client.line()).startsWith("1 ");
            assertThat(client.line()).isEqualTo(".");
            assertThat(client.line()).startsWith("+OK 1 ");
            assertThat(client.line()).startsWith("-ERR");
            assertThat(client.line()).startsWith("+OK");
            assertThat(client.line()).isEqualTo("(end)");
        }
    }

    @Test
    void aSessionWhoseTokenHasExpiredEndsAtItsNextCommand() throws Exception {
        try (RawClient client = connect()) {
            auth(client, MAILBOX, sandbox.issueToken());
            clock.advance(Duration.ofHours(2));
            assertThat(client.askLine("STAT")).startsWith("-ERR Session invalidated");
            assertThat(client.line()).isEqualTo("(end)");
        }
    }

    @Test
    void aSizeIsThatOfTheWholeMessageAsItIsSent() throws Exception {
        String mail = "Subject: One\nTo: a@example.org\n\n.a dot\nend";
        sandbox.deliver(MAILBOX, mail.getBytes(StandardCharsets.UTF_8));
        int size = mail.length() + 6; // each line ends in CR LF, the last one too
        try (RawClient client = connect()) {
            auth(client, MAILBOX, sandbox.issueToken());
            assertThat(client.askLine("STAT")).isEqualTo("+OK 1 " + size);
            assertThat(client.askLine("LIST 1")).isEqualTo("+OK 1 " + size);
            client.send("LIST\r\n");
            assertThat(client.until(".")).isEqualTo("+OK\n1 " + size + "\n.\n");
            client.send("RETR 1\r\nNOOP\r\n");
            assertThat(client.until("end")).isEqualTo("+OK\nSubject: One\nTo: a@example.org\n\n..a dot\nend\n");
            assertThat(client.line()).isEqualTo(".");
            assertThat(client.line()).isEqualTo("+OK");
        }
        assertThat(sandbox.messages(MAILBOX).get(0).flags()).contains("\\Seen");
    }

    @Test
    void topSendsTheHeaderAndSoManyLines() throws Exception {
        sandbox.deliver(MAILBOX, "Subject: One\r\n\r\n1\r\n\r\n3\r\n".getBytes(StandardCharsets.UTF_8));
        try (RawClient client = connect()) {
            auth(client, MAILBOX, sandbox.issueToken());
            client.send("TOP 1 0\r\nTOP 1 2\r\nTOP 1 9\r\nTOP 1\r\n");
            assertThat(client.until(".")).isEqualTo("+OK\nSubject: One\n\n.\n");
            assertThat(client.until(".")).isEqualTo("+OK\nSubject: One\n\n1\n\n.\n");
            assertThat(client.until(".")).isEqualTo("+OK\nSubject: One\n\n1\n\n3\n.\n");
            assertThat(client.line()).startsWith("-ERR Protocol error.");
        }
        assertThat(sandbox.messages(MAILBOX).get(0).flags()).isEmpty();
    }

    @Test
    void whatIsMarkedIsRemovedAtQuitAndOnlyThen() throws Exception {
        sandbox.deliver(MAILBOX, MailClients.mail("One"));
        sandbox.deliver(MAILBOX, MailClients.mail("Two"));
        try (RawClient client = connect()) {
            auth(client, MAILBOX, sandbox.issueToken());
            assertThat(client.askLine("DELE 1")).isEqualTo("+OK");
            assertThat(client.askLine("RETR 1")).startsWith("-ERR");
            assertThat(client.askLine("STAT")).startsWith("+OK 1 ");
            client.send("UIDL\r\n");
            assertThat(client.until(".")).isEqualTo("+OK\n2 2\n.\n");
            client.askLine("RSET");
            assertThat(client.askLine("STAT")).startsWith("+OK 2 ");
            client.askLine("DELE 2");
        }
        assertThat(sandbox.messages(MAILBOX)).hasSize(2);
        try (RawClient client = connect()) {
            auth(client, MAILBOX, sandbox.issueToken());
            client.askLine("DELE 2");
            sandbox.deliver(MAILBOX, MailClients.mail("Three"));
            assertThat(client.askLine("LIST 3")).startsWith("-ERR");
            assertThat(client.askLine("QUIT")).startsWith("+OK");
        }
        assertThat(sandbox.messages(MAILBOX)).extracting(StoredMessage::subject).containsExactly("One", "Three");
    }

    @Test
    void faultsStrikeAtTheirPoints() throws Exception {
        sandbox.deliver(MAILBOX, MailClients.mail("One"));
        sandbox.faults(new FaultPlan()
                .pop3("AUTH", "reply", "-ERR [SYS/TEMP] Later", 1)
                .pop3("SELECT", "reply", "-ERR Server Unavailable. 21", 1)
                .pop3("FETCH", "drop", "", 1));
        try (RawClient client = connect()) {
            assertThat(auth(client, MAILBOX, sandbox.issueToken())).isEqualTo("-ERR [SYS/TEMP] Later");
            assertThat(auth(client, MAILBOX, sandbox.issueToken())).startsWith("+OK");
            assertThat(client.askLine("STAT")).isEqualTo("-ERR Server Unavailable. 21");
            assertThat(client.askLine("STAT")).startsWith("+OK 1");
            assertThat(client.askLine("RETR 1")).isEqualTo("(end)");
        }
    }
}
