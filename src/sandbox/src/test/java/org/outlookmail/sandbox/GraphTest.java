package org.outlookmail.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Store;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Graph for mail, on the wire and beside IMAP. */
@Tag("unit")
class GraphTest {
    private static final String MAIL = """
            From: %s
            To: orders@contoso.com
            Cc: someone@example.org
            Bcc: support@contoso.com
            Subject: =?UTF-8?Q?Gr=C3=BC=C3=9Fe?=
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary=b

            --b
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: 8bit

            Hällo
            --b
            Content-Type: application/octet-stream; name="a.bin"
            Content-Disposition: attachment; filename="a.bin"
            Content-Transfer-Encoding: base64

            AAEC
            --b--
            """.replace("\n", "\r\n");

    private static final SettableClock CLOCK = new SettableClock();
    private static Sandbox box;
    private static int boxes;

    private GraphClient graph;
    private String mailbox;
    private String user;

    @BeforeAll
    static void start() {
        box = Sandbox.builder()
                .randomPorts()
                .clock(CLOCK)
                .user("boss@contoso.com", "pw")
                .start();
    }

    @AfterAll
    static void stop() {
        box.close();
    }

    @BeforeEach
    void mailbox() {
        box.reset();
        mailbox = "graph" + ++boxes + "@contoso.com";
        user = "/users/" + mailbox;
        box.createMailbox(mailbox);
        graph = new GraphClient(box);
    }

    private byte[] mail() {
        return MAIL.formatted(mailbox).getBytes(StandardCharsets.UTF_8);
    }

    private String delivered(String subject) {
        box.deliver(mailbox, MailClients.mail(subject));
        return subject;
    }

    private List<JsonNode> messages(String query) throws Exception {
        List<JsonNode> all = new ArrayList<>();
        String next = user + "/messages" + query;
        while (!next.isEmpty()) {
            JsonNode page = graph.get(next).json();
            page.path("value").forEach(all::add);
            next = page.path("@odata.nextLink").asText();
        }
        return all;
    }

    @Test
    void mimeIsSentToAllThatItsHeaderNamesAndNobodySeesTheBcc() throws Exception {
        int before = box.messages("support@contoso.com").size();

        assertThat(graph.mime(user + "/sendMail", mail()).status()).isEqualTo(202);

        List<StoredMessage> received = box.messages("support@contoso.com");
        assertThat(received).hasSize(before + 1);
        StoredMessage copy = received.get(before);
        assertThat(copy.header("Bcc")).isEmpty();
        assertThat(copy.header("Message-ID")).isPresent();
        assertThat(copy.mime())
                .endsWith(new String(mail(), StandardCharsets.ISO_8859_1).substring(MAIL.indexOf("--b") - 4));
        assertThat(box.outbound())
                .anySatisfy(out -> assertThat(out.recipients()).containsExactly("someone@example.org"));
        assertThat(box.messages(mailbox, "Sent Items")).singleElement().satisfies(sent -> {
            assertThat(sent.header("Bcc")).contains("support@contoso.com");
            assertThat(sent.flags()).contains("\\Seen");
        });
    }

    @Test
    void jsonIsSentWithItsAttachmentsAndWithoutACopyIfNoneIsWanted() throws Exception {
        String json = """
                {"message":{"subject":"Grüße","body":{"contentType":"HTML","content":"<p>Hällo</p>"},
                 "toRecipients":[{"emailAddress":{"address":"%s","name":"Ännchen"}}],
                 "internetMessageHeaders":[{"name":"X-Order","value":"17"}],
                 "attachments":[{"@odata.type":"#microsoft.graph.fileAttachment","name":"ä.bin","contentBytes":"AAEC"}]},
                 "saveToSentItems":false}""".formatted(mailbox);
        assertThat(graph.post(user + "/sendMail", json).status()).isEqualTo(202);

        JsonNode message = messages("?$select=subject,body,from,toRecipients,internetMessageHeaders,hasAttachments")
                .get(0);
        assertThat(message.path("subject").asText()).isEqualTo("Grüße");
        assertThat(message.path("body").path("content").asText()).isEqualTo("<p>Hällo</p>");
        assertThat(message.path("from").path("emailAddress").path("address").asText())
                .isEqualTo(mailbox);
        assertThat(message.path("toRecipients")
                        .get(0)
                        .path("emailAddress")
                        .path("name")
                        .asText())
                .isEqualTo("Ännchen");
        assertThat(message.path("internetMessageHeaders").toString())
                .contains("{\"name\":\"X-Order\",\"value\":\"17\"}");
        assertThat(message.path("hasAttachments").asBoolean()).isTrue();
        JsonNode attachment = graph.get(user + "/messages/" + message.path("id").asText() + "/attachments")
                .json()
                .path("value")
                .get(0);
        assertThat(attachment.path("name").asText()).isEqualTo("ä.bin");
        assertThat(attachment.path("contentBytes").asText()).isEqualTo("AAEC");
        assertThat(box.messages(mailbox, "Sent Items")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'{}', 400, ErrorInvalidRequest",
        "'nonsense', 400, BadRequest",
        "'{\"message\":{\"subject\":\"To nobody\"}}', 400, ErrorInvalidRecipients",
        "'{\"message\":{\"toRecipients\":[{\"emailAddress\":{\"address\":\"nobody\"}}]}}', 400, ErrorInvalidRecipients",
        "'{\"message\":{\"from\":{\"emailAddress\":{\"address\":\"boss@contoso.com\"}},\"toRecipients\":[{\"emailAddress\":{\"address\":\"a@example.org\"}}]}}', 403, ErrorSendAsDenied",
        "'{\"message\":{\"internetMessageHeaders\":[{\"name\":\"In-Reply-To\",\"value\":\"<1@a>\"}]}}', 400, InvalidInternetMessageHeader"
    })
    void whatCannotBeSentIsRefusedWithGraphsCode(String json, int status, String code) throws Exception {
        GraphClient.Answer answer = graph.post(user + "/sendMail", json);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(box.messages(mailbox, "Sent Items")).isEmpty();
    }

    @Test
    void largeMimeIsRefusedWithAStatusThatLooksLikeSuccess() throws Exception {
        byte[] large = Arrays.copyOf(mail(), 2_300_000);

        assertThat(graph.mime(user + "/sendMail", large).status()).isEqualTo(200);
        assertThat(box.messages(mailbox, "Sent Items")).isEmpty();
        GraphClient.Answer tooLarge = graph.mime(user + "/sendMail", Arrays.copyOf(mail(), 4_000_000));
        assertThat(tooLarge.status()).isEqualTo(413);
        assertThat(graph.send("POST", user + "/sendMail", "%%%", "Content-Type", "text/plain")
                        .code())
                .isEqualTo("ErrorMimeContentInvalidBase64String");
    }

    @Test
    void aTokenMustBeForGraphAndPermitWhatIsAsked() throws Exception {
        GraphClient other = new GraphClient(box);
        assertThat(other.token("").get(user + "/messages").code()).isEqualTo("InvalidAuthenticationToken");
        assertThat(other.token(box.issueToken()).get(user + "/messages").status())
                .isEqualTo(401);
        assertThat(box.state().graph().lastRefusal()).contains("expected https://graph.microsoft.com");
        assertThat(other.permissions("Mail.Read").get(user + "/messages").status())
                .isEqualTo(200);
        assertThat(other.post(user + "/messages", "{}").code()).isEqualTo("ErrorAccessDenied");
        assertThat(other.mime(user + "/sendMail", mail()).status()).isEqualTo(403);
        assertThat(other.permissions("Mail.Send").get(user + "/messages").status())
                .isEqualTo(403);
        assertThat(graph.get("/users/nobody@contoso.com/messages").code()).isEqualTo("ErrorInvalidUser");
        assertThat(graph.get("/me/messages").status()).isEqualTo(400);
        assertThat(graph.get(user + "/calendar").status()).isEqualTo(400);
    }

    @Test
    void whatImapSeesGraphSees() throws Exception {
        delivered("One");
        String id = messages("").get(0).path("id").asText();
        graph.send(
                "PATCH",
                user + "/messages/" + id,
                "{\"isRead\":true,\"flag\":{\"flagStatus\":\"flagged\"},\"categories\":[\"Red\"]}");

        assertThat(box.messages(mailbox).get(0).flags()).containsExactlyInAnyOrder("\\Seen", "\\Flagged", "Red");
        try (Store store = MailClients.connect(box, "imaps", mailbox, box.issueToken());
                Folder inbox = MailClients.open(store, "INBOX")) {
            inbox.getMessage(1).setFlag(Flags.Flag.SEEN, false);
        }
        JsonNode message = graph.get(user + "/messages/" + id).json();
        assertThat(message.path("isRead").asBoolean()).isFalse();
        assertThat(message.path("categories").get(0).asText()).isEqualTo("Red");
        assertThat(graph.get(user + "/messages/" + id + "/$value").body()).isEqualTo(MailClients.mail("One"));
    }

    @Test
    void anImmutableIdFindsTheMessageAfterAMoveAndAnOrdinaryOneDoesNot() throws Exception {
        delivered("One");
        String ordinary = messages("").get(0).path("id").asText();
        String immutable = graph.get(user + "/messages/" + ordinary, "Prefer", "IdType=\"ImmutableId\"")
                .json()
                .path("id")
                .asText();
        GraphClient.Answer moved =
                graph.post(user + "/messages/" + ordinary + "/move", "{\"destinationId\":\"archive\"}");

        assertThat(moved.status()).isEqualTo(201);
        assertThat(moved.json().path("id").asText()).isNotEqualTo(ordinary);
        assertThat(graph.get(user + "/messages/" + ordinary).code()).isEqualTo("ErrorItemNotFound");
        assertThat(graph.get(user + "/messages/" + immutable).status()).isEqualTo(200);
        assertThat(graph.get(user + "/messages/nonsense").code()).isEqualTo("ErrorInvalidIdMalformed");
        assertThat(box.messages(mailbox, "Archive")).hasSize(1);
    }

    @Test
    void whatIsDeletedGoesToDeletedItemsAndFromThereForGood() throws Exception {
        delivered("One");
        for (int left = 1; left >= 0; left--) {
            String id = messages("").get(0).path("id").asText();
            assertThat(graph.send("DELETE", user + "/messages/" + id, null).status())
                    .isEqualTo(204);
            assertThat(box.messages(mailbox, "Deleted Items")).hasSize(left);
        }
        assertThat(box.messages(mailbox)).isEmpty();
    }

    @Test
    void aDraftIsMadeFilledAndSentAndKeepsItsIdInSentItems() throws Exception {
        String prefer = "IdType=\"ImmutableId\"";
        JsonNode draft = graph.post(
                        user + "/messages",
                        "{\"subject\":\"Draft\",\"toRecipients\":[{\"emailAddress\":{\"address\":\"" + mailbox
                                + "\"}}],\"singleValueExtendedProperties\":[{\"id\":\"String 0x1042\",\"value\":\"<first@example.org>\"}]}",
                        "Prefer",
                        prefer)
                .json();
        String path = user + "/messages/" + draft.path("id").asText();
        assertThat(draft.path("isDraft").asBoolean()).isTrue();
        graph.send("PATCH", path, "{\"subject\":\"Filled\",\"body\":{\"contentType\":\"text\",\"content\":\"Hällo\"}}");
        assertThat(graph.post(path + "/attachments", "{\"name\":\"a.bin\",\"contentBytes\":\"AAEC\"}")
                        .status())
                .isEqualTo(201);
        String url = graph.post(
                        path + "/attachments/createUploadSession",
                        "{\"AttachmentItem\":{\"attachmentType\":\"file\",\"name\":\"large.bin\",\"size\":5,\"contentType\":\"x/y\"}}")
                .json()
                .path("uploadUrl")
                .asText();
        GraphClient stranger = new GraphClient(box).token("");
        assertThat(stranger.sendOctets("PUT", url, new byte[] {1, 2, 3}, "Content-Range", "bytes 0-2/5")
                        .json()
                        .path("nextExpectedRanges")
                        .get(0)
                        .asText())
                .isEqualTo("3-");
        assertThat(stranger.sendOctets("PUT", url, new byte[] {9}, "Content-Range", "bytes 4-4/5")
                        .status())
                .isEqualTo(416);
        assertThat(stranger.get(url).json().path("nextExpectedRanges").get(0).asText())
                .isEqualTo("3-");
        assertThat(stranger.sendOctets("PUT", url, new byte[] {4, 5}, "Content-Range", "bytes 3-4/5")
                        .status())
                .isEqualTo(201);
        assertThat(stranger.get(url).status()).isEqualTo(404);

        assertThat(graph.post(path + "/send", "").status()).isEqualTo(202);

        JsonNode sent = graph.get(path).json();
        assertThat(sent.path("isDraft").asBoolean()).isFalse();
        assertThat(box.messages(mailbox, "Drafts")).isEmpty();
        assertThat(box.messages(mailbox, "Sent Items")).hasSize(1);
        StoredMessage received = box.messages(mailbox).get(0);
        assertThat(received.subject()).isEqualTo("Filled");
        assertThat(received.header("In-Reply-To")).contains("<first@example.org>");
        JsonNode attachments = graph.get(path + "/attachments").json().path("value");
        assertThat(attachments).extracting(each -> each.path("name").asText()).containsExactly("a.bin", "large.bin");
        assertThat(Base64.getDecoder()
                        .decode(attachments.get(1).path("contentBytes").asText()))
                .containsExactly(1, 2, 3, 4, 5);
        assertThat(graph.post(path + "/send", "").status()).isEqualTo(400);
        assertThat(graph.post(path + "/attachments", "{}").status()).isEqualTo(400);
    }

    @Test
    void mimeThatIsPutIntoAFolderIsADraftThere() throws Exception {
        GraphClient.Answer made = graph.mime(user + "/mailFolders/archive/messages", mail());

        assertThat(made.status()).isEqualTo(201);
        assertThat(made.json().path("isDraft").asBoolean()).isTrue();
        assertThat(made.json().path("bccRecipients").size()).isEqualTo(1);
        assertThat(box.messages(mailbox, "Archive")).hasSize(1);
    }

    @Test
    void foldersAreListedMadeRenamedMovedAndRemoved() throws Exception {
        JsonNode folders = graph.get(user + "/mailFolders?$top=50").json().path("value");
        assertThat(folders)
                .extracting(each -> each.path("displayName").asText())
                .contains("Inbox", "Sent Items");
        String parent = graph.post(user + "/mailFolders", "{\"displayName\":\"Orders\"}")
                .json()
                .path("id")
                .asText();
        String path = user + "/mailFolders/" + parent;
        String child = graph.post(path + "/childFolders", "{\"displayName\":\"2026\"}")
                .json()
                .path("id")
                .asText();
        assertThat(graph.get(path).json().path("childFolderCount").asInt()).isEqualTo(1);
        assertThat(graph.post(user + "/mailFolders", "{\"displayName\":\"orders\"}")
                        .code())
                .isEqualTo("ErrorFolderExists");
        assertThat(graph.send("DELETE", path, null).status()).isEqualTo(400);
        graph.send("PATCH", path, "{\"displayName\":\"Sales\"}");
        assertThat(graph.get(path + "/childFolders")
                        .json()
                        .path("value")
                        .get(0)
                        .path("id")
                        .asText())
                .isEqualTo(child);
        graph.post(user + "/mailFolders/" + child + "/move", "{\"destinationId\":\"msgfolderroot\"}");
        assertThat(graph.send("DELETE", path, null).status()).isEqualTo(204);
        assertThat(graph.get(user + "/mailFolders/inbox")
                        .json()
                        .path("totalItemCount")
                        .asInt())
                .isZero();
        assertThat(graph.get(user + "/mailFolders/nothing").code()).isEqualTo("ErrorItemNotFound");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "$filter=isRead eq false | 3",
                "$filter=subject eq 'Two' | 1",
                "$filter=contains(subject,'o') and not (startswith(subject,'Tw') or isRead eq true) | 1",
                "$filter=from/emailAddress/address eq 'someone@example.org' | 3",
                "$filter=receivedDateTime lt 2000-01-01T00:00:00Z | 0",
                "$filter=hasAttachments eq true | 0",
                "$search=\"subject:three\" | 1",
                "$search=\"text of two\" | 1"
            })
    void aListIsFiltered(String query, int expected) throws Exception {
        delivered("One");
        delivered("Two");
        delivered("Three");

        String encoded = "?" + query.replace(" ", "%20").replace("\"", "%22");
        assertThat(messages(encoded)).hasSize(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?$filter=color%20eq%20'red'",
                "?$filter=isRead",
                "?$filter=(isRead%20eq%20true",
                "?$top=many",
                "?$top=0",
                "?$orderby=subject"
            })
    void aQueryThatIsNoneIsRefused(String query) throws Exception {
        assertThat(graph.get(user + "/messages" + query).status()).isEqualTo(400);
    }

    @Test
    void listsComeInPagesTheNewestFirst() throws Exception {
        for (String subject : List.of("One", "Two", "Three")) {
            delivered(subject);
            CLOCK.advance(Duration.ofSeconds(1));
        }

        JsonNode first =
                graph.get(user + "/messages?$top=2&$select=subject&$count=true").json();
        assertThat(first.path("@odata.count").asInt()).isEqualTo(3);
        assertThat(first.path("value").get(0).path("subject").asText()).isEqualTo("Three");
        assertThat(first.path("value").get(0).has("body")).isFalse();
        JsonNode second = graph.get(first.path("@odata.nextLink").asText()).json();
        assertThat(second.path("value").get(0).path("subject").asText()).isEqualTo("One");
        assertThat(second.has("@odata.nextLink")).isFalse();
    }

    @Test
    void deltaTellsWhatHasChangedSinceTheLastRound() throws Exception {
        delivered("One");
        delivered("Two");
        String start = user + "/mailFolders/inbox/messages/delta?$select=subject,isRead";
        JsonNode first = graph.get(start, "Prefer", "odata.maxpagesize=1, IdType=\"ImmutableId\"")
                .json();
        delivered("Three");
        JsonNode second = graph.get(first.path("@odata.nextLink").asText(), "Prefer", "IdType=\"ImmutableId\"")
                .json();
        assertThat(first.path("value").size() + second.path("value").size()).isEqualTo(2);
        String one = first.path("value").get(0).path("id").asText();
        graph.post(user + "/messages/" + one + "/move", "{\"destinationId\":\"archive\"}");

        JsonNode third = graph.get(second.path("@odata.deltaLink").asText(), "Prefer", "IdType=\"ImmutableId\"")
                .json();

        assertThat(third.path("value").findValuesAsText("subject")).containsExactly("Three");
        assertThat(third.path("value").toString())
                .contains("{\"id\":\"" + one + "\",\"@removed\":{\"reason\":\"deleted\"}}");
        assertThat(graph.get(third.path("@odata.deltaLink").asText())
                        .json()
                        .path("value")
                        .size())
                .isZero();
        assertThat(graph.get(user + "/mailFolders/inbox/messages/delta?$deltatoken=nonsense")
                        .status())
                .isEqualTo(410);
    }

    @Test
    void aBatchIsOneRequestWithAnAnswerForEachInIt() throws Exception {
        delivered("One");
        String id = messages("").get(0).path("id").asText();
        box.reset();
        JsonNode responses = graph.post(
                        "/$batch",
                        "{\"requests\":[{\"id\":\"1\",\"method\":\"PATCH\",\"url\":\"" + user + "/messages/" + id
                                + "\",\"headers\":{\"Content-Type\":\"application/json\"},\"body\":{\"isRead\":true}},"
                                + "{\"id\":\"2\",\"method\":\"GET\",\"url\":\"" + user + "/messages/nonsense\"},"
                                + "{\"id\":\"3\",\"method\":\"GET\",\"url\":\"" + user
                                + "/messages\",\"dependsOn\":[\"2\"]}]}")
                .json()
                .path("responses");

        assertThat(responses).extracting(each -> each.path("status").asInt()).containsExactly(200, 400, 424);
        assertThat(box.messages(mailbox).get(0).flags()).contains("\\Seen");
        assertThat(box.state().graph().requests()).isEqualTo(1);
        assertThat(box.state().graph().byMethod()).containsEntry("$batch", 1L);
        assertThat(graph.post("/$batch", "{\"requests\":[]}").status()).isEqualTo(400);
    }

    @Test
    void aMailMayBeSentThoughTheAnswerSaysOtherwise() throws Exception {
        box.faults(new FaultPlan()
                .graphAfter("SENDMAIL", 504, "UnknownError", 1)
                .dropGraph("SENDMAIL", true, 1)
                .dropGraph("SENDMAIL", false, 1)
                .graph("SENDMAIL", 429, "ApplicationThrottled", 7, 1));

        assertThat(graph.mime(user + "/sendMail", mail()).status()).isEqualTo(504);
        assertThat(box.messages(mailbox, "Sent Items")).hasSize(1);
        assertThatThrownBy(() -> graph.mime(user + "/sendMail", mail())).isInstanceOf(IOException.class);
        assertThat(box.messages(mailbox, "Sent Items")).hasSize(2);
        assertThatThrownBy(() -> graph.mime(user + "/sendMail", mail())).isInstanceOf(IOException.class);
        GraphClient.Answer throttled = graph.mime(user + "/sendMail", mail());
        assertThat(throttled.status()).isEqualTo(429);
        assertThat(throttled.code()).isEqualTo("ApplicationThrottled");
        assertThat(throttled.whole().headers().firstValue("Retry-After")).contains("7");
        assertThat(box.messages(mailbox, "Sent Items")).hasSize(2);
        assertThat(graph.mime(user + "/sendMail", mail()).status()).isEqualTo(202);
    }

    @Test
    void aFaultStrikesOneRequestOfABatch() throws Exception {
        box.faults(new FaultPlan().graph("PATCH", 429, "ApplicationThrottled", -1, 1));
        delivered("One");
        String path = user + "/messages/" + messages("").get(0).path("id").asText();
        String patch = "\"method\":\"PATCH\",\"url\":\"" + path + "\",\"body\":{\"isRead\":true}}";
        JsonNode responses = graph.post(
                        "/$batch", "{\"requests\":[{\"id\":\"1\"," + patch + ",{\"id\":\"2\"," + patch + "]}")
                .json()
                .path("responses");

        assertThat(responses).extracting(each -> each.path("status").asInt()).containsExactly(429, 200);
    }

    @Test
    void aRoundOfDeltaMayHaveItemsTwiceOrEndTooEarlyOrBeForgotten() throws Exception {
        delivered("One");
        delivered("Two");
        String delta = user + "/mailFolders/inbox/messages/delta";
        box.faults(new FaultPlan()
                .spoilDelta("duplicate", 1)
                .spoilDelta("truncate", 1)
                .graph("DELTA", 410, "SyncStateNotFound", -1, 1));

        assertThat(graph.get(delta).json().path("value").size()).isEqualTo(4);
        JsonNode early = graph.get(delta, "Prefer", "odata.maxpagesize=1").json();
        assertThat(early.path("value").size()).isEqualTo(1);
        assertThat(graph.get(early.path("@odata.deltaLink").asText()).status()).isEqualTo(410);
        assertThat(graph.get(early.path("@odata.deltaLink").asText())
                        .json()
                        .path("value")
                        .size())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"graph\":{\"at\":\"SOMEWHERE\"}}",
                "{\"graph\":{\"at\":\"ANY\",\"status\":42}}",
                "{\"graph\":{\"at\":\"DELTA\",\"spoil\":\"all\"}}",
                "{\"graph\":{\"at\":\"ANY\",\"colour\":1}}"
            })
    void aFaultOfGraphThatIsNoneIsRefused(String json) {
        assertThatThrownBy(() -> box.faults(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("graph.");
    }

    @Test
    void aRoleOfExchangeOpensItsMailboxesThoughNoTokenShowsIt() throws Exception {
        try (Sandbox scoped = Sandbox.builder()
                .randomPorts()
                .exchangeRole("66666666-7777-8888-9999-000000000000", "Mail.Send", "Orders@contoso.com")
                .start()) {
            GraphClient client = new GraphClient(scoped).permissions();
            byte[] mail = MAIL.formatted("orders@contoso.com").getBytes(StandardCharsets.UTF_8);
            assertThat(client.mime("/users/orders@contoso.com/sendMail", mail).status())
                    .isEqualTo(202);
            assertThat(client.mime("/users/noreply@contoso.com/sendMail", mail).code())
                    .isEqualTo("ErrorAccessDenied");
            assertThat(client.get("/users/orders@contoso.com/messages").code()).isEqualTo("ErrorAccessDenied");
        }
    }

    @Test
    void aUsersTokenOpensTheUsersOwnMailbox() throws Exception {
        box.createMailbox("boss@contoso.com");
        GraphClient boss = new GraphClient(box)
                .token(box.issueToken(Map.of(
                        "aud",
                        "https://graph.microsoft.com",
                        "idtyp",
                        "user",
                        "upn",
                        "boss@contoso.com",
                        "scp",
                        "Mail.Read")));

        assertThat(boss.get("/me/messages").status()).isEqualTo(200);
        assertThat(boss.get(user + "/messages").code()).isEqualTo("ErrorAccessDenied");
    }
}
