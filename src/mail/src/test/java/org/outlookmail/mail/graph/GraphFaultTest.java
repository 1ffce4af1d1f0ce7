package org.outlookmail.mail.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.outlookmail.testkit.Failures.diagnosisOf;
import static org.outlookmail.testkit.TestBox.NOREPLY;
import static org.outlookmail.testkit.TestBox.ORDERS;
import static org.outlookmail.testkit.TestBox.accepted;
import static org.outlookmail.testkit.TestBox.received;
import static org.outlookmail.testkit.TestBox.subject;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.cluster.CacheConfiguration;
import org.outlookmail.cluster.Cluster;
import org.outlookmail.mail.Connector;
import org.outlookmail.mail.MailAccount;
import org.outlookmail.mail.MailConnection;
import org.outlookmail.mail.MailTimeouts;
import org.outlookmail.mail.Messages;
import org.outlookmail.mail.Quota;
import org.outlookmail.mail.TestAccounts;
import org.outlookmail.mail.quota.QuotaLimits;
import org.outlookmail.mail.quota.Quotas;
import org.outlookmail.sandbox.FaultPlan;
import org.outlookmail.sandbox.Sandbox;
import org.outlookmail.testkit.TestBox;

/**
 * The fault table of Graph: what the caller sees of each fault, at each step, over a new connection and a used one. Whatever
 * happens, a message never goes twice, and none that was lost is told as sent; through a draft every outcome is known.
 */
@Tag("unit")
@ExtendWith(TestBox.class)
class GraphFaultTest {

    private static final MailTimeouts BRISK =
            new MailTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(1), Duration.ofSeconds(5));

    private final Sandbox box = TestBox.box();
    private final Connector connector = new Connector();
    private final Cluster cluster = new Cluster(CacheConfiguration.local(), "node", Runnable::run, Clock.systemUTC());
    private final Quotas quotas = new Quotas(cluster, Runnable::run, Clock.systemUTC());
    private final String subject = subject();

    @AfterEach
    void close() {
        connector.close();
        quotas.close();
        cluster.close();
    }

    private MailConnection connection(String send, Duration patience, boolean used) throws MessagingException {
        MailAccount account = TestAccounts.graph(NOREPLY, BRISK, Map.of("mail.graph.send", send));
        Quota quota = quotas.sending(
                account, QuotaLimits.ofConnections(0, 0, 0, patience).andRequests(4, 0));
        MailConnection connection = connector.connection(account, quota);
        if (used) {
            connection.send(Messages.text(subject(), ORDERS));
        }
        return connection;
    }

    private void assertTheNextOneArrives(MailConnection connection) throws MessagingException {
        String next = subject();
        connection.send(Messages.text(next, ORDERS));
        assertThat(received(ORDERS, next)).isOne();
    }

    static Stream<Arguments> refusals() {
        return Stream.of(false, true)
                .flatMap(used -> Stream.of(
                        Arguments.of(used, 400, "ErrorInvalidRecipients", DiagnosisCode.RECIPIENT_REFUSED),
                        Arguments.of(used, 400, "ErrorMimeContentInvalid", DiagnosisCode.MESSAGE_REFUSED),
                        Arguments.of(used, 400, "ErrorInvalidRequest", DiagnosisCode.MESSAGE_REFUSED),
                        Arguments.of(used, 403, "ErrorSendAsDenied", DiagnosisCode.SEND_AS_DENIED),
                        Arguments.of(used, 403, "ErrorAccessDenied", DiagnosisCode.GRAPH_ACCESS_DENIED),
                        Arguments.of(used, 403, "ErrorQuotaExceeded", DiagnosisCode.MAILBOX_FULL),
                        Arguments.of(used, 404, "ErrorInvalidUser", DiagnosisCode.GRAPH_MAILBOX_UNKNOWN),
                        Arguments.of(used, 404, "MailboxNotEnabledForRESTAPI", DiagnosisCode.GRAPH_MAILBOX_NOT_SERVED),
                        Arguments.of(used, 413, "", DiagnosisCode.MESSAGE_TOO_LARGE),
                        Arguments.of(used, 429, "ApplicationThrottled", DiagnosisCode.MAIL_THROTTLED),
                        Arguments.of(used, 503, "ErrorServerBusy", DiagnosisCode.MAIL_SERVER_UNAVAILABLE),
                        Arguments.of(used, 200, "", DiagnosisCode.GRAPH_NOT_TAKEN)));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void aRefusalIsToldByItsCodeAndNothingIsSent(boolean used, int status, String code, DiagnosisCode expected)
            throws MessagingException {
        MailConnection connection = connection("direct", Duration.ZERO, used);
        box.faults(new FaultPlan().graph("SENDMAIL", status, code, -1, 1));

        Diagnosis diagnosis = diagnosisOf(() -> connection.send(Messages.text(subject, ORDERS)));

        assertThat(diagnosis.code()).isEqualTo(expected);
        assertThat(diagnosis.details())
                .containsEntry("mailbox", NOREPLY)
                .containsEntry("subject", subject)
                .containsKeys("server", "reply", "token.roles");
        assertThat(received(ORDERS, subject)).isZero();
        if (status != 429) {
            assertTheNextOneArrives(connection);
        }
    }

    @Test
    void whoLacksARightIsToldWhichAndHowToGiveIt() throws MessagingException {
        MailConnection connection = connection("direct", Duration.ZERO, false);
        box.faults(new FaultPlan().graph("SENDMAIL", 403, "ErrorAccessDenied", -1, 1));

        Diagnosis diagnosis = diagnosisOf(() -> connection.send(Messages.text(subject, ORDERS)));

        assertThat(diagnosis.details()).containsEntry("permission", "Mail.Send");
        assertThat(diagnosis.cure())
                .contains("-Role \"Application Mail.Send\"")
                .contains("PrimarySmtpAddress -eq '" + NOREPLY + "'")
                .contains("New-ServicePrincipal -AppId " + box.clientId())
                .contains("Test-ServicePrincipalAuthorization");
    }

    static Stream<Arguments> cuts() {
        return Stream.of("504", "drop", "stall")
                .flatMap(fault -> Stream.of(false, true)
                        .flatMap(after -> Stream.of(false, true).map(used -> Arguments.of(fault, after, used))));
    }

    private void plan(String fault, String at, boolean after) {
        FaultPlan plan = new FaultPlan();
        switch (fault) {
            case "drop" -> plan.dropGraph(at, after, 1);
            case "stall" -> plan.stallGraph(at, 1500, 1);
            default -> {
                int status = Integer.parseInt(fault);
                if (after) {
                    plan.graphAfter(at, status, "", 1);
                } else {
                    plan.graph(at, status, "", -1, 1);
                }
            }
        }
        box.faults(plan);
    }

    @ParameterizedTest(name = "{0}, after the deed: {1}, used connection: {2}")
    @MethodSource("cuts")
    void inOnePieceAnUnknownOutcomeIsToldAsSuch(String fault, boolean after, boolean used) throws MessagingException {
        MailConnection connection = connection("direct", Duration.ofSeconds(3), used);
        plan(fault, "SENDMAIL", after);

        Diagnosis diagnosis = diagnosisOf(() -> connection.send(Messages.text(subject, ORDERS)));

        assertThat(diagnosis.code()).isEqualTo(DiagnosisCode.OUTCOME_UNKNOWN);
        assertTheNextOneArrives(connection);
        if (!fault.equals("stall")) { // which does what was asked, later
            assertThat(received(ORDERS, subject)).isEqualTo(after ? 1 : 0);
        }
        assertThat(received(ORDERS, subject)).isLessThan(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502})
    void aServerOnTheWayThatFailsKnowsNothingEither(int status) throws MessagingException {
        MailConnection connection = connection("direct", Duration.ZERO, true);
        box.faults(new FaultPlan().graphAfter("SENDMAIL", status, "", 1));

        assertThat(diagnosisOf(() -> connection.send(Messages.text(subject, ORDERS)))
                        .code())
                .isEqualTo(DiagnosisCode.OUTCOME_UNKNOWN);
        assertThat(received(ORDERS, subject)).isOne();
    }

    @ParameterizedTest(name = "{0}, after the deed: {1}, used connection: {2}")
    @MethodSource("cuts")
    void throughADraftTheOutcomeOfSendingIsFoundOut(String fault, boolean after, boolean used)
            throws MessagingException {
        assertSentOnce(fault, "SEND", after, used);
    }

    @ParameterizedTest(name = "{0}, after the deed: {1}, used connection: {2}")
    @MethodSource("cuts")
    void aDraftThatWasMadeUnsaidIsMadeAgainAndTheFirstRemoved(String fault, boolean after, boolean used)
            throws MessagingException {
        assertSentOnce(fault, "CREATE", after, used);
    }

    private void assertSentOnce(String fault, String at, boolean after, boolean used) throws MessagingException {
        MailConnection connection = connection("draft", Duration.ofSeconds(10), used);
        plan(fault, at, after);

        connection.send(Messages.text(subject, ORDERS));

        assertThat(received(ORDERS, subject)).isOne();
        assertThat(accepted(NOREPLY, subject)).isOne();
        if (!fault.equals("stall")) { // which does what was asked, later
            assertThat(box.messages(NOREPLY, "Drafts"))
                    .filteredOn(each -> each.subject().equals(subject))
                    .isEmpty();
        }
        assertTheNextOneArrives(connection);
    }

    @ParameterizedTest
    @CsvSource({"SEND, 404, ErrorItemNotFound", "SEND, 429, ''", "CREATE, 503, ErrorServerBusy", "SEND, 503, ''"})
    void whatPassesIsWaitedFor(String at, int status, String code) throws MessagingException {
        MailConnection connection = connection("draft", Duration.ofSeconds(10), true);
        box.faults(new FaultPlan().graph(at, status, code, -1, 1));

        connection.send(Messages.text(subject, ORDERS));

        assertThat(received(ORDERS, subject)).isOne();
    }

    @Test
    void aPauseThatGraphAsksForIsKept() throws MessagingException {
        MailConnection connection = connection("direct", Duration.ofSeconds(10), true);
        box.faults(new FaultPlan().graph("SENDMAIL", 429, "ApplicationThrottled", 1, 1));
        long started = System.nanoTime();

        connection.send(Messages.text(subject, ORDERS));

        assertThat(Duration.ofNanos(System.nanoTime() - started)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
        assertThat(received(ORDERS, subject)).isOne();
    }

    @ParameterizedTest
    @ValueSource(strings = {"direct", "draft"})
    void aStaleTokenIsReplacedOnce(String send) throws MessagingException {
        MailConnection connection = connection(send, Duration.ofSeconds(5), true);
        box.faults(new FaultPlan()
                .graph(send.equals("direct") ? "SENDMAIL" : "CREATE", 401, "InvalidAuthenticationToken", -1, 1));

        connection.send(Messages.text(subject, ORDERS));

        assertThat(received(ORDERS, subject)).isOne();
    }

    static Stream<Arguments> breaksOfPieces() {
        return Stream.of("503", "504", "drop")
                .flatMap(fault -> Stream.of("ATTACHMENTS", "UPLOAD")
                        .flatMap(at -> Stream.of(false, true).map(after -> Arguments.of(fault, at, after))));
    }

    @ParameterizedTest(name = "{0} at {1}, after the deed: {2}")
    @MethodSource("breaksOfPieces")
    void aBreakWhileALargeMessageGoesInPiecesIsMended(String fault, String at, boolean after) throws Exception {
        MailConnection connection = connection("auto", Duration.ofSeconds(10), true);
        plan(fault, at, after && !fault.equals("503"));

        connection.send(Messages.withAttachment(subject, at.equals("UPLOAD") ? 9_000_000 : 2_500_000, ORDERS));

        assertThat(received(ORDERS, subject)).isOne();
        assertThat(TestBox.message(ORDERS, subject).size())
                .isBetween(at.equals("UPLOAD") ? 12_000_000 : 3_300_000, at.equals("UPLOAD") ? 12_600_000 : 3_500_000);
        assertThat(box.messages(NOREPLY, "Drafts"))
                .filteredOn(each -> each.subject().equals(subject))
                .isEmpty();
    }

    @Test
    void aDraftThatSomebodyHasSavedBeforeIsNotWhatIsSent() throws Exception {
        MimeMessage message = Messages.text(subject, ORDERS);
        message.saveChanges();
        box.deliver(
                NOREPLY,
                "Drafts",
                ("Message-ID: " + message.getMessageID() + "\r\nTo: " + ORDERS + "\r\nSubject: " + subject
                                + "\r\n\r\nan older text\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        MailConnection connection = connection("draft", Duration.ofSeconds(10), true);
        box.faults(new FaultPlan().graph("CREATE", 504, "", -1, 1));

        connection.send(message, message.getAllRecipients());

        assertThat(TestBox.message(ORDERS, subject).mime()).contains("Hello").doesNotContain("an older text");
    }

    @Test
    void aDraftThatNobodyFindsIsCertainlyNotSent() throws MessagingException {
        MailConnection connection = connection("draft", Duration.ofSeconds(2), false);
        box.faults(new FaultPlan().graph("SEND", 404, "ErrorItemNotFound", -1, -1));

        assertThat(diagnosisOf(() -> connection.send(Messages.text(subject, ORDERS)))
                        .code())
                .isEqualTo(DiagnosisCode.MESSAGE_REFUSED);
        assertThat(received(ORDERS, subject)).isZero();
    }

    @Test
    void whatCannotBeSentLeavesNoDraft() throws MessagingException {
        MailConnection connection = connection("draft", Duration.ZERO, false);
        box.faults(new FaultPlan().graph("SEND", 400, "ErrorInvalidRecipients", -1, 1));

        Diagnosis diagnosis = diagnosisOf(() -> connection.send(Messages.text(subject, ORDERS)));

        assertThat(diagnosis.code()).isEqualTo(DiagnosisCode.RECIPIENT_REFUSED);
        assertThat(box.messages(NOREPLY, "Drafts"))
                .filteredOn(each -> each.subject().equals(subject))
                .isEmpty();
        assertThat(received(ORDERS, subject)).isZero();
    }

    @ParameterizedTest(name = "with a patience of {0} s")
    @ValueSource(ints = {0, 2})
    void whereADraftStandsMayStayUnknownAndItIsLeftWhereItIs(int patience) throws MessagingException {
        MailConnection connection = connection("draft", Duration.ofSeconds(patience), true);
        box.faults(new FaultPlan().graphAfter("SEND", 504, "", 1).dropGraph("GET", false, 100));

        Diagnosis diagnosis = diagnosisOf(() -> connection.send(Messages.text(subject, ORDERS)));
        box.reset();

        assertThat(diagnosis.code()).isEqualTo(DiagnosisCode.OUTCOME_UNKNOWN);
        assertThat(received(ORDERS, subject)).isOne();
        assertThat(box.messages(NOREPLY, "Sent Items"))
                .filteredOn(each -> each.subject().equals(subject))
                .hasSize(1);
    }

    @Test
    void whoClosesWhileTheOutcomeIsLookedForHearsThatNobodyKnowsIt() throws Exception {
        MailConnection connection = connection("draft", Duration.ofSeconds(20), true);
        box.faults(new FaultPlan().graphAfter("SEND", 504, "", 1).dropGraph("GET", false, 1000));
        CompletableFuture<Diagnosis> told =
                CompletableFuture.supplyAsync(() -> diagnosisOf(() -> connection.send(Messages.text(subject, ORDERS))));
        await().atMost(Duration.ofSeconds(10)).until(() -> received(ORDERS, subject) == 1);

        connection.close();

        assertThat(told.get(20, TimeUnit.SECONDS).code()).isEqualTo(DiagnosisCode.OUTCOME_UNKNOWN);
    }

    @Test
    void whoClosesBetweenTwoRequestsWaitsForTheMessage() throws Exception {
        MailConnection connection = connection("draft", Duration.ofSeconds(20), true);
        box.faults(new FaultPlan().graphAfter("SEND", 504, "", 1).dropGraph("GET", false, 3));
        CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> {
            try {
                connection.send(Messages.text(subject, ORDERS));
            } catch (MessagingException failure) {
                throw new CompletionException(failure);
            }
        });
        await().atMost(Duration.ofSeconds(10)).until(() -> received(ORDERS, subject) == 1);

        connection.close();

        sent.get(20, TimeUnit.SECONDS);
    }
}
