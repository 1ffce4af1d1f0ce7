package org.outlookmail.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The options of the runnable jar. */
class MainTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... arguments) throws InterruptedException {
        return Main.run(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                arguments);
    }

    @Test
    void helpListsEveryOptionAndStartsNothing() throws Exception {
        assertThat(run("--help")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains(
                        "--tenant",
                        "--mailbox",
                        "--smtp-port",
                        "--smtps-port",
                        "--imap-port",
                        "--pop3-port",
                        "--data-dir",
                        "--trust-store");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--colour red                                       | Unknown option --colour",
                "--tenant                                           | --tenant needs a value",
                "--smtp-port many                                   | --smtp-port needs a whole number, not many",
                "--imaps-port 70000                                 | --imaps-port needs a port from 0 to 65535",
                "--send-as a@contoso.com                            | --send-as needs ADDRESS=OTHER",
                "--basic-password hush                              | --basic-password needs ADDRESS=TEXT",
                "--smtps-port -1                                    | --smtps-port needs a whole number, not -1",
                "--imap-port 70000                                  | --imap-port needs a port from 0 to 65535",
                "--pop3-port                                        | --pop3-port needs a value",
                "--send-as a@contoso.com=b@contoso.com              | which no --mailbox names",
                "--random-ports --tenant contoso                    | the tenant id must be a GUID",
                "--random-ports --mailbox nobody                    | is no mail address",
            })
    void aBadOptionEndsInOneLineAndStatusTwo(String line, String complaint) throws Exception {
        assertThat(run(line.split(" +", -1))).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains(complaint).hasLineCount(1);
        assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void aPortInUseEndsInOneLineToo() throws Exception {
        try (Sandbox sandbox = Sandbox.builder().randomPorts().start()) {
            assertThat(run("--random-ports", "--smtp-port", String.valueOf(sandbox.smtpPort())))
                    .isEqualTo(2);
        }
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("for SMTP submission")
                .hasLineCount(1);
    }

    @Test
    void theOptionsReachTheBox() throws Exception {
        CommandLine options = new CommandLine(
                "--random-ports",
                "--mailbox",
                "a@contoso.com",
                "--mailbox",
                "b@contoso.com",
                "--send-as",
                "a@contoso.com=c@contoso.com",
                "--secret",
                "another-made-up-one",
                "--basic-password",
                "b@contoso.com=made-up=too",
                "--challenge-on-refusal",
                "--trust-store",
                "trust.p12");
        assertThat(options.trustStore()).contains(Path.of("trust.p12"));
        try (Sandbox sandbox = options.builder().start()) {
            assertThat(sandbox.clientSecret()).isEqualTo("another-made-up-one");
            assertThat(sandbox.mailboxes())
                    .hasSize(2)
                    .anySatisfy(mailbox -> assertThat(mailbox.sendAs()).containsExactly("c@contoso.com"));
            assertThat(Main.summary(sandbox))
                    .contains(sandbox.tokenEndpoint().toString())
                    .contains("localhost:" + sandbox.smtpPort())
                    .contains("start: " + sandbox.smtpsPort())
                    .contains("STARTTLS: " + sandbox.imapPort())
                    .contains("STLS: " + sandbox.pop3Port())
                    .doesNotContain("made-up=too")
                    .contains("a@contoso.com, b@contoso.com");
            try (RawClient client = RawClient.smtp(sandbox)) {
                assertThat(client.ask("AUTH XOAUTH2 bm9uc2Vuc2U=")).startsWith("334 ");
                assertThat(client.ask("")).startsWith("535");
                assertThat(client.ask("AUTH PLAIN " + RawClient.plainAnswer("b@contoso.com", "made-up=too")))
                        .startsWith("235");
            }
        }
    }
}
