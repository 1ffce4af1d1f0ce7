package org.outlookmail.mail.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.outlookmail.testkit.Failures.diagnosisOf;
import static org.outlookmail.testkit.TestBox.NOREPLY;
import static org.outlookmail.testkit.TestBox.ORDERS;
import static org.outlookmail.testkit.TestBox.subject;

import jakarta.mail.Folder;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.mail.Authentication;
import org.outlookmail.mail.Connector;
import org.outlookmail.mail.MailAccount;
import org.outlookmail.mail.MailConnection;
import org.outlookmail.mail.Messages;
import org.outlookmail.mail.TestAccounts;
import org.outlookmail.sandbox.Sandbox;
import org.outlookmail.secret.Secret;
import org.outlookmail.testkit.TestBox;

/** Nothing that goes into a login can be read as two of its fields. */
@Tag("unit")
@ExtendWith(TestBox.class)
class LoginTextTest {

    private final Connector connector = new Connector();
    private final Sandbox box = TestBox.box();

    @AfterEach
    void close() {
        connector.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"x\u0001user=orders@contoso.com\u0001@sales.contoso.com", "x@contoso.com\u0000", "\u212a@x.de"})
    void anAccountIsMadeForAnAddressOnly(String mailbox) {
        MailAccount account = TestAccounts.account(NOREPLY);
        assertThatIllegalArgumentException().isThrownBy(() -> account.as(mailbox));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u0001auth=Bearer b", "a\u0001\u0001", "a\r\nQUIT", "a\u0101b", "a\u007f", "\u0000"})
    void aTokenWithACharacterThatEndsAFieldIsNotSent(String token) {
        assertThat(diagnosisOf(() -> check(TestAccounts.account(NOREPLY).out().authentication(), NOREPLY, token)))
                .satisfies(diagnosis -> {
                    assertThat(diagnosis.code()).isEqualTo(DiagnosisCode.TOKEN_ANSWER_UNUSABLE);
                    assertThat(diagnosis.toString()).contains(NOREPLY).doesNotContain(token);
                });
        assertThatNoException()
                .isThrownBy(() ->
                        check(TestAccounts.account(NOREPLY).out().authentication(), NOREPLY, "eyJ0.eyJh-_~+/=.x"));
    }

    @Test
    void aPasswordLoginWithTwoUsersDoesNotReachTheServer() {
        MailConnection two = password("x\u0000" + ORDERS, "the-password");
        MailConnection split = password(NOREPLY, "the\u0000password");
        for (MailConnection connection : new MailConnection[] {two, split}) {
            assertThat(diagnosisOf(() -> connection.send(Messages.text(subject(), ORDERS)))
                            .code())
                    .isEqualTo(DiagnosisCode.CONFIGURATION_INVALID);
            assertThat(diagnosisOf(() -> connection.openFolder("INBOX", Folder.READ_ONLY))
                            .code())
                    .isEqualTo(DiagnosisCode.CONFIGURATION_INVALID);
        }
        assertThat(box.state().smtp().connections()).isZero();
        assertThat(box.state().imap().connections()).isZero();
    }

    private MailConnection password(String user, String password) {
        MailAccount account = TestAccounts.account(NOREPLY);
        return connector.connection(MailAccount.of(
                NOREPLY,
                account.out().server(),
                account.in().server(),
                account.route(),
                new Authentication.Password(user, Secret.of(password)),
                Map.of()));
    }

    private static void check(Authentication authentication, String user, String secret) throws Exception {
        LoginText.check(NOREPLY, authentication, user, secret);
    }

    @Test
    void aPasswordMayHaveLettersOfAnyScript() {
        Authentication password = new Authentication.Password("b\u00f6b", Secret.of("\u043f\u0430\u0440"));
        assertThatNoException().isThrownBy(() -> check(password, "b\u00f6b", "\u043f\u0430\u0440\u043e\u043b\u044c"));
    }
}
