package org.outlookmail.signin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.outlookmail.cluster.CacheConfiguration;
import org.outlookmail.cluster.Cluster;
import org.outlookmail.cluster.durable.FileStore;
import org.outlookmail.sandbox.Sandbox;
import org.outlookmail.secret.Secret;
import org.outlookmail.token.TokenService;
import org.outlookmail.token.grant.Grants;

/** The command line, from a wrong option to a server that uses what was kept. Row M5. */
@Tag("unit")
@Timeout(60)
class MainTest {

    private static final String MAILBOX = "orders@contoso.com";
    private static final Map<String, String> ENVIRONMENT =
            Map.of("OUTLOOKMAIL_TOKENCACHEKEY", "the-passphrase", "OUTLOOKMAIL_TRUSTSTOREPASSWORD", "sandbox");
    private static final Pattern CODE = Pattern.compile("enter the code (\\S+) ");

    private final Sandbox box =
            Sandbox.builder().randomPorts().user(MAILBOX, "pw").start();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    private Path store;

    @BeforeEach
    void prepare() {
        box.writeTrustStore(folder.resolve("trust.p12"));
        store = folder.resolve("tokens");
    }

    @AfterEach
    void stop() {
        box.close();
    }

    private String[] arguments() {
        return new String[] {
            "--tenant", box.tenantId(),
            "--client", box.clientId(),
            "--mailbox", MAILBOX,
            "--store", store.toString(),
            "--authority", box.entraUrl().toString(),
            "--trust-store", folder.resolve("trust.p12").toString()
        };
    }

    /** Runs it; the user does something as soon as the code is shown. */
    private int run(Map<String, String> environment, Consumer<String> user, List<String> said, String... arguments) {
        PrintStream out = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8) {
            @Override
            public void println(String line) {
                said.add(line);
                Matcher code = CODE.matcher(line);
                if (code.find()) {
                    user.accept(code.group(1));
                }
            }
        };
        return Main.run(arguments, environment, out, new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void whatItKeepsServesAServerWithoutAnotherSignIn() throws Exception {
        List<String> said = new ArrayList<>();
        assertThat(run(ENVIRONMENT, code -> box.entra().signIn(code, MAILBOX), said, arguments()))
                .as(err())
                .isZero();
        assertThat(said).last().asString().contains("Done", MAILBOX, store.toString());
        assertThat(Files.readString(store)).doesNotContain(MAILBOX, "1.A", "the-passphrase");

        Arguments same = Arguments.read(arguments(), ENVIRONMENT);
        try (TokenService server = new TokenService(
                new Cluster(
                        new CacheConfiguration(
                                Optional.empty(),
                                Optional.empty(),
                                "tokens",
                                Optional.empty(),
                                Optional.of(Secret.of("the-passphrase")),
                                Optional.empty()),
                        "node",
                        Runnable::run,
                        Clock.systemUTC()),
                Optional.of(new FileStore(store)),
                Grants::new,
                Runnable::run,
                Clock.systemUTC())) {
            assertThat(server.source().token(same.request()).claims().values()).containsEntry("upn", MAILBOX);
        }
    }

    @Test
    void whoDeclinesIsToldInOneLine() {
        assertThat(run(ENVIRONMENT, box.entra()::declineSignIn, new ArrayList<>(), arguments()))
                .isEqualTo(1);
        assertThat(err().strip()).startsWith("Sign-in: OMC-1232").hasLineCount(1);
        assertThat(store).doesNotExist();
    }

    @Test
    void everythingThatIsWrongIsToldAtOnce() {
        assertThat(run(Map.of(), code -> {}, new ArrayList<>(), "--tenat", "x", "--proxy", "nowhere", "--client"))
                .isEqualTo(2);
        assertThat(err())
                .contains("unknown option --tenat", "--client needs a value", "--mailbox is missing")
                .contains("--proxy must be HOST:PORT", "OUTLOOKMAIL_TOKENCACHEKEY is missing")
                .hasLineCount(1);
    }

    @Test
    void aMailboxThatIsNoAddressIsTold() {
        assertThat(run(Map.of(), code -> {}, new ArrayList<>(), "--mailbox", "a@b@contoso.com"))
                .isEqualTo(2);
        assertThat(err()).contains("--mailbox is \"a@b@contoso.com\": it must be one address");
    }

    @Test
    void aStoreThatCannotBeWrittenIsToldBeforeAnybodySignsIn() throws Exception {
        Files.writeString(store, "damaged");

        assertThat(run(ENVIRONMENT, code -> {}, new ArrayList<>(), arguments())).isEqualTo(1);
        assertThat(err()).contains("is damaged");
        assertThat(box.state().entra().tokenRequests()).isZero();
    }

    @Test
    void eachSecretThatIsEncodedForAServerIsRecognised() {
        Map<String, String> encoded = Map.of(
                "OUTLOOKMAIL_TOKENCACHEKEY", "{aes}AEfu",
                "OUTLOOKMAIL_CLIENTSECRET", "{xor}Lz4s",
                "OUTLOOKMAIL_TRUSTSTOREPASSWORD", "{xor}Lz4s");
        assertThat(run(encoded, code -> {}, new ArrayList<>(), arguments())).isEqualTo(2);
        encoded.forEach((variable, value) -> assertThat(err())
                .contains(variable + " is encoded for a server: set it to the text itself")
                .doesNotContain(value.substring(5)));
        assertThat(err()).doesNotContain("passwordUtilities", "is missing");
    }

    /** A property of server.xml bears the name of its option, and nobody is told to set what has none. */
    @Test
    void whatIsWrongIsNamedAsTheCommandLineDoes() {
        assertThat(run(
                        ENVIRONMENT,
                        code -> {},
                        new ArrayList<>(),
                        "--token-endpoint",
                        "https://idp.example.com/token#x",
                        "--mailbox",
                        MAILBOX,
                        "--client-authentication",
                        "client_secret_jwt"))
                .isEqualTo(2);
        assertThat(err())
                .contains("--token-endpoint is \"https://idp.example.com/token#x\": it must be a full address")
                .contains("--client-authentication is \"client_secret_jwt\": this version knows client_secret_basic")
                .contains("--client is missing", "--store is missing", "--device-endpoint is missing")
                .doesNotContain("tenantId", "tokenEndpoint", "server.xml")
                .hasLineCount(1);
    }
}
