package org.outlookmail.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.FetchProfile;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.Multipart;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.search.SizeTerm;
import jakarta.mail.search.SubjectTerm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.eclipse.angus.mail.imap.IMAPFolder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What FETCH, STORE and SEARCH answer, on the wire and through Angus Mail. */
@Tag("unit")
class ImapEngineTest {
    private static final String NESTED = """
            From: "Ann \\"A.\\" Lee" <ann@example.org>
            To: Team: bob@example.org, eve@example.org;, carl@example.org
            Subject: =?UTF-8?Q?Gr=C3=BC=C3=9Fe?=
            Date: Tue, 3 Feb 2026 23:30:00 -0800
            Message-ID: <nested@example.org>
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary="b=1"

            preamble
            --b=1
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: quoted-printable

            Sch=C3=B6ne Gr=C3=BC=C3=9Fe
            --b=1
            Content-Type: message/rfc822
            Content-Disposition: attachment; filename="inner.eml"

            From: inner@example.org
            Subject: Inner
            Content-Type: multipart/alternative; boundary=b2

            --b2

            inner text
            --b2
            Content-Type: text/html

            <p>inner</p>
            --b2--
            --b=1
            Content-Type: application/octet-stream; name="a.bin"
            Content-Transfer-Encoding: base64
            Content-ID: <bin@example.org>

            AAEC
            --b=1--
            """.replace("\n", "\r\n");

    private static Sandbox sandbox;
    private static int boxes;

    private String mailbox;

    @BeforeAll
    static void start() {
        sandbox = Sandbox.builder().randomPorts().start();
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @BeforeEach
    void mailbox() {
        mailbox = "engine" + ++boxes + "@contoso.com";
        sandbox.createMailbox(mailbox);
    }

    private void deliver(String mail) {
        sandbox.deliver(mailbox, mail.getBytes(StandardCharsets.UTF_8));
    }

    private static String mail(String header) {
        return (header + "\nSubject: One\n\nText\n").replace("\n", "\r\n");
    }

    private String ask(String... commands) throws IOException {
        try (RawClient client = RawClient.tls(sandbox, sandbox.imapsPort())) {
            client.line();
            client.askLine("a AUTHENTICATE XOAUTH2 " + RawClient.xoauth2(mailbox, sandbox.issueToken()));
            client.send("b SELECT INBOX\r\n");
            client.until("b ");
            StringBuilder said = new StringBuilder();
            for (String command : commands) {
                client.send("c " + command + "\r\n");
                said.append(client.until("c "));
            }
            return said.toString();
        }
    }

    private Message read(Store store) throws Exception {
        Folder inbox = MailClients.open(store, "INBOX");
        Message[] messages = inbox.getMessages();
        FetchProfile all = new FetchProfile();
        all.add(FetchProfile.Item.ENVELOPE);
        all.add(FetchProfile.Item.CONTENT_INFO);
        inbox.fetch(messages, all);
        return messages[0];
    }

    private Store connect() throws Exception {
        return MailClients.connect(sandbox, "imaps", mailbox, sandbox.issueToken());
    }

    @Test
    void recipientsThatAreNotDisclosedAreAGroupWithoutMembers() throws Exception {
        deliver(mail("From: nobody\nTo: undisclosed-recipients:;"));

        assertThat(ask("FETCH 1 ENVELOPE"))
                .contains("((NIL NIL \"nobody\" \"MISSING-DOMAIN\")) "
                        + "((NIL NIL \"undisclosed-recipients\" NIL)(NIL NIL NIL NIL)) NIL NIL NIL NIL");
        try (Store store = connect()) {
            Message message = read(store);
            assertThat(message.getFrom()).containsExactly(new InternetAddress("nobody@MISSING-DOMAIN"));
            assertThat(message.getAllRecipients()[0]).hasToString("undisclosed-recipients:;");
        }
    }

    @Test
    void membersOfAGroupStandBetweenItsBeginningAndItsEnd() throws Exception {
        deliver(NESTED);

        assertThat(ask("FETCH 1 ENVELOPE"))
                .contains("((NIL NIL \"Team\" NIL)(NIL NIL \"bob\" \"example.org\")(NIL NIL \"eve\" \"example.org\")"
                        + "(NIL NIL NIL NIL)(NIL NIL \"carl\" \"example.org\"))");
        try (Store store = connect()) {
            Message message = read(store);
            assertThat(((InternetAddress) message.getFrom()[0]).getPersonal()).isEqualTo("Ann \"A.\" Lee");
            assertThat(message.getSubject()).isEqualTo("Grüße");
            assertThat(((InternetAddress) message.getAllRecipients()[0]).getGroup(false))
                    .hasSize(2);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "From: <<@>>\nTo: a@b@c, \"unended",
                "From: =?x?Q?=?= <>\nTo: ,,;:",
                "From: \u00fc\u00df@example.org\nTo: (comment"
            })
    void anAddressThatIsNoneLeavesTheMessageReadable(String header) throws Exception {
        deliver(mail(header));

        Session lenient = MailClients.session(sandbox);
        lenient.getProperties().put("mail.mime.address.strict", "false");
        try (Store store = lenient.getStore("imaps")) {
            store.connect(mailbox, sandbox.issueToken());
            assertThat(read(store).getSubject()).isEqualTo("One");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "multipart/mixed",
                "multipart/mixed; boundary=never",
                "multipart/mixed; boundary=\"\"",
                "nonsense",
                "text/",
                "message/rfc822\nContent-Transfer-Encoding: base64"
            })
    void whatIsNoProperMultipartIsDescribedAsWhatItIsAndCanBeRead(String type) throws Exception {
        deliver(mail("From: a@example.org\nContent-Type: " + type));

        try (Store store = connect()) {
            Message message = read(store);
            assertThat(message.isMimeType("text/plain") || message.isMimeType("application/octet-stream"))
                    .isTrue();
            assertThat(message.getInputStream().readAllBytes()).isNotEmpty();
        }
    }

    @Test
    void bodystructureGivesSizesOfBodiesAlone() throws Exception {
        deliver(NESTED);

        String inner =
                NESTED.substring(NESTED.indexOf("From: inner"), NESTED.indexOf("\r\n--b=1\r\nContent-Type: app"));
        assertThat(ask("FETCH 1 BODYSTRUCTURE"))
                .contains(
                        "(\"TEXT\" \"PLAIN\" (\"charset\" \"utf-8\") NIL NIL \"QUOTED-PRINTABLE\" 27 1 NIL NIL NIL NIL)")
                .contains("(\"MESSAGE\" \"RFC822\" NIL NIL NIL \"7BIT\" " + inner.length() + " (NIL \"Inner\" ")
                .contains(
                        "(\"TEXT\" \"PLAIN\" (\"charset\" \"us-ascii\") NIL NIL \"7BIT\" 10 1 NIL NIL NIL NIL)"
                                + "(\"TEXT\" \"HTML\" NIL NIL NIL \"7BIT\" 12 1 NIL NIL NIL NIL) \"ALTERNATIVE\" (\"boundary\" \"b2\")")
                .contains("12 NIL (\"attachment\" (\"filename\" \"inner.eml\")) NIL NIL)")
                .contains(
                        "(\"APPLICATION\" \"OCTET-STREAM\" (\"name\" \"a.bin\") \"<bin@example.org>\" NIL \"BASE64\" 4 NIL")
                .contains(" \"MIXED\" (\"boundary\" \"b=1\") NIL NIL NIL)");
        try (Store store = connect()) {
            Multipart parts = (Multipart) read(store).getContent();
            assertThat(parts.getBodyPart(0).getContent()).isEqualTo("Schöne Grüße");
            assertThat(parts.getBodyPart(2).getInputStream().readAllBytes()).containsExactly(0, 1, 2);
            MimeMessage nested = (MimeMessage) parts.getBodyPart(1).getContent();
            assertThat(nested.getSubject()).isEqualTo("Inner");
            assertThat(((Multipart) nested.getContent()).getBodyPart(1).getContent())
                    .isEqualTo("<p>inner</p>");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "BODY.PEEK[1] | Sch=C3=B6ne Gr=C3=BC=C3=9Fe",
                "BODY.PEEK[1]<2.4> | h=C3",
                "BODY.PEEK[1]<90.4> | ''",
                "BODY.PEEK[2.1] | inner text",
                "BODY.PEEK[2.2.MIME] | 'Content-Type: text/html~~'",
                "BODY.PEEK[2.HEADER.FIELDS (SUBJECT)] | 'Subject: Inner~~'",
                "body.peek[header.fields (\"subject\" Date)] | 'Subject: =?UTF-8?Q?Gr=C3=BC=C3=9Fe?=~Date: Tue, 3 Feb 2026 23:30:00 -0800~~'",
                "BODY.PEEK[2.HEADER.FIELDS.NOT (Subject From)] | 'Content-Type: multipart/alternative; boundary=b2~~'"
            })
    void aSectionIsExactlyTheOctetsItNames(String item, String expected) throws Exception {
        deliver(NESTED);

        String octets = expected.replace("~", "\r\n");
        try (RawClient client = RawClient.tls(sandbox, sandbox.imapsPort())) {
            client.line();
            client.askLine("a AUTHENTICATE XOAUTH2 " + RawClient.xoauth2(mailbox, sandbox.issueToken()));
            client.send("b SELECT INBOX\r\n");
            client.until("b ");
            client.send("c FETCH 1 " + item + "\r\n");
            assertThat(client.line()).startsWith("* 1 FETCH (BODY[").endsWith("{" + octets.length() + "}");
            assertThat(client.until("c ")).startsWith(octets.replace("\r\n", "\n") + ")");
        }
        assertThat(sandbox.messages(mailbox).get(0).flags()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"BODY.PEEK[9]", "BODY.PEEK[1.1]", "BODY.PEEK[1.HEADER]", "BODY.PEEK[2.9.1]"})
    void aSectionThatIsNotThereIsNil(String item) throws Exception {
        deliver(NESTED);

        assertThat(ask("FETCH 1 " + item)).contains("] NIL)").contains("c OK FETCH completed.");
    }

    @Test
    void readingAMessageMarksItSeenOnce() throws Exception {
        deliver(NESTED);

        assertThat(ask("FETCH 1 (BODY[1] UID)", "UID FETCH 1:* BODY[1]"))
                .containsOnlyOnce("FLAGS")
                .contains("UID 1 FLAGS (\\Recent \\Seen)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "FETCH",
                "FETCH 0 FLAGS",
                "FETCH 1 (FLAGS",
                "FETCH 1 BODY[",
                "FETCH 1 BODY[MIME]",
                "FETCH 1 BODY[HEADER.FIELDS]",
                "FETCH 1 ()",
                "FETCH 1 SECRETS",
                "STORE 1 FLAGS",
                "STORE 1 +FLAGS \\Recent",
                "STORE 1 +FLAGS (\\Seen",
                "SEARCH",
                "SEARCH NOT",
                "SEARCH (ALL",
                "SEARCH SINCE tomorrow",
                "SEARCH LARGER many",
                "SEARCH HELLO"
            })
    void whatIsNoCommandIsRefusedWithTheReason(String command) throws Exception {
        deliver(NESTED);

        assertThat(ask(command)).startsWith("c BAD Command Argument Error. 11 (");
    }

    @Test
    void aSearchNestedWithoutEndIsRefused() throws Exception {
        assertThat(ask("SEARCH " + "NOT ".repeat(10_000) + "ALL", "SEARCH " + "(".repeat(10_000)))
                .contains("nested too deeply")
                .doesNotContain("(end)");
    }

    @Test
    void messagesNestedWithoutEndCanBeDescribed() throws Exception {
        deliver("Content-Type: message/rfc822\r\n\r\n".repeat(300) + "end\r\n");

        assertThat(ask("FETCH 1 BODYSTRUCTURE")).contains("c OK FETCH completed.");
    }

    @Test
    void flagsNeedNoParentheses() throws Exception {
        deliver(NESTED);

        assertThat(ask("STORE 1 +FLAGS \\Flagged", "STORE 1 +FLAGS.SILENT \\Seen Urgent", "STORE 1 -FLAGS (\\Flagged)"))
                .contains("* 1 FETCH (FLAGS (\\Flagged \\Recent))")
                .contains("* 1 FETCH (FLAGS (Urgent \\Recent \\Seen))");
        assertThat(sandbox.messages(mailbox).get(0).flags()).containsExactlyInAnyOrder("\\Seen", "Urgent");
        assertThat(ask("STORE 1 FLAGS ()")).contains("* 1 FETCH (FLAGS ())");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "LARGER 400 | 2",
                "SMALLER 400 | 1",
                "NOT LARGER 400 | 1",
                "FROM ann | 2",
                "from \"EXAMPLE.org\" | 1 2",
                "TO team | 2",
                "SUBJECT Inner | ''",
                "TEXT Inner | 2",
                "BODY \"<p>inner\" | 2",
                "BODY AAEC | ''",
                "HEADER Message-ID nested | 2",
                "HEADER Cc \"\" | ''",
                "OR SUBJECT one HEADER Message-ID nested | 1 2",
                "SENTON 3-Feb-2026 | 2",
                "SENTSINCE 4-Feb-2026 | ''",
                "SENTBEFORE 04-feb-2026 | 2",
                "SINCE 1-Jan-2020 UNSEEN (FROM ann) | 2",
                "2:* | 2",
                "UID 1 | 1",
                "KEYWORD Urgent | ''",
                "UNKEYWORD Urgent | 1 2",
                "UNANSWERED NEW | 1 2",
                "OLD | ''",
                "CHARSET us-ascii SUBJECT one | 1"
            })
    void searchFindsWhatItIsAskedFor(String search, String numbers) throws Exception {
        deliver(mail("From: bob@example.org"));
        deliver(NESTED);

        String expected = numbers.isEmpty() ? "* SEARCH\n" : "* SEARCH " + numbers + "\n";
        assertThat(ask("SEARCH " + search)).isEqualTo(expected + "c OK SEARCH completed.\n");
    }

    @Test
    void aCharsetBeyondAsciiIsRefusedAsExchangeDoesAndTheClientSearchesItself() throws Exception {
        deliver(mail("From: bob@example.org"));
        deliver(NESTED);

        assertThat(ask("SEARCH CHARSET UTF-8 SUBJECT x")).startsWith("c NO [BADCHARSET (US-ASCII)] ");
        try (Store store = connect();
                Folder inbox = MailClients.open(store, "INBOX")) {
            assertThat(inbox.search(new SubjectTerm("grüße")))
                    .singleElement()
                    .satisfies(found -> assertThat(found.getMessageNumber()).isEqualTo(2));
            assertThat(inbox.search(new SizeTerm(SizeTerm.GT, 400))).hasSize(1);
        }
    }

    @Test
    void aNameInBracketsNeedsNoQuotes() throws Exception {
        assertThat(ask("CREATE [Orders]/2026", "SELECT [Orders]/2026", "STATUS [Orders]/2026 (MESSAGES)"))
                .contains("c OK CREATE completed.", "c OK [READ-WRITE] SELECT completed.")
                .contains("(MESSAGES 0)");
    }

    @Test
    void theFoldersOfAMailboxAreSubscribedTo() throws Exception {
        assertThat(ask("LSUB \"\" *"))
                .contains("* LSUB (\\HasNoChildren) \"/\" \"INBOX\"", "(\\HasNoChildren \\Sent) \"/\" \"Sent Items\"");
    }

    @Test
    void foldersAreMadeListedRenamedAndRemovedByTheirPaths() throws Exception {
        assertThat(ask("CREATE A/B&AOk-/C", "LIST \"\" %", "LIST A/ %"))
                .contains("(\\HasChildren) \"/\" \"A\"", "(\\HasChildren) \"/\" \"A/B&AOk-\"")
                .doesNotContain("\"A/B&AOk-/C\"");
        assertThat(ask("RENAME A/B&AOk- X/Y", "LIST \"\" X*", "LIST \"\" A*", "SUBSCRIBE X/Y/C", "LSUB x *"))
                .contains("\"X\"", "\"X/Y\"", "* LSUB (\\HasNoChildren) \"/\" \"X/Y/C\"")
                .contains("\"A\"")
                .doesNotContain("A/B");
        assertThat(ask("DELETE X", "DELETE X/Y/C", "DELETE INBOX", "RENAME INBOX Y", "CREATE a", "RENAME X X/Z"))
                .contains("NO X has folders below it", "c OK DELETE completed.", "NO INBOX belongs to the mailbox")
                .contains("NO a already exists", "NO X/Z is below X");
        assertThat(ask("SELECT Nothing", "FETCH 1 FLAGS"))
                .contains("c NO Nothing doesn't exist.", "c BAD Command received in Invalid state.");
        assertThat(ask("LIST \"\" \"\"", "NAMESPACE"))
                .contains("* LIST (\\Noselect) \"/\" \"\"", "* NAMESPACE ((\"\" \"/\")) NIL NIL");
    }

    @Test
    void uidsAreToldOfWhatIsAppendedCopiedAndMoved() throws Exception {
        deliver(NESTED);
        deliver(NESTED);

        String message = "Subject: Kept\r\n\r\nText\r\n";
        String said = ask(
                "APPEND Archive (\\Seen) \" 1-Feb-2026 10:00:00 +0100\" {" + message.length() + "+}\r\n" + message,
                "COPY 1:2 Archive",
                "UID MOVE 2 Archive",
                "STORE 1 +FLAGS.SILENT \\Deleted",
                "UID EXPUNGE 7",
                "EXPUNGE",
                "COPY 1 Nowhere",
                "SELECT Archive",
                "FETCH 1 (INTERNALDATE FLAGS)");
        assertThat(said)
                .containsPattern("c OK \\[APPENDUID \\d+ 1] APPEND completed.")
                .containsPattern("c OK \\[COPYUID \\d+ 1,2 2,3] COPY completed.")
                .containsPattern("\\* OK \\[COPYUID \\d+ 2 4] Moved UIDs.\n\\* 2 EXPUNGE\nc OK MOVE completed.")
                .contains("c OK EXPUNGE completed.\n* 1 EXPUNGE\nc OK EXPUNGE completed.")
                .contains("c NO [TRYCREATE] Nowhere doesn't exist.", "* 4 EXISTS")
                .contains("* 1 FETCH (INTERNALDATE \"01-Feb-2026 09:00:00 +0000\" FLAGS (\\Recent \\Seen))");
    }

    @Test
    void whatWasOpenedToBeReadIsNotChanged() throws Exception {
        deliver(NESTED);

        assertThat(ask("EXAMINE INBOX", "FETCH 1 BODY[]", "STORE 1 +FLAGS \\Seen", "EXPUNGE", "MOVE 1 Archive"))
                .contains("c OK [READ-ONLY] EXAMINE completed.")
                .contains("c NO The folder was opened to be read only.");
        assertThat(sandbox.messages(mailbox).get(0).flags()).isEmpty();
    }

    @Test
    void aLiteralThatIsTooLargeIsNotAskedFor() throws Exception {
        assertThat(ask("APPEND INBOX {9999999999}", "NOOP")).contains("c NO [TOOBIG] ", "c OK NOOP completed.");
    }

    @Test
    void aLiteralMayStandInAnyCommand() throws Exception {
        assertThat(ask("ID (\"name\" {4+}\r\ntest)", "NOOP"))
                .contains("* ID (", "c OK ID completed", "c OK NOOP completed.")
                .doesNotContain("BAD");
    }

    @Test
    void whoseFolderIsRemovedIsSentAway() throws Exception {
        ask("CREATE Doomed");
        try (RawClient reader = RawClient.tls(sandbox, sandbox.imapsPort())) {
            reader.line();
            reader.askLine("a AUTHENTICATE XOAUTH2 " + RawClient.xoauth2(mailbox, sandbox.issueToken()));
            reader.send("b SELECT Doomed\r\n");
            reader.until("b ");
            ask("DELETE Doomed");
            assertThat(reader.askLine("c NOOP")).isEqualTo("c OK NOOP completed.");
            assertThat(reader.line()).startsWith("* BYE ");
        }
    }

    @Test
    void theSizeOfAMessageIsWhatBodyHas() throws Exception {
        deliver(NESTED);

        assertThat(ask("FETCH 1 RFC822.SIZE")).contains("RFC822.SIZE " + NESTED.length());
        try (Store store = connect();
                IMAPFolder inbox = (IMAPFolder) MailClients.open(store, "INBOX")) {
            assertThat(inbox.getMessage(1).getSize()).isEqualTo(NESTED.length());
        }
    }
}
