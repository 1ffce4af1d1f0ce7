package org.outlookmail.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The exchange of AUTH (RFC 4954), line by line. */
class SmtpAuthTest {
    private static final String MAILBOX = "noreply@contoso.com";
    private static final Sandbox SANDBOX =
            Sandbox.builder().randomPorts().basicPassword(MAILBOX, "made-up").start();

    @AfterAll
    static void close() {
        SANDBOX.close();
    }

    @BeforeEach
    void reset() {
        SANDBOX.reset();
    }

    @Test
    void theTokenComesWithTheCommand() throws Exception {
        try (RawClient client = RawClient.smtp(SANDBOX)) {
            assertThat(client.ask("auth xoauth2 " + RawClient.xoauth2(MAILBOX, SANDBOX.issueToken())))
                    .isEqualTo("235 2.7.0 Authentication successful");
        }
    }

    @Test
    void theTokenComesInALineOfItsOwnAndARefusalLeavesTheWayOpen() throws Exception {
        try (RawClient client = RawClient.smtp(SANDBOX)) {
            client.send("AUTH XOAUTH2\r\n");
            // RFC 4954, 4: the blank stays, though nothing follows it.
            assertThat(client.rawLine()).isEqualTo("334 ");
            assertThat(client.ask(RawClient.xoauth2(MAILBOX, SANDBOX.issueForgedToken())))
                    .startsWith("535 5.7.3");
            assertThat(client.ask("AUTH XOAUTH2")).isEqualTo("334");
            assertThat(client.ask(RawClient.xoauth2(MAILBOX, SANDBOX.issueToken())))
                    .isEqualTo("235 2.7.0 Authentication successful");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"AUTH XOAUTH2", "AUTH PLAIN", "AUTH LOGIN"})
    void anAsteriskCancels(String command) throws Exception {
        try (RawClient client = RawClient.smtp(SANDBOX)) {
            assertThat(client.ask(command)).startsWith("334");
            assertThat(client.ask("*")).isEqualTo("501 5.7.0 Authentication cancelled");
            assertThat(client.ask("MAIL FROM:<" + MAILBOX + ">")).startsWith("530");
        }
        assertThat(SANDBOX.state().smtp().refusedAuthentications()).isZero();
    }

    @Test
    void anAsteriskInPlaceOfThePasswordCancelsToo() throws Exception {
        try (RawClient client = RawClient.smtp(SANDBOX)) {
            client.ask("AUTH LOGIN " + RawClient.base64(MAILBOX));
            assertThat(client.ask("*")).startsWith("501 5.7.0");
        }
    }
}
