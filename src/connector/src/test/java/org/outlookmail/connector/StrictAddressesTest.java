package org.outlookmail.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.outlookmail.connector.Messages.message;
import static org.outlookmail.testkit.Failures.diagnosisOf;
import static org.outlookmail.testkit.TestBox.ORDERS;
import static org.outlookmail.testkit.TestBox.subject;

import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.resource.spi.security.PasswordCredential;
import java.util.List;
import java.util.Set;
import javax.security.auth.Subject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.OutlookMailConnectionSpec;
import org.outlookmail.OutlookMailSession;
import org.outlookmail.OutlookMailSessionFactory;
import org.outlookmail.connector.config.SenderPolicy;
import org.outlookmail.connector.handle.MailboxRequest;
import org.outlookmail.connector.pool.MailManagedConnectionFactory;
import org.outlookmail.sandbox.Sandbox;
import org.outlookmail.testkit.TestBox;

/** What looks like an address and is none opens no mailbox and matches no entry of {@code allowedMailboxes}. */
@Tag("unit")
@ExtendWith(TestBox.class)
class StrictAddressesTest {

    private static final String INJECTION = "x\u0001user=orders@contoso.com\u0001@sales.contoso.com";

    private final Sandbox box = TestBox.box();
    private Server server;
    private MailManagedConnectionFactory managed;

    @BeforeEach
    void start() throws Exception {
        server = new Server();
        managed = server.configured(new MailManagedConnectionFactory());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private OutlookMailSessionFactory factory() {
        return (OutlookMailSessionFactory) managed.createConnectionFactory(server);
    }

    private void assertNoNetwork() {
        assertThat(box.state().smtp().connections()).isZero();
        assertThat(box.state().imap().connections()).isZero();
        assertThat(box.state().entra().tokenRequests()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                INJECTION,
                "evil@evil.org@sales.contoso.com",
                "@sales.contoso.com",
                "\"x y\"@sales.contoso.com",
                "x@sales.contoso.com\r\n",
                "\u212aate@sales.contoso.com"
            })
    void aSpecificationThatIsNoAddressOpensNoMailboxOfAnAllowedDomain(String wanted) {
        managed.setAllowedMailboxes("@sales.contoso.com, kate@sales.contoso.com");
        assertThat(diagnosisOf(() -> factory().getConnection(new OutlookMailConnectionSpec(wanted))))
                .satisfies(diagnosis -> {
                    assertThat(diagnosis.code()).isEqualTo(DiagnosisCode.MAILBOX_MALFORMED);
                    assertThat(diagnosis.details()).containsEntry("allowedMailboxes", managed.getAllowedMailboxes());
                });
        assertThat(server.all).isEmpty();
        assertNoNetwork();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                INJECTION,
                "\"x\u0001user=orders@contoso.com\u0001\"@sales.contoso.com",
                "\"evil@evil.org\"@sales.contoso.com",
                "\u212aate@sales.contoso.com",
                "sales.contoso.com@evil.org"
            })
    void aFromThatIsNoAddressIsNoSenderOfAnAllowedDomain(String from) throws Exception {
        managed.setSenderPolicy("sender");
        managed.setAllowedMailboxes("@sales.contoso.com, kate@sales.contoso.com");
        try (OutlookMailSession session = factory().getConnection()) {
            for (String header : List.of("From", "Sender")) {
                MimeMessage message = message(session.mailSession(), subject());
                message.setFrom(new InternetAddress("kate@sales.contoso.com"));
                message.setHeader(header, from);
                assertThat(diagnosisOf(() -> session.send(message)).code())
                        .as(header)
                        .isIn(DiagnosisCode.SENDER_NOT_ALLOWED, DiagnosisCode.MESSAGE_INCOMPLETE);
            }
        }
        assertNoNetwork();
    }

    @Test
    void aLetterWhoseOtherCaseIsAsciiDoesNotMatchIt() {
        SenderPolicy policy = new SenderPolicy(true, "kiosk@contoso.com", List.of("desk@contoso.com", "@kiosk.com"));
        assertThat(List.of("KIOSK@contoso.com", "Desk@Contoso.com", "x@KIOSK.com"))
                .allMatch(policy::allowsMailbox);
        assertThat(List.of(
                        "\u212aiosk@contoso.com", "des\u212a@contoso.com", "x@\u212aiosk.com", "de\u017fk@contoso.com"))
                .noneMatch(policy::allowsMailbox);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"x\u0001user=orders@contoso.com\u0001@sales.contoso.com", "a@b@contoso.com", "@contoso.com"})
    void aMailboxAndAnAuthenticationUserAreAddressesToo(String user) throws Exception {
        PasswordCredential credential = new PasswordCredential(user, "not used".toCharArray());
        credential.setManagedConnectionFactory(managed);
        server.subject = new Subject(false, Set.of(), Set.of(), Set.of(credential));
        assertThat(diagnosisOf(() -> factory().getConnection()).code()).isEqualTo(DiagnosisCode.CONFIGURATION_INVALID);

        server.subject = null;
        managed = server.configured(new MailManagedConnectionFactory());
        managed.setMailbox(user);
        assertThat(diagnosisOf(() -> factory().getConnection()).code()).isEqualTo(DiagnosisCode.CONFIGURATION_INVALID);
        assertNoNetwork();
    }

    @Test
    void everyEntryOfAllowedMailboxesThatIsNeitherAddressNorDomainIsTold() {
        managed.setAllowedMailboxes(
                "a@b@contoso.com, @, @-x.com, orders@contoso.com, @con_toso.com, @evil.org@contoso.com");
        assertThat(diagnosisOf(() -> factory().getConnection()).summary())
                .contains("\"a@b@contoso.com\"")
                .contains("\"@\"")
                .contains("\"@-x.com\"")
                .contains("\"@con_toso.com\"")
                .contains("\"@evil.org@contoso.com\"")
                .doesNotContain("\"orders@contoso.com\"");
    }

    @Test
    void aUserNameOfPasswordsHasNoControlCharacters() throws Exception {
        managed.setProvider("basic");
        managed.setUserName("x\u0000orders@contoso.com");
        managed.setUserPassword("the-password");
        assertThat(diagnosisOf(() -> factory().getConnection()).summary()).contains("userName");
        assertNoNetwork();
    }

    @Test
    void aRequestThatForgotToCheckIsRefusedByThePoolsOwnRecord() {
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> new MailboxRequest(INJECTION)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("\u0001");
        assertThat(new MailboxRequest("Orders@Contoso.com").mailbox()).isEqualTo(ORDERS);
    }
}
