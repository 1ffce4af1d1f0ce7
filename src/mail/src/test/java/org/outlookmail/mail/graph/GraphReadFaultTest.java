package org.outlookmail.mail.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.outlookmail.testkit.Failures.diagnosisOf;
import static org.outlookmail.testkit.TestBox.ORDERS;

import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessageRemovedException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.cluster.CacheConfiguration;
import org.outlookmail.cluster.Cluster;
import org.outlookmail.mail.Connector;
import org.outlookmail.mail.MailAccount;
import org.outlookmail.mail.MailConnection;
import org.outlookmail.mail.TestAccounts;
import org.outlookmail.mail.quota.QuotaLimits;
import org.outlookmail.mail.quota.Quotas;
import org.outlookmail.sandbox.FaultPlan;
import org.outlookmail.sandbox.Sandbox;
import org.outlookmail.testkit.TestBox;

/** What goes wrong while a mailbox is read over Graph: what passes is waited for, what stays is told. */
@Tag("unit")
@ExtendWith(TestBox.class)
class GraphReadFaultTest {

    private final Sandbox box = TestBox.box();
    private final Connector connector = new Connector();
    private final Cluster cluster = new Cluster(CacheConfiguration.local(), "node", Runnable::run, Clock.systemUTC());
    private final Quotas quotas = new Quotas(cluster, Runnable::run, Clock.systemUTC());
    private final String place = "Faults " + UUID.randomUUID();
    private MailConnection connection;

    @BeforeEach
    void threeMessages() {
        for (int i = 1; i <= 3; i++) {
            box.deliver(ORDERS, place, ("Subject: " + i + "\r\n\r\nx\r\n").getBytes(StandardCharsets.US_ASCII));
        }
        MailAccount account = TestAccounts.graph(ORDERS, Map.of());
        QuotaLimits limits =
                QuotaLimits.ofConnections(3, 0, 0, Duration.ofSeconds(10)).andRequests(4, 0);
        connection = connector.connection(account, quotas.sending(account, limits), quotas.reading(account, limits));
    }

    @AfterEach
    void close() {
        connector.close();
        quotas.close();
        cluster.close();
    }

    static Stream<Arguments> passing() {
        return Stream.of("429", "503", "504", "drop")
                .flatMap(fault -> Stream.of("FOLDERS", "LIST", "VALUE", "BATCH").map(at -> Arguments.of(fault, at)));
    }

    @ParameterizedTest(name = "{0} at {1}")
    @MethodSource("passing")
    void whatPassesIsWaitedFor(String fault, String at) throws Exception {
        connection.store();
        box.faults(
                fault.equals("drop")
                        ? new FaultPlan().dropGraph(at, false, 1)
                        : new FaultPlan().graph(at, Integer.parseInt(fault), "", -1, 1));

        try (Folder folder = connection.openFolder(place, Folder.READ_WRITE)) {
            Message[] all = folder.getMessages();
            assertThat(all[1].getSubject()).isEqualTo("2");
            assertThat(all[1].getContent()).isEqualTo("x\r\n");
            folder.setFlags(all, new Flags(Flags.Flag.FLAGGED), true);
        }

        assertThat(box.messages(ORDERS, place))
                .allSatisfy(each -> assertThat(each.flags()).contains("\\Flagged"));
    }

    @Test
    void aMissingRightIsNamedWithWhatItIsFor() {
        box.faults(new FaultPlan().graph("FOLDERS", 403, "ErrorAccessDenied", -1, 1));

        Diagnosis diagnosis = diagnosisOf(() -> connection.openFolder(place, Folder.READ_ONLY));

        assertThat(diagnosis.code()).isEqualTo(DiagnosisCode.GRAPH_ACCESS_DENIED);
        assertThat(diagnosis.details()).containsEntry("permission", "Mail.Read");
    }

    @Test
    void aMessageThatSomebodyRemovedIsToldAsSuch() throws Exception {
        try (Folder folder = connection.openFolder(place, Folder.READ_WRITE)) {
            Message second = folder.getMessage(2);
            second.getSubject();
            MailConnection other = connector.connection(TestAccounts.graph(ORDERS, Map.of()));
            try (Folder same = other.openFolder(place, Folder.READ_WRITE)) {
                same.getMessage(2).setFlag(Flags.Flag.DELETED, true);
                same.expunge();
            }
            // The first time it goes to Deleted Items, where its id leads as well.
            try (Folder bin = other.openFolder("Deleted Items", Folder.READ_WRITE)) {
                bin.setFlags(bin.getMessages(), new Flags(Flags.Flag.DELETED), true);
                bin.expunge();
            }

            assertThatExceptionOfType(MessageRemovedException.class).isThrownBy(second::getContent);
            assertThat(folder.getMessage(3).getSubject()).isEqualTo("3");
        }
    }

    @Test
    void aConnectionThatAlwaysBreaksIsToldAndTheFolderStaysOpen() throws Exception {
        box.faults(new FaultPlan().dropGraph("LIST", false, -1));
        Folder folder = connection.openFolder(place, Folder.READ_ONLY);
        assertThat(diagnosisOf(() -> folder.getMessage(1).getSubject()).code())
                .isEqualTo(DiagnosisCode.CONNECTION_LOST);
        box.reset();
        assertThat(folder.isOpen()).isTrue();
        assertThat(folder.getMessage(1).getSubject()).isEqualTo("1");
        folder.close(false);
    }
}
