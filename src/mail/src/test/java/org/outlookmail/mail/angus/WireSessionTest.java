package org.outlookmail.mail.angus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.outlookmail.mail.Endpoint;
import org.outlookmail.mail.MailAccount;
import org.outlookmail.mail.MailTimeouts;
import org.outlookmail.mail.TestAccounts;
import org.outlookmail.mail.wire.WireSockets;
import org.outlookmail.mail.wire.WriteTimeouts;
import org.outlookmail.testkit.TestBox;

/** Which properties of Angus Mail an administrator may set, and which are the adapter's. */
@Tag("unit")
@ExtendWith(TestBox.class)
class WireSessionTest {

    private static final String EXECUTOR = "mail.smtp.executor.writetimeout";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mail.debug.auth",
                "mail.debug.auth.password",
                "mail.smtp.auth",
                "mail.smtp.auth.mechanisms",
                "mail.smtp.starttls.required",
                "mail.smtp.sendpartial",
                "mail.smtp.reportsuccess",
                "mail.smtp.chunksize",
                "mail.smtp.timeout",
                "mail.smtp.connectiontimeout",
                "mail.smtp.writetimeout",
                "mail.smtp.ssl.trust",
                "mail.imaps.ssl.trust",
                "mail.smtp.ssl.enable",
                "mail.imaps.ssl.checkserveridentity",
                "mail.imaps.ssl.socketFactory.class",
                "mail.imaps.socketFactory",
                "mail.smtp.proxy.host",
                "mail.imaps.socks.host",
                "mail.imaps.sasl.enable"
            })
    void whatTheAdapterDecidesCannotBeSwitchedOff(String name) throws MessagingException {
        assertThat(MailAccount.reserved(name)).isTrue();
        assertThat(session(Map.of(name, "somebody else's")).getProperty(name)).isNotEqualTo("somebody else's");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mail.debug",
                "mail.smtp.localhost",
                "mail.smtp.ssl.protocols",
                "mail.imaps.fetchsize",
                "mail.imaps.connectionpoolsize"
            })
    void everythingElseIsPassedOn(String name) throws MessagingException {
        assertThat(MailAccount.reserved(name)).isFalse();
        assertThat(session(Map.of(name, "8192")).getProperty(name)).isEqualTo("8192");
    }

    @Test
    void timeoutsAreFinite() throws MessagingException {
        MailAccount account = TestAccounts.account(TestBox.NOREPLY);
        for (Endpoint end : new Endpoint[] {account.out(), account.in()}) {
            Session session = session(account, end, new WriteTimeouts());
            for (String timeout : new String[] {"connectiontimeout", "timeout", "writetimeout"}) {
                assertThat(session.getProperty("mail." + end.server().protocol() + "." + timeout))
                        .matches("[1-9]\\d*");
            }
        }
    }

    @Test
    void writesAreTimedByTheOwnersClockOrElseByAngusMail() throws MessagingException {
        MailAccount account = TestAccounts.account(TestBox.NOREPLY);
        WriteTimeouts owned = new WriteTimeouts();
        assertThat(session(account, account.out(), owned).getProperties()).containsEntry(EXECUTOR, owned);
        assertThat(session(account, account.out(), WriteTimeouts.ofEachConnection())
                        .getProperties())
                .doesNotContainKey(EXECUTOR)
                .containsKey("mail.smtp.writetimeout");
    }

    @Test
    void aTimeoutThatWouldReachTheSocketAsZeroIsRefused() {
        Duration second = Duration.ofSeconds(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MailTimeouts(second, Duration.ofNanos(999_999), second));
        assertThatIllegalArgumentException().isThrownBy(() -> new MailTimeouts(Duration.ZERO, second, second));
        assertThatIllegalArgumentException().isThrownBy(() -> new MailTimeouts(second, second, Duration.ofMillis(-1)));
    }

    /** Of the server that the property is about. */
    private static Session session(Map<String, String> mailProperties) throws MessagingException {
        MailAccount account = TestAccounts.account(TestBox.NOREPLY, 587, 993, TestAccounts.PATIENT, mailProperties);
        boolean store = mailProperties.keySet().stream().anyMatch(name -> name.startsWith("mail.imaps."));
        return session(account, store ? account.in() : account.out(), new WriteTimeouts());
    }

    private static Session session(MailAccount account, Endpoint end, WriteTimeouts timeouts)
            throws MessagingException {
        return WireSession.of(account, end, timeouts, WireSockets.of(account, end.server()));
    }
}
