package org.outlookmail.providers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;
import static org.outlookmail.testkit.Failures.allTextOf;
import static org.outlookmail.testkit.Failures.diagnosisOf;
import static org.outlookmail.testkit.Failures.failureOf;
import static org.outlookmail.testkit.TestBox.NOREPLY;
import static org.outlookmail.testkit.TestBox.ORDERS;
import static org.outlookmail.testkit.TestBox.SUPPORT;
import static org.outlookmail.testkit.TestBox.USER;
import static org.outlookmail.testkit.TestBox.accepted;
import static org.outlookmail.testkit.TestBox.received;
import static org.outlookmail.testkit.TestBox.subject;

import jakarta.activation.DataHandler;
import jakarta.mail.Address;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.Provider;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.Transport;
import jakarta.mail.event.ConnectionEvent;
import jakarta.mail.event.ConnectionListener;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.util.ByteArrayDataSource;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Level;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.configuration.Property;
import org.outlookmail.management.EventLog;
import org.outlookmail.sandbox.FaultPlan;
import org.outlookmail.sandbox.Sandbox;
import org.outlookmail.testkit.BoundNames;
import org.outlookmail.testkit.CapturedLog;
import org.outlookmail.testkit.ConnectProxy;
import org.outlookmail.testkit.DeafProxy;
import org.outlookmail.testkit.TestBox;

/** Each property of a Kalisto configuration does what it did there. Rows K6 and K7. */
@Tag("unit")
@ExtendWith(TestBox.class)
class KalistoPropertiesTest {

    private final Sandbox box = TestBox.box();
    private final KalistoSession kalisto = new KalistoSession(box);

    /** A token cache that only this test has. */
    private Map<Object, Object> ownCache() {
        String name = "services/cache/" + UUID.randomUUID();
        Map<Object, Object> cache = new ConcurrentHashMap<>();
        BoundNames.bind(name, cache);
        kalisto.with("websphere.cache", name);
        return cache;
    }

    /** Of two words or more, since a single one may be no name. */
    private static final String OF_THE_ADAPTER = Arrays.stream(Property.values())
            .map(Property::text)
            .filter(name -> !name.equals(name.toLowerCase(Locale.ROOT)))
            .collect(Collectors.joining("|"));

    private Diagnosis sendingFails() {
        Diagnosis diagnosis = diagnosisOf(() -> kalisto.send(subject(), ORDERS));
        assertThat(diagnosis.likelyCause() + " " + diagnosis.cure())
                .as("names of the resource adapter, which has no part in this")
                .doesNotContainPattern("(?<![.\\w])(" + OF_THE_ADAPTER + ")\\b");
        return diagnosis;
    }

    @ParameterizedTest
    @CsvSource({"smtp,imap", "smtps,imaps", "smtp,pop3", "smtp,pop3s"})
    void aMailIsSentAndReadBackByTheClassesNamed(String transport, String store) throws Exception {
        String subject = subject();
        // Another test leaves a message marked deleted in NOREPLY's inbox, and a POP3 session after it missed the
        // newest.
        kalisto.with("o365.user", SUPPORT);
        kalisto.sendBy(transport, subject, SUPPORT);
        assertThat(kalisto.reads(store, subject)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"smtps,imap", "smtps,pop3"})
    void sslEnableTurnsTheOneKindOfTlsIntoTheOther(String transport, String store) throws Exception {
        String subject = subject();
        kalisto.with("o365.user", SUPPORT);
        kalisto.with("mail.smtp.ssl.enable", "true").with("mail.smtp.port", box.smtpsPort());
        kalisto.with("mail.imap.ssl.enable", "false").with("mail.imap.port", box.imapPort());
        kalisto.with("mail.pop3.ssl.enable", "false").with("mail.pop3.port", box.pop3Port());
        kalisto.send(subject, SUPPORT);
        assertThat(kalisto.reads(store, subject)).isTrue();
    }

    @Test
    void aProgramMaySetTheProvidersItself() throws Exception {
        kalisto.without("mail.smtp.class");
        Session session = kalisto.session();
        session.setProvider(
                new Provider(Provider.Type.TRANSPORT, "smtp", SmtpTransport.class.getName(), "of the test", null));
        String subject = subject();
        try (Transport transport = session.getTransport("smtp")) {
            transport.connect();
            Message message = kalisto.message(subject, ORDERS);
            transport.sendMessage(message, message.getAllRecipients());
        }
        assertThat(received(ORDERS, subject)).isEqualTo(1);
    }

    @Test
    void aSessionThatNamesNoneOfOurClassesGetsNoneOfThem() throws Exception {
        kalisto.without("mail.smtp.class", "mail.imap.class");
        assertThat(kalisto.session().getTransport("smtp").getClass().getName()).startsWith("org.eclipse.angus.");
        assertThat(kalisto.session().getStore("imap").getClass().getName()).startsWith("org.eclipse.angus.");
    }

    @Test
    void theMailboxIsO365UserWhateverElseNamesAUser() throws Exception {
        String subject = subject();
        kalisto.with("mail.smtp.user", "nobody@contoso.com").with("mail.user", "nobody@contoso.com");
        kalisto.send(subject, ORDERS, "nobody@contoso.com");
        assertThat(accepted(NOREPLY, subject)).isEqualTo(1);
    }

    @Test
    void withoutO365UserTheUserGivenToConnectIsTheMailboxThenThatOfTheProtocolThenMailUser() throws Exception {
        kalisto.without("o365.user").with("mail.user", SUPPORT);
        String third = subject();
        kalisto.send(third, ORDERS);
        assertThat(accepted(SUPPORT, third)).isEqualTo(1);

        kalisto.with("mail.smtp.user", NOREPLY);
        String second = subject();
        kalisto.send(second, ORDERS);
        assertThat(accepted(NOREPLY, second)).isEqualTo(1);

        String first = subject();
        kalisto.send(first, SUPPORT, ORDERS);
        assertThat(accepted(ORDERS, first)).isEqualTo(1);
    }

    @Test
    void theUserOfTheOperatingSystemIsNeverTakenForAMailbox() {
        kalisto.without("o365.user");
        Diagnosis diagnosis = sendingFails();
        assertThat(diagnosis.code()).isEqualTo(DiagnosisCode.CONFIGURATION_INVALID);
        assertThat(diagnosis.summary()).contains("o365.user is missing");
    }

    @Test
    void withO365PasswordTheUserSignsInAndTheLogCallsItLegacyOnce() throws Exception {
        ownCache();
        kalisto.with("o365.user", USER)
                .with("o365.password", TestBox.USER_PASSWORD)
                .without("o365.oauth.clientSecret");
        String subject = subject();
        try (CapturedLog log = CapturedLog.of(EventLog.class)) {
            kalisto.send(subject, USER);
            assertThat(kalisto.reads("imap", subject)).isTrue();
            assertThat(log.records(Level.WARNING))
                    .singleElement()
                    .satisfies(warning -> assertThat(warning.getMessage())
                            .contains("OMC-0102", USER, "remove o365.password")
                            .doesNotContain(TestBox.USER_PASSWORD));
        }
        assertThat(box.state().entra().grant("password").issued()).isEqualTo(1);
        assertThat(box.state().entra().grant("client_credentials").issued()).isZero();
    }

    @Test
    void aWrongO365PasswordIsNamedAndNeverShown() {
        kalisto.with("o365.user", USER).with("o365.password", "mistyped-password");
        Throwable failure = failureOf(() -> kalisto.send(subject(), ORDERS));
        assertThat(Diagnosis.of(failure).map(Diagnosis::code)).contains(DiagnosisCode.USER_PASSWORD_WRONG);
        assertThat(allTextOf(failure)).doesNotContain("mistyped-password");
    }

    @Test
    void withoutO365PasswordTheApplicationSignsIn() throws Exception {
        ownCache();
        kalisto.send(subject(), ORDERS);
        assertThat(box.state().entra().grant("client_credentials").issued()).isEqualTo(1);
        assertThat(box.state().entra().grant("password").issued()).isZero();
    }

    @Test
    void theTenantIsAskedForTheToken() {
        kalisto.with("o365.oauth.tenant", "99999999-0000-0000-0000-000000000000");
        assertThat(sendingFails().code()).isEqualTo(DiagnosisCode.TENANT_UNKNOWN);
    }

    @Test
    void theClientIdNamesTheApplication() {
        kalisto.with("o365.oauth.clientId", "99999999-0000-0000-0000-000000000000");
        assertThat(sendingFails().code()).isEqualTo(DiagnosisCode.APPLICATION_UNKNOWN);
    }

    @Test
    void theClientSecretProvesTheApplicationAndIsNeverShown() {
        kalisto.with("o365.oauth.clientSecret", "mistyped-secret");
        Throwable failure = failureOf(() -> kalisto.send(subject(), ORDERS));
        assertThat(Diagnosis.of(failure).map(Diagnosis::code)).contains(DiagnosisCode.CLIENT_SECRET_WRONG);
        assertThat(allTextOf(failure)).doesNotContain("mistyped-secret");
    }

    @Test
    void theLogNamesTheSessionsPropertyToo() throws Exception {
        ownCache();
        kalisto.with("o365.oauth.clientSecret", "another-mistyped-secret");
        try (CapturedLog log = CapturedLog.of(EventLog.class)) {
            failureOf(() -> kalisto.send(subject(), ORDERS));
            assertThat(log.lines(Level.WARNING))
                    .singleElement()
                    .asString()
                    .contains("OMC-1201", "o365.oauth.clientSecret")
                    .doesNotContain("another-mistyped-secret");
        }
    }

    @Test
    void theUrlMayLeaveThePlaceOfTheTenantOpenOrName() throws Exception {
        ownCache();
        kalisto.with("o365.oauth.url", box.entraUrl().resolve("/" + box.tenantId() + "/oauth2/v2.0/token"));
        kalisto.send(subject(), ORDERS);
        assertThat(box.state().entra().tokenRequests()).isEqualTo(1);
    }

    @Test
    void theUrlIsWhereTokensAreAskedFor() throws Exception {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            kalisto.with("o365.oauth.url", "https://localhost:" + free.getLocalPort() + "/%s/token");
        }
        assertThat(sendingFails().code()).isEqualTo(DiagnosisCode.TOKEN_ENDPOINT_UNREACHABLE);
    }

    @Test
    void theScopeIsWhatTheTokenIsFor() throws Exception {
        kalisto.with("o365.oauth.scope", "https://graph.microsoft.com/.default");
        assertThat(sendingFails().code()).isEqualTo(DiagnosisCode.AUDIENCE_WRONG);
        kalisto.with("o365.oauth.scope", "https://outlook.office365.com/.default");
        kalisto.send(subject(), ORDERS);
    }

    @Test
    void theCacheOfTheServerKeepsTheTokenSealedAndTwentyConnectsOfTwoSessionsAskOnce() throws Exception {
        Map<Object, Object> cache = ownCache();
        for (int count = 0; count < 10; count++) {
            kalisto.sendBy("smtp", subject(), ORDERS);
            kalisto.reads("imap", "");
        }
        assertThat(box.state().smtp().authentications()).isEqualTo(10);
        assertThat(box.state().imap().authentications()).isEqualTo(10);
        assertThat(box.state().entra().tokenRequests()).isEqualTo(1);
        assertThat(cache).isNotEmpty();
        // Three letters alone are in base64 by chance.
        assertThat(cache.toString()).doesNotContainPattern("eyJ[\\w-]+\\.eyJ");
    }

    @Test
    void withoutACacheOfTheServerSessionsShareOneInMemory() throws Exception {
        for (int count = 0; count < 20; count++) {
            kalisto.sendBy("smtp", subject(), ORDERS);
        }
        // None at all if another test has been here before
        assertThat(box.state().entra().tokenRequests()).isLessThanOrEqualTo(1);
    }

    @Test
    void aCacheThatIsNotThereStopsNoMail() throws Exception {
        kalisto.with("websphere.cache", "services/cache/nothing");
        BoundNames.bind("services/cache/another", new ConcurrentHashMap<>());
        String subject = subject();
        kalisto.send(subject, ORDERS);
        assertThat(received(ORDERS, subject)).isEqualTo(1);
    }

    @Test
    void theHostIsTheOneGivenToConnectThenThatOfTheProtocolThenMailHost() throws Exception {
        try (Transport transport = kalisto.session().getTransport("smtp")) {
            transport.connect();
            assertThat(transport.getURLName().getHost()).isEqualTo("localhost");
        }
        kalisto.with("mail.smtp.host", "no-such-host.invalid");
        assertThat(sendingFails())
                .satisfies(diagnosis -> assertThat(diagnosis.code()).isEqualTo(DiagnosisCode.MAIL_SERVER_UNREACHABLE))
                .satisfies(diagnosis -> assertThat(diagnosis.summary()).contains("no-such-host.invalid"));
        try (Transport transport = kalisto.session().getTransport("smtp")) {
            transport.connect("localhost", null, null);
            assertThat(transport.isConnected()).isTrue();
        }
    }

    @Test
    void thePortIsTheOneGivenToConnectThenThatOfTheProtocol() throws Exception {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            kalisto.with("mail.imap.port", free.getLocalPort());
        }
        assertThat(diagnosisOf(() -> kalisto.reads("imap", "")).code())
                .isEqualTo(DiagnosisCode.MAIL_SERVER_UNREACHABLE);
        try (Store store = kalisto.session().getStore("imap")) {
            store.connect(null, box.imapsPort(), null, null);
            assertThat(store.getDefaultFolder().list()).isNotEmpty();
        }
    }

    @Test
    void aServerThatDoesNotAnswerIsGivenUpAfterTheTimeout() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            kalisto.with("mail.smtp.port", silent.getLocalPort()).with("mail.smtp.timeout", 300);
            assertThat(sendingFails().code()).isEqualTo(DiagnosisCode.MAIL_SERVER_TIMEOUT);
        }
    }

    @Test
    void aServerThatTakesNothingMoreIsGivenUpAfterTheWriteTimeoutThoughNobodyTicks() throws Exception {
        try (DeafProxy deaf = new DeafProxy(box.smtpPort());
                Transport transport = kalisto.with("mail.smtp.port", deaf.port())
                        .with("mail.smtp.writetimeout", 500)
                        .session()
                        .getTransport("smtp")) {
            transport.connect();
            deaf.goDeafAfter(10_000);
            Message large = kalisto.message(subject(), ORDERS);
            large.setDataHandler(
                    new DataHandler(new ByteArrayDataSource(new byte[20_000_000], "application/octet-stream")));
            large.saveChanges();
            Address[] recipients = InternetAddress.parse(ORDERS);
            Diagnosis diagnosis = diagnosisOf(() -> transport.sendMessage(large, recipients));
            // Angus Mail's own scheduler closes the socket, and the writer may see that before it sees why.
            assertThat(diagnosis.code()).isIn(DiagnosisCode.MAIL_SERVER_TIMEOUT, DiagnosisCode.CONNECTION_LOST);
            assertThat(Long.parseLong(diagnosis.details().get("elapsedMillis"))).isBetween(500L, 20_000L);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"connectiontimeout", "timeout", "writetimeout"})
    void noTimeoutMayBeInfinite(String timeout) {
        for (String value : List.of("0", "-1", "soon")) {
            kalisto.with("mail.smtp." + timeout, value);
            Diagnosis diagnosis = sendingFails();
            assertThat(diagnosis.code()).isEqualTo(DiagnosisCode.CONFIGURATION_INVALID);
            assertThat(diagnosis.summary())
                    .contains("mail.smtp." + timeout + " is")
                    .contains(value);
        }
    }

    @Test
    void theVersionsOfTlsMayBeChosen() throws Exception {
        for (String version : List.of("TLSv1.2", "TLSv1.3")) {
            kalisto.with("mail.smtp.ssl.protocols", version).with("mail.imap.ssl.protocols", version);
            String subject = subject();
            kalisto.send(subject, NOREPLY);
            assertThat(kalisto.reads("imap", subject)).isTrue();
        }
        kalisto.with("mail.smtp.ssl.protocols", "TLSv1.1").with("mail.imap.ssl.protocols", "TLSv1.1");
        assertThat(sendingFails().code()).isEqualTo(DiagnosisCode.MAIL_SERVER_TLS);
        assertThat(diagnosisOf(() -> kalisto.reads("imap", "")).code()).isEqualTo(DiagnosisCode.MAIL_SERVER_TLS);
    }

    @Test
    void theProxyOfTheProtocolIsUsed() throws Exception {
        try (ConnectProxy proxy = new ConnectProxy()) {
            kalisto.with("mail.smtp.proxy.host", "localhost")
                    .with(
                            "mail.smtp.proxy.port",
                            ((InetSocketAddress) proxy.address().address()).getPort());
            kalisto.send(subject(), ORDERS);
            assertThat(proxy.asked()).contains("localhost:" + box.smtpPort());
        }
    }

    @Test
    void everyMissingPropertyIsNamedAtOnce() {
        kalisto.without("o365.user", "o365.oauth.tenant", "o365.oauth.clientId", "o365.oauth.clientSecret");
        Diagnosis diagnosis = sendingFails();
        assertThat(diagnosis.code()).isEqualTo(DiagnosisCode.CONFIGURATION_INVALID);
        assertThat(diagnosis.summary())
                .contains("4 problems")
                .contains("o365.user is missing")
                .contains("o365.oauth.tenant is missing")
                .contains("o365.oauth.clientId is missing")
                .contains("o365.oauth.clientSecret is missing");
        assertThat(box.state().smtp().connections()).isZero();
    }

    @Test
    void aMailboxThatTheApplicationMayNotUseIsDiagnosedAndOnlyAnotherTokenIsTried() throws Exception {
        kalisto.with("o365.user", "nobody@contoso.com");
        Diagnosis diagnosis = sendingFails();
        assertThat(diagnosis.code()).isEqualTo(DiagnosisCode.AUTHENTICATION_REFUSED);
        assertThat(diagnosis.details()).containsKey("token.roles");
        assertThat(box.state().smtp().refusedAuthentications()).isLessThanOrEqualTo(2);
        await().untilAsserted(() -> assertThat(box.state().smtp().open()).isZero());
    }

    @Test
    void aRefusedRecipientIsToldToTheListenersAndInTheException() throws Exception {
        Throwable failure = failureOf(() -> kalisto.send(subject(), "nobody@contoso.com"));
        assertThat(Diagnosis.of(failure).map(Diagnosis::code)).contains(DiagnosisCode.RECIPIENT_REFUSED);
    }

    @Test
    void theConnectionLastsFromConnectToClose() throws Exception {
        List<Integer> events = new CopyOnWriteArrayList<>();
        Store store = kalisto.session().getStore("imap");
        store.addConnectionListener(new Listener(events));
        assertThatIllegalStateException().isThrownBy(() -> store.getFolder("INBOX"));
        store.connect();
        assertThatIllegalStateException().isThrownBy(store::connect);
        Folder inbox = store.getFolder("INBOX");
        inbox.open(Folder.READ_ONLY);
        box.faults(new FaultPlan().dropConnections("imap"));
        await().untilAsserted(() -> assertThat(box.state().imap().open()).isZero());
        try (Folder again = store.getFolder("INBOX")) {
            again.open(Folder.READ_ONLY);
            assertThat(again.isOpen()).isTrue();
        }
        store.close();
        store.close();
        assertThat(store.isConnected()).isFalse();
        assertThatIllegalStateException().isThrownBy(() -> store.getFolder("INBOX"));
        await().untilAsserted(() -> assertThat(box.state().imap().open()).isZero());
        await().untilAsserted(() -> assertThat(events).containsExactly(ConnectionEvent.OPENED, ConnectionEvent.CLOSED));
    }

    private record Listener(List<Integer> events) implements ConnectionListener {

        @Override
        public void opened(ConnectionEvent event) {
            events.add(event.getType());
        }

        @Override
        public void disconnected(ConnectionEvent event) {
            events.add(event.getType());
        }

        @Override
        public void closed(ConnectionEvent event) {
            events.add(event.getType());
        }
    }
}
