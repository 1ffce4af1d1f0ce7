package org.outlookmail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class DiagnosisTest {

    private static final Diagnosis WRONG_SECRET =
            Diagnosis.of(DiagnosisCode.CLIENT_SECRET_WRONG, "No token.", Map.of("httpStatus", "401"));

    /** As WildFly tells why a commit failed. */
    @Test
    void itIsFoundAmongWhatWasSuppressedToo() {
        Exception atTheServer = new IllegalStateException("rolled back");
        Exception between = new IllegalStateException("the resource failed");
        between.addSuppressed(
                new IllegalArgumentException("wrapped", new DiagnosedMessagingException(WRONG_SECRET, null)));
        atTheServer.initCause(new IllegalStateException("heuristic", between));
        assertThat(Diagnosis.of(atTheServer)).contains(WRONG_SECRET);
    }

    @Test
    void aCauseComesBeforeWhatWasSuppressed() {
        Exception failure = new IllegalStateException("outside", new DiagnosedMessagingException(WRONG_SECRET, null));
        failure.addSuppressed(new DiagnosedMessagingException(
                Diagnosis.of(DiagnosisCode.MAIL_FAILURE, "Something else.", Map.of()), null));
        assertThat(Diagnosis.of(failure)).contains(WRONG_SECRET);
    }

    @Test
    void itSaysHowLongToWaitIfSomebodyAskedForThat() {
        Map<String, String> details =
                Map.of(Diagnosis.RETRY_AFTER, Diagnosis.retryAfterSeconds(Duration.ofMillis(1500)));
        assertThat(Diagnosis.of(DiagnosisCode.MAIL_THROTTLED, "Later.", details).retryAfter())
                .contains(Duration.ofMillis(1500));
        assertThat(Diagnosis.retryAfterSeconds(Duration.ofMinutes(5))).isEqualTo("300");
        assertThat(Diagnosis.of(DiagnosisCode.MAIL_THROTTLED, "Later.", Map.of(Diagnosis.RETRY_AFTER, "soon"))
                        .retryAfter())
                .isEmpty();
        assertThat(WRONG_SECRET.retryAfter()).isEmpty();
    }

    @Test
    void aFailureDeepInAChainOfCausesIsFound() {
        Exception failure = new IllegalStateException(
                new RuntimeException(new DiagnosedMessagingException(WRONG_SECRET, new MessagingException("inner"))));
        assertThat(Diagnosis.of(failure)).contains(WRONG_SECRET);
    }

    @Test
    void aFailureWithoutADiagnosisHasNone() {
        assertThat(Diagnosis.of(new IllegalStateException("other"))).isEmpty();
        assertThat(Diagnosis.of(null)).isEmpty();
    }

    @Test
    void aChainOfCausesThatRunsInACircleEnds() {
        Exception first = new Exception("first");
        Exception second = new Exception("second", first);
        first.initCause(second);
        assertThat(Diagnosis.of(first)).isEmpty();
    }

    @Test
    void aFactWithoutAValueIsLeftOutAndTheOrderStays() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("mailbox", "noreply@contoso.com");
        facts.put("reply", null);
        facts.put("elapsedMillis", "12");
        assertThat(Diagnosis.of(DiagnosisCode.MAIL_FAILURE, "Failed.", facts).details())
                .containsExactly(Map.entry("mailbox", "noreply@contoso.com"), Map.entry("elapsedMillis", "12"));
    }

    @Test
    void theCureNamesWhatTheDetailsKnow() {
        Map<String, String> details =
                Map.of("mailbox", "noreply@contoso.com", "token.oid", "0b1c", "token.appid", "6666");
        assertThat(Diagnosis.of(DiagnosisCode.AUTHENTICATION_REFUSED, "Refused.", details)
                        .cure())
                .contains("New-ServicePrincipal -AppId 6666 -ObjectId 0b1c;")
                .contains("-Identity noreply@contoso.com -User 0b1c");
        assertThat(Diagnosis.of(DiagnosisCode.AUTHENTICATION_REFUSED, "Refused.", Map.of())
                        .cure())
                .contains("-Identity <mailbox> -User <object id>");
    }

    @Test
    void aUsersObjectIdIsNotTakenForAServicePrincipalsNorAQuoteIntoACommand() {
        Map<String, String> details =
                Map.of("mailbox", "x\"; Remove-Mailbox", "token.oid", "0b1c", "token.scp", "IMAP.AccessAsUser.All");
        assertThat(Diagnosis.of(DiagnosisCode.MAILBOX_NOT_PERMITTED, "Refused.", details)
                        .cure())
                .contains("-Identity <mailbox> -User <object id>");
    }

    @Test
    void theDetailsCannotBeChanged() {
        assertThatThrownBy(() -> WRONG_SECRET.details().put("x", "y"))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void theTextBeginsWithTheCodeAndHasCauseCureAndFacts() {
        assertThat(WRONG_SECRET.toString())
                .startsWith("OMC-1201: No token.")
                .contains("Likely cause: " + DiagnosisCode.CLIENT_SECRET_WRONG.likelyCause())
                .contains("Cure: " + DiagnosisCode.CLIENT_SECRET_WRONG.cure())
                .endsWith("{httpStatus=401}");
    }

    @Test
    void aResourceExceptionGivesTheCodeAsItsErrorCodeAndSaysItOnce() {
        DiagnosedResourceException failure = new DiagnosedResourceException(WRONG_SECRET, null);
        assertThat(failure.getErrorCode()).isEqualTo("OMC-1201");
        assertThat(failure.getMessage()).containsOnlyOnce("OMC-1201");
    }

    @Test
    void aSendExceptionKeepsTheAddresses() throws Exception {
        Address[] invalid = {new InternetAddress("nobody@contoso.com")};
        DiagnosedSendException failure =
                new DiagnosedSendException(WRONG_SECRET, null, new Address[0], new Address[0], invalid);
        assertThat(failure.getInvalidAddresses()).containsExactly(invalid);
        assertThat(Diagnosis.of(failure)).contains(WRONG_SECRET);
    }

    @Test
    void anExceptionCanCrossARemoteInterface() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(new DiagnosedAuthenticationException(WRONG_SECRET, null));
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(Diagnosis.of((Throwable) in.readObject())).contains(WRONG_SECRET);
        }
    }

    @Test
    void everyCodeIsFoundByItsText() {
        for (DiagnosisCode code : DiagnosisCode.values()) {
            assertThat(DiagnosisCode.byCode(code.code())).contains(code);
        }
        assertThat(DiagnosisCode.byCode("OMC-9999")).isEmpty();
    }
}
