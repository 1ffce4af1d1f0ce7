package org.outlookmail.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.outlookmail.it.PolicyService.Stage;

/** Dovecot and Postfix behave as the tests with them suppose: seen through Angus Mail alone. */
@Tag("real-server")
@Timeout(120)
class RealMailServersIT {

    private static final String MAILBOX = "orders@contoso.com";

    private static RealMailServers servers;

    @BeforeAll
    static void start() throws Exception {
        servers = RealMailServers.start();
    }

    @AfterAll
    static void stop() {
        if (servers != null) {
            servers.close();
        }
    }

    @AfterEach
    void forget() {
        servers.policy().reset();
    }

    private static Session session() {
        Properties properties = new Properties();
        for (String protocol : List.of("smtp", "smtps", "imap", "imaps", "pop3", "pop3s")) {
            String prefix = "mail." + protocol + ".";
            properties.put(prefix + "host", "localhost");
            properties.put(prefix + "port", Integer.toString(servers.port(protocol)));
            properties.put(prefix + "auth", "true");
            properties.put(prefix + "auth.mechanisms", "XOAUTH2");
            properties.put(prefix + "auth.xoauth2.two.line.authentication.format", "true");
            properties.put(prefix + "starttls.enable", Boolean.toString(!protocol.endsWith("s")));
            properties.put(prefix + "starttls.required", Boolean.toString(!protocol.endsWith("s")));
            properties.put(prefix + "ssl.socketFactory", servers.tls().getSocketFactory());
            properties.put(prefix + "ssl.checkserveridentity", "true");
            properties.put(prefix + "connectiontimeout", "20000");
            properties.put(prefix + "timeout", "20000");
        }
        return Session.getInstance(properties);
    }

    private static Transport transport(String protocol, String token) throws MessagingException {
        Transport transport = session().getTransport(protocol);
        transport.connect(MAILBOX, token);
        return transport;
    }

    private static Store store(String protocol, String mailbox, String token) throws MessagingException {
        Store store = session().getStore(protocol);
        store.connect(mailbox, token);
        return store;
    }

    private static boolean opens(String protocol, String token) throws MessagingException {
        if (protocol.startsWith("smtp")) {
            try (Transport transport = transport(protocol, token)) {
                return transport.isConnected();
            }
        }
        try (Store store = store(protocol, MAILBOX, token)) {
            // Angus says nothing of a refusal by POP3.
            return store.isConnected() && store.getFolder("INBOX").exists();
        }
    }

    private static void assertRefused(String protocol, String token) throws MessagingException {
        if (protocol.startsWith("pop3")) {
            assertThat(opens(protocol, token)).isFalse();
        } else {
            assertThatThrownBy(() -> opens(protocol, token)).isInstanceOf(AuthenticationFailedException.class);
        }
    }

    private static MimeMessage message(String subject) throws MessagingException {
        MimeMessage message = new MimeMessage(session());
        message.setFrom(new InternetAddress(MAILBOX));
        message.setRecipients(Message.RecipientType.TO, MAILBOX);
        message.setSubject(subject);
        message.setText("Dear customer,\r\n.a line with a dot\r\n");
        message.saveChanges();
        return message;
    }

    private static void send(String protocol, String subject) throws MessagingException {
        MimeMessage message = message(subject);
        try (Transport transport = transport(protocol, servers.tokens().application())) {
            transport.sendMessage(message, message.getAllRecipients());
        }
    }

    private static String textOf(String protocol, String subject) throws Exception {
        try (Store store = store(protocol, MAILBOX, servers.tokens().application());
                Folder inbox = store.getFolder("INBOX")) {
            inbox.open(Folder.READ_ONLY);
            for (Message message : inbox.getMessages()) {
                if (subject.equals(message.getSubject())) {
                    return (String) message.getContent();
                }
            }
            return "";
        }
    }

    private static String post(String form) throws Exception {
        HttpResponse<String> response = HttpClient.newBuilder()
                .sslContext(servers.tls())
                .build()
                .send(
                        HttpRequest.newBuilder(servers.tokenEndpoint().uri())
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(HttpRequest.BodyPublishers.ofString(form))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        return response.statusCode() + " " + response.body();
    }

    private static String accessToken(String answer) {
        Matcher token = Pattern.compile("^200 .*\"access_token\":\"([^\"]+)\"").matcher(answer);
        assertThat(token.find()).as(answer).isTrue();
        return token.group(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"imap", "imaps", "pop3", "pop3s", "smtp", "smtps"})
    void anApplicationsTokenOpensTheMailbox(String protocol) throws Exception {
        assertThat(opens(protocol, servers.tokens().application())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"imap", "imaps", "pop3", "pop3s", "smtp", "smtps"})
    void aUsersTokenOpensTheirOwnMailboxAlone(String protocol) throws Exception {
        assertThat(opens(protocol, servers.tokens().user(MAILBOX))).isTrue();
        assertRefused(protocol, servers.tokens().user("someone-else@contoso.com"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"imap", "imaps", "pop3", "pop3s", "smtp", "smtps"})
    void aTokenThatIsNotGoodIsRefused(String protocol) throws Exception {
        assertRefused(protocol, servers.tokens().expired());
        assertRefused(protocol, servers.tokens().forged());
        assertRefused(protocol, servers.tokens().forGraph());
    }

    @ParameterizedTest
    @CsvSource({"smtp, imaps", "smtps, pop3s", "smtps, imap", "smtp, pop3"})
    void whatIsSentCanBeRead(String sender, String reader) throws Exception {
        String subject = "from " + sender + " to " + reader + " " + UUID.randomUUID();

        send(sender, subject);

        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> textOf(reader, subject).contains("\r\n.a line with a dot"));
    }

    @Test
    void theNextRecipientIsRefusedAsATestWants() throws Exception {
        servers.policy().answerNext(Stage.RECIPIENT, "432 4.3.2 Concurrent connections limit exceeded");

        assertThatThrownBy(() -> send("smtp", "refused"))
                .asString()
                .contains("432 4.3.2", "Concurrent connections limit exceeded");
        send("smtp", "not refused");
    }

    @Test
    void theNextMessageIsRefusedAsATestWants() throws Exception {
        servers.policy().answerNext(Stage.END_OF_DATA, "554 5.2.252 SendAsDenied; a not allowed to send as b");

        assertThatThrownBy(() -> send("smtps", "refused"))
                .asString()
                .contains("554 5.2.252", "SendAsDenied; a not allowed to send as b");
        send("smtps", "not refused");
    }

    @Test
    void postfixTakesNoCommandThatIsLongerThanTheRfcAllows() throws Exception {
        Session session = session();
        session.getProperties().put("mail.smtp.port", Integer.toString(servers.port("smtp-strict")));
        try (Transport transport = session.getTransport("smtp")) {
            assertThatThrownBy(() -> transport.connect(MAILBOX, servers.tokens().application()))
                    .isInstanceOf(AuthenticationFailedException.class);
        }
    }

    @Test
    void aFourthConnectionToTheNarrowPortIsSentAway() throws Exception {
        Session session = session();
        session.getProperties().put("mail.smtp.port", Integer.toString(servers.port("smtp-narrow")));
        String token = servers.tokens().application();

        try (Transport first = session.getTransport("smtp");
                Transport second = session.getTransport("smtp");
                Transport third = session.getTransport("smtp");
                Transport fourth = session.getTransport("smtp")) {
            first.connect(MAILBOX, token);
            second.connect(MAILBOX, token);
            third.connect(MAILBOX, token);

            assertThatThrownBy(() -> fourth.connect(MAILBOX, token)).hasMessageContaining("421");
        }
    }

    @Test
    void theTokenEndpointHandsOutWhatTheServersTake() throws Exception {
        String user = URLEncoder.encode(MAILBOX, StandardCharsets.UTF_8);
        String application = accessToken(post("grant_type=client_credentials&client_id=a&client_secret=b"));
        String withPassword = accessToken(post("grant_type=password&username=" + user + "&password=c"));
        String refreshed =
                accessToken(post("grant_type=refresh_token&refresh_token=" + TokenEndpoint.refreshToken(MAILBOX)));
        String anotherUsers = accessToken(post("grant_type=password&username=someone-else%40contoso.com&password=c"));

        assertThat(opens("imaps", application)).isTrue();
        assertThat(opens("imaps", withPassword)).isTrue();
        assertThat(opens("imaps", refreshed)).isTrue();
        assertRefused("imaps", anotherUsers);
    }

    @Test
    void theTokenEndpointHandsOutABadTokenOnceIfATestWants() throws Exception {
        int before = servers.tokenEndpoint().requests();
        servers.tokenEndpoint().answerNext(servers.tokens().expired());

        assertRefused("imaps", accessToken(post("grant_type=client_credentials")));
        assertThat(opens("imaps", accessToken(post("grant_type=client_credentials"))))
                .isTrue();
        assertThat(post("grant_type=refresh_token&refresh_token=another"))
                .isEqualTo("400 {\"error\":\"invalid_grant\"}");
        assertThat(servers.tokenEndpoint().requests()).isEqualTo(before + 3);
    }

    @Test
    void noTokenStandsInTheServersLogs() throws Exception {
        assertRefused("imaps", servers.tokens().expired());
        assertRefused("smtp", servers.tokens().forged());

        assertThat(RealMailServers.logs())
                .contains("imap-login", "postfix/smtpd")
                .doesNotContainPattern(Box.TOKEN);
    }
}
