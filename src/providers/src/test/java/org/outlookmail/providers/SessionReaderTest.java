package org.outlookmail.providers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.mail.Authentication;
import org.outlookmail.mail.MailTimeouts;
import org.outlookmail.token.TokenRequest;

/** Defaults, and what contradicts: no server is needed to say so. Row K7. */
@Tag("unit")
class SessionReaderTest {

    private static final Target NOTHING = new Target(null, -1, null);

    private final Properties properties = new Properties();

    SessionReaderTest() {
        properties.setProperty("o365.user", "noreply@contoso.com");
        properties.setProperty("o365.oauth.tenant", "11111111-2222-3333-4444-555555555555");
        properties.setProperty("o365.oauth.clientId", "66666666-7777-8888-9999-000000000000");
        properties.setProperty("o365.oauth.clientSecret", "a-made-up-secret");
    }

    private SessionConfiguration read(Protocol protocol) throws MessagingException {
        return SessionReader.read(Session.getInstance(properties), protocol, NOTHING);
    }

    private String problems(Protocol protocol) {
        Throwable failure = catchThrowable(() -> read(protocol));
        Diagnosis diagnosis = Diagnosis.of(failure).orElseThrow();
        assertThat(diagnosis.code()).isEqualTo(DiagnosisCode.CONFIGURATION_INVALID);
        return diagnosis.summary();
    }

    @ParameterizedTest
    @CsvSource({
        "SMTP, smtp://smtp.office365.com:587",
        "SMTPS, smtps://smtp.office365.com:465",
        "IMAP, imaps://outlook.office365.com:993",
        "IMAPS, imaps://outlook.office365.com:993",
        "POP3, pop3s://outlook.office365.com:995",
        "POP3S, pop3s://outlook.office365.com:995"
    })
    void theDefaultsAreThoseOfKalisto(Protocol protocol, String server) throws MessagingException {
        assertThat(read(protocol).server()).hasToString(server);
    }

    @ParameterizedTest
    @CsvSource({
        "SMTP, true, smtps://smtp.office365.com:465",
        "IMAP, false, imap://outlook.office365.com:143",
        "POP3, false, pop3://outlook.office365.com:110"
    })
    void sslEnableChangesThePortWithTheKindOfTls(Protocol protocol, String ssl, String server)
            throws MessagingException {
        properties.setProperty("mail." + protocol.property() + ".ssl.enable", ssl);
        assertThat(read(protocol).server()).hasToString(server);
    }

    @Test
    void theTokenIsAskedForWhereKalistoAskedForIt() throws MessagingException {
        TokenRequest request =
                ((Authentication.Token) read(Protocol.SMTP).account().out().authentication()).request();
        assertThat(request.tokenEndpoint())
                .isEqualTo(URI.create(
                        "https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/oauth2/v2.0/token"));
        assertThat(request.scope()).isEqualTo("https://outlook.office.com/.default");
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void timeoutsAreFiniteWithoutBeingSet(Protocol protocol) throws MessagingException {
        assertThat(read(protocol).account().route().timeouts())
                .isEqualTo(new MailTimeouts(Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofSeconds(60)));
    }

    @Test
    void theCacheIsInMemoryUnlessTheServersIsNamed() throws MessagingException {
        assertThat(read(Protocol.SMTP).cache().jndiName()).isEmpty();
        properties.setProperty("websphere.cache", "services/cache/tokenO365");
        assertThat(read(Protocol.SMTP).cache().jndiName()).contains("services/cache/tokenO365");
    }

    @Test
    void furtherPropertiesPassOnUnderTheProtocolThatIsSpokenAndThoseOfOthersDoNot() throws MessagingException {
        properties.setProperty("mail.imap.fetchsize", "65536");
        properties.setProperty("mail.smtp.localhost", "mail.contoso.com");
        properties.setProperty("mail.mime.charset", "UTF-8");
        properties.setProperty("mail.imap.class", "org.outlookmail.providers.ImapStore");
        assertThat(read(Protocol.IMAP).account().mailProperties())
                .containsOnly(Map.entry("mail.imaps.fetchsize", "65536"), Map.entry("mail.mime.charset", "UTF-8"));
    }

    @ParameterizedTest
    @CsvSource({
        "SMTP, mail.smtp.auth, true",
        "SMTP, mail.smtp.auth.mechanisms, XOAUTH2",
        "SMTP, mail.smtp.auth.login.disable, true",
        "SMTP, mail.smtp.auth.plain.disable, true",
        "SMTP, mail.smtp.starttls.enable, true",
        "SMTP, mail.smtp.starttls.required, true",
        "SMTP, mail.smtp.sendpartial, false",
        "IMAP, mail.imap.auth.mechanisms, XOAUTH2",
        "IMAP, mail.imap.starttls.enable, false",
        "IMAP, mail.imap.ssl.checkserveridentity, true",
        "IMAP, mail.imap.socketFactory.class, javax.net.ssl.SSLSocketFactory",
        "POP3, mail.pop3.auth.xoauth2.two.line.authentication.format, true",
        "SMTP, mail.imap.auth.mechanisms, PLAIN",
        "SMTP, mail.debug.auth, false"
    })
    void whatAgreesOrConcernsAnotherProtocolIsAccepted(Protocol protocol, String property, String value)
            throws MessagingException {
        properties.setProperty(property, value);
        assertThat(read(protocol).account().mailProperties()).doesNotContainKey(property);
    }

    @ParameterizedTest
    @CsvSource({
        "SMTP, mail.smtp.auth, false",
        "SMTP, mail.smtp.auth.mechanisms, PLAIN",
        "SMTP, mail.smtp.auth.plain.disable, false",
        "SMTP, mail.smtp.starttls.enable, false",
        "SMTP, mail.smtp.starttls.required, false",
        "SMTP, mail.smtp.sendpartial, true",
        "SMTP, mail.smtp.ssl.trust, *",
        "SMTP, mail.smtp.chunksize, 4096",
        "SMTP, mail.smtp.socketFactory.class, com.contoso.TrustsAll",
        "SMTP, mail.smtp.proxy.user, contoso",
        "SMTP, mail.debug.auth, true",
        "IMAP, mail.imap.auth.mechanisms, LOGIN XOAUTH2",
        "IMAP, mail.imap.ssl.checkserveridentity, false",
        "IMAPS, mail.imaps.ssl.enable, false",
        "IMAP, mail.imap.ssl.enable, yes",
        "POP3, mail.pop3.port, 99999",
        "SMTP, mail.smtp.port, submission",
        "SMTP, mail.smtp.host, two hosts",
        "SMTP, o365.user, noreply",
        "SMTP, o365.oauth.tenant, not a tenant",
        "SMTP, o365.oauth.clientId, not-a-guid",
        "SMTP, o365.oauth.url, http://login.microsoftonline.com/%s",
        "SMTP, o365.oauth.clientID, 66666666-7777-8888-9999-000000000000",
        "SMTP, o365.oauth.clientSecret, {xor}Lz4sLChvLTs="
    })
    void whatIsWrongOrContradictsIsNamed(Protocol protocol, String property, String value) {
        properties.setProperty(property, value);
        assertThat(problems(protocol)).contains("one problem").contains(property);
    }

    @Test
    void allProblemsAreToldAtOnceWithTheSessionTheyAreIn() {
        properties.setProperty("jndiName", "mail/kalisto");
        properties.setProperty("mail.smtp.starttls.enable", "false");
        properties.setProperty("mail.smtp.auth.mechanisms", "PLAIN");
        properties.setProperty("mail.smtp.timeout", "0");
        assertThat(problems(Protocol.SMTP))
                .contains("the <mailSession> mail/kalisto for smtp", "3 problems")
                .contains("mail.smtp.starttls.enable is \"false\" and can only be \"true\"")
                .contains("mail.smtp.auth.mechanisms is \"PLAIN\" and can only be \"XOAUTH2\"")
                .contains("mail.smtp.timeout is 0");
    }

    @ParameterizedTest
    @CsvSource({
        "o365.user",
        "o365.password",
        "o365.oauth.tenant",
        "o365.oauth.clientId",
        "o365.oauth.clientSecret",
        "o365.oauth.url",
        "o365.oauth.scope",
        "websphere.cache",
        "mail.smtp.host",
        "mail.smtp.localhost"
    })
    void aVariableThatTheServerDoesNotKnowIsNamedWithItsProperty(String property) {
        properties.setProperty(property, "${no.such.variable}");
        assertThat(problems(Protocol.SMTP)).contains("one problem", property + " holds ${no.such.variable}");
    }

    @Test
    void aProxysPasswordIsRefusedWithoutBeingShown() {
        properties.setProperty("mail.smtp.proxy.password", "a-made-up-proxy-password");
        assertThat(problems(Protocol.SMTP))
                .contains("mail.smtp.proxy.password")
                .doesNotContain("a-made-up-proxy-password");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x\u0001user=orders@contoso.com\u0001@contoso.com",
                "a@b@contoso.com",
                "@contoso.com",
                "\u212a@x.de"
            })
    void aUserThatIsNoAddressIsToldWhereverItComesFrom(String user) {
        for (String property : new String[] {"o365.user", "mail.smtp.user", "mail.user"}) {
            properties.remove("o365.user");
            properties.setProperty(property, user);
            assertThat(problems(Protocol.SMTP)).contains(property + " is ", "must be one address");
            properties.remove(property);
        }
        Throwable given = catchThrowable(() -> SessionReader.read(
                Session.getInstance(properties), Protocol.IMAPS, new Target("localhost", 993, user)));
        assertThat(Diagnosis.of(given).orElseThrow().summary()).contains("the user given to connect() is ");
    }

    @Test
    void aNameThatNoServerTakesInEhloIsRefused() throws MessagingException {
        properties.setProperty("mail.smtp.localhost", "my_app_1");
        assertThat(problems(Protocol.SMTP)).contains("mail.smtp.localhost is \"my_app_1\": it must be a full name");
        assertThat(read(Protocol.IMAPS).account().mailProperties()).isEmpty();
    }
}
