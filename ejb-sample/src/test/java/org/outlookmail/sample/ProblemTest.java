package org.outlookmail.sample;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ejb.EJBException;
import jakarta.json.JsonObject;
import jakarta.mail.FolderNotFoundException;
import jakarta.mail.MessagingException;
import jakarta.resource.ResourceException;
import java.util.List;
import java.util.Map;
import javax.naming.NameNotFoundException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.outlookmail.DiagnosedMessagingException;
import org.outlookmail.DiagnosedResourceException;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;

@Tag("unit")
class ProblemTest {

    private static final String INSTANCE = "urn:uuid:00000000-0000-0000-0000-000000000000";

    @Test
    void aDiagnosisBecomesAProblemWithEverythingItKnows() {
        Diagnosis diagnosis = Diagnosis.of(
                DiagnosisCode.AUTHENTICATION_REFUSED,
                "smtp.office365.com:587 did not let noreply@contoso.com in.",
                Map.of("mailbox", "noreply@contoso.com"));

        JsonObject json = json(new EJBException(new DiagnosedMessagingException(diagnosis, null)));

        assertThat(json.getString("type")).isEqualTo("urn:outlookmail:diagnosis:OMC-2201");
        assertThat(json.getString("title")).isEqualTo("Authentication refused");
        assertThat(json.getInt("status")).isEqualTo(502);
        assertThat(json.getString("detail")).isEqualTo(diagnosis.summary());
        assertThat(json.getString("instance")).isEqualTo(INSTANCE);
        assertThat(json.getString("code")).isEqualTo("OMC-2201");
        assertThat(json.getString("likelyCause")).isEqualTo(diagnosis.likelyCause());
        assertThat(json.getString("cure")).isEqualTo(diagnosis.cure());
        assertThat(json.getJsonObject("details").getString("mailbox")).isEqualTo("noreply@contoso.com");
    }

    /** A page or a log that shows one of the texts shows no line of the sender's making. */
    @Test
    void whatAMailHoldsIsOneLineOfTheAnswer() {
        Diagnosis refused = Diagnosis.of(
                DiagnosisCode.MESSAGE_REFUSED, "Refused: a\r\nforged.", Map.of("subject", "a\u2028\u202eforged"));
        JsonObject json = json(new EJBException(new DiagnosedMessagingException(refused, null)));
        assertThat(json.getString("detail")).isEqualTo("Refused: a\\r\\nforged.");
        assertThat(json.getJsonObject("details").getString("subject")).isEqualTo("a\\u2028\\u202eforged");

        assertThat(json(new jakarta.mail.MessagingException("not\r\nours")).getString("detail"))
                .isEqualTo("not\\r\\nours");
    }

    @ParameterizedTest
    @CsvSource({
        "CONFIGURATION_INVALID, 503",
        "CLIENT_SECRET_EXPIRED, 502",
        "TOKEN_ENDPOINT_THROTTLED, 429",
        "TOKEN_ENDPOINT_UNREACHABLE, 503",
        "MAIL_SERVER_UNREACHABLE, 503",
        "MAIL_SERVER_TLS, 502",
        "MAIL_SERVER_TIMEOUT, 504",
        "SEND_AS_DENIED, 422",
        "RECIPIENT_REFUSED, 422",
        "MAIL_THROTTLED, 429",
        "OUTCOME_UNKNOWN, 504",
        "FOLDER_FAILURE, 404",
        "HANDLE_CLOSED, 500"
    })
    void theStatusTellsWhoseTurnItIs(DiagnosisCode code, int status) {
        Diagnosis diagnosis = Diagnosis.of(code, "summary", Map.of());

        assertThat(json(new DiagnosedResourceException(diagnosis, null)).getInt("status"))
                .isEqualTo(status);
    }

    @ParameterizedTest
    @EnumSource
    void everyCodeHasAnErrorStatusAndAReadableTitle(DiagnosisCode code) {
        Problem problem = Problem.of(Diagnosis.of(code, "summary", Map.of()));

        assertThat(problem.status()).isBetween(400, 504);
        assertThat(problem.title()).matches("[A-Z][A-Za-z ]+");
    }

    @Test
    void acronymsStayAcronyms() {
        assertThat(Problem.of(Diagnosis.of(DiagnosisCode.SMTP_AUTH_DISABLED, "summary", Map.of()))
                        .title())
                .isEqualTo("SMTP auth disabled");
        assertThat(Problem.of(Diagnosis.of(DiagnosisCode.MAIL_SERVER_TLS, "summary", Map.of()))
                        .title())
                .isEqualTo("Mail server TLS");
    }

    @Test
    void aBadRequestNamesEachField() {
        JsonObject json = json(new InvalidRequestException(
                List.of(new FieldError("to", "an array", "nothing"), new FieldError("limit", "1 to 200", "\"0\""))));

        assertThat(json.getInt("status")).isEqualTo(400);
        assertThat(json.getJsonArray("errors")).hasSize(2);
        assertThat(json.getJsonArray("errors").getJsonObject(1).getString("field"))
                .isEqualTo("limit");
        assertThat(json.getString("detail"))
                .isEqualTo("to: expected an array, found nothing; limit: expected 1 to 200, found \"0\"");
    }

    @Test
    void aFolderThatThePlainSessionDoesNotFindIsNotFound() {
        assertThat(json(new FolderNotFoundException(null, "no such folder")).getInt("status"))
                .isEqualTo(404);
    }

    @Test
    void aMailFailureWithoutDiagnosisIsABadGateway() {
        assertThat(json(new MessagingException("421 busy")).getInt("status")).isEqualTo(502);
    }

    @Test
    void anExhaustedPoolIsServiceUnavailable() {
        assertThat(json(new ResourceException("no connection within 30 s")).getInt("status"))
                .isEqualTo(503);
    }

    @Test
    void aMissingJndiNameIsExplained() {
        JsonObject json =
                json(new EJBException(new IllegalStateException(new NameNotFoundException("mail/office365"))));

        assertThat(json.getString("type")).isEqualTo("urn:outlookmail:problem:resource-missing");
        assertThat(json.getInt("status")).isEqualTo(500);
        assertThat(json.getString("detail")).contains("mail/office365", "server.xml");
    }

    @Test
    void libertysTextOfAFailedInjectionIsUnderstood() {
        JsonObject json = json(new EJBException("CWNEN0030E: The server was unable to obtain an object instance for the"
                + " java:comp/env/x reference. The exception message was: CWNEN1003E: The server was unable to find the"
                + " mail/office365Session binding"));

        assertThat(json.getString("type")).isEqualTo("urn:outlookmail:problem:resource-missing");
        assertThat(json.getString("detail"))
                .contains("the resource mail/office365Session.")
                .doesNotContain("CWNEN");
    }

    @Test
    void theTextOfAnUnforeseenFailureStaysInTheLog() {
        JsonObject json = json(new IllegalStateException("clientSecret=hush"));

        assertThat(json.getInt("status")).isEqualTo(500);
        assertThat(json.toString()).doesNotContain("hush", "IllegalState", "\tat ");
    }

    private static JsonObject json(Throwable failure) {
        return Failures.problem(failure).toJson(INSTANCE);
    }
}
