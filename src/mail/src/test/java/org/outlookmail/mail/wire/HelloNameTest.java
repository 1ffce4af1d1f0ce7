package org.outlookmail.mail.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.outlookmail.mail.TestAccounts.PATIENT;
import static org.outlookmail.testkit.Failures.diagnosisOf;
import static org.outlookmail.testkit.TestBox.NOREPLY;
import static org.outlookmail.testkit.TestBox.ORDERS;
import static org.outlookmail.testkit.TestBox.subject;

import java.net.InetAddress;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.mail.Connector;
import org.outlookmail.mail.MailConnection;
import org.outlookmail.mail.Messages;
import org.outlookmail.mail.TestAccounts;
import org.outlookmail.sandbox.FaultPlan;
import org.outlookmail.sandbox.Sandbox;
import org.outlookmail.testkit.TestBox;

/** How this machine introduces itself to a server that sends mail. */
@Tag("unit")
@ExtendWith(TestBox.class)
class HelloNameTest {

    private final Sandbox box = TestBox.box();
    private final Connector connector = new Connector();

    @AfterEach
    void disconnect() {
        connector.close();
    }

    @ParameterizedTest
    @CsvSource({
        "ub12., 10.0.0.7, [10.0.0.7]",
        "ub12, 10.0.0.7, [10.0.0.7]",
        "my_app_1, 10.0.0.7, [10.0.0.7]",
        "my_app_1.contoso.com, 10.0.0.7, [10.0.0.7]",
        "m\u00fcller-pc.contoso.com, 10.0.0.7, [10.0.0.7]",
        "-a.contoso.com, 10.0.0.7, [10.0.0.7]",
        "172.17.0.2, 10.0.0.7, [10.0.0.7]",
        "fe80::1, 2001:db8:0:0:0:0:0:7, [IPv6:2001:db8:0:0:0:0:0:7]",
        "app1.contoso.com., 10.0.0.7, app1.contoso.com",
        "App-1.contoso.com, 10.0.0.7, App-1.contoso.com"
    })
    void whatEverTheMachineIsCalledTheArgumentIsValid(String machine, String address, String said) throws Exception {
        String name = HelloName.of(null, Stream.of(machine), InetAddress.getByName(address));
        assertThat(name).isEqualTo(said);
        assertThat(HelloName.valid(name)).isTrue();
    }

    @Test
    void aMachineWithoutANameHasItsAddress() throws Exception {
        assertThat(HelloName.of(null, Stream.empty(), InetAddress.getByName("10.0.0.7")))
                .isEqualTo("[10.0.0.7]");
        assertThat(HelloName.valid(HelloName.of(null, Stream.empty(), null))).isTrue();
        assertThat(HelloName.valid(HelloName.of("localhost:8080", HelloName.machine(), null)))
                .isTrue();
    }

    private MailConnection connection(String property, String value) {
        return connector.connection(
                TestAccounts.account(NOREPLY, box.smtpPort(), box.imapsPort(), PATIENT, Map.of(property, value)));
    }

    private static String received(String subject) {
        return TestBox.message(ORDERS, subject).header("Received").orElseThrow();
    }

    @Test
    void theServerHearsTheNameThatIsConfigured() throws Exception {
        String subject = subject();
        connection("mail.smtp.localhost", "app1.contoso.com").send(Messages.text(subject, ORDERS));
        assertThat(received(subject)).startsWith("from app1.contoso.com ");
    }

    @Test
    void aLocalAddressIsSaidAsALiteral() throws Exception {
        String subject = subject();
        connection("mail.smtp.localaddress", "127.0.0.1").send(Messages.text(subject, ORDERS));
        assertThat(received(subject)).doesNotStartWith("from 127.0.0.1 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "501 5.5.4 Invalid domain name",
                "504 5.5.2 <ub12>: Helo command rejected: need fully-qualified hostname",
                "550 5.7.1 <ub12>: Helo command rejected: Host not found"
            })
    void aServerThatDoesNotTakeTheNameIsToldWithThePropertyThatSetsIt(String reply) {
        box.faults(new FaultPlan().smtp("EHLO", "reply", reply, 1));
        Diagnosis diagnosis = diagnosisOf(
                () -> connection("mail.smtp.localhost", "app1.contoso.com").send(Messages.text(subject(), ORDERS)));
        assertThat(diagnosis.code()).isEqualTo(DiagnosisCode.HELLO_REFUSED);
        assertThat(diagnosis.cure()).contains("smtpHelloName");
        assertThat(diagnosis.details()).containsEntry("reply", reply).containsEntry("hello", "app1.contoso.com");
    }
}
