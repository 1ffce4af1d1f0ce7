package org.outlookmail.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class DraftReaderTest {

    @Test
    void aCompleteDraftIsReadAsItStands() {
        MailDraft draft = read("""
                {"from": "Orders <orders@contoso.com>", "to": ["ann@contoso.com", "Bob <bob@contoso.com>"],
                 "subject": "Grüße", "text": "two\\nlines", "via": "session"}""");

        assertThat(draft.from().getAddress()).isEqualTo("orders@contoso.com");
        assertThat(draft.to()).extracting("address").containsExactly("ann@contoso.com", "bob@contoso.com");
        assertThat(draft.subject()).isEqualTo("Grüße");
        assertThat(draft.text()).isEqualTo("two\nlines");
        assertThat(draft.via()).isEqualTo(Via.SESSION);
    }

    @Test
    void withoutFromAndViaTheMailboxSendsOverTheFactory() {
        MailDraft draft = read("{\"from\": null, \"to\": [\"ann@contoso.com\"], \"subject\": \"s\", \"text\": \"\"}");

        assertThat(draft.from()).isNull();
        assertThat(draft.via()).isEqualTo(Via.FACTORY);
    }

    @Test
    void everyFaultIsReportedAtOnceWithWhatIsExpected() {
        List<FieldError> errors =
                errors("{\"from\": 1, \"to\": [\"ann@contoso.com\", \"nobody\"], \"text\": true, \"via\": \"pigeon\"}");

        assertThat(errors).extracting(FieldError::field).containsExactly("from", "to[1]", "subject", "text", "via");
        assertThat(errors)
                .allSatisfy(error -> assertThat(error.expected()).isNotBlank())
                .contains(new FieldError("via", "\"factory\" or \"session\"", "\"pigeon\""))
                .contains(new FieldError("to[1]", "an e-mail address such as ann@contoso.com", "\"nobody\""))
                .contains(new FieldError("subject", "the subject of the mail", "nothing"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "\"ann@contoso.com\"", "{}", "7"})
    void recipientsMustBeAnArrayWithSomebodyInIt(String to) {
        assertThat(errors("{\"subject\": \"s\", \"text\": \"t\", \"to\": " + to + "}"))
                .extracting(FieldError::field)
                .containsExactly("to");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "ann",
                "ann@",
                "@contoso.com",
                "ann@contoso.com, bob@contoso.com",
                "ann@contoso.com\\r\\nBcc: all@contoso.com",
                "everyone: ann@contoso.com;"
            })
    void anythingButOneAddressIsRefused(String address) {
        assertThat(errors("{\"subject\": \"s\", \"text\": \"t\", \"to\": [\"" + address + "\"]}"))
                .extracting(FieldError::field)
                .containsExactly("to[0]");
    }

    @Test
    void aSubjectCannotSmuggleInAnotherHeaderField() {
        assertThat(errors("{\"subject\": \"s\\r\\nBcc: all@contoso.com\", \"text\": \"t\", \"to\": [\"a@b.org\"]}"))
                .extracting(FieldError::field)
                .containsExactly("subject");
    }

    @Test
    void aFieldThatWouldBeIgnoredIsAnError() {
        assertThat(errors("{\"subject\": \"s\", \"text\": \"t\", \"to\": [\"a@b.org\"], \"cc\": [\"c@d.org\"]}"))
                .extracting(FieldError::field)
                .containsExactly("cc");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{\"to\": }", "[]", "\"text\"", "null", "nonsense"})
    void whatIsNoJsonObjectIsOneFaultOfTheBody(String body) {
        assertThat(errors(body)).extracting(FieldError::field).containsExactly("body");
    }

    @Test
    void aSlipInTheJsonIsReportedWithItsLine() {
        assertThat(errors("{\n\"to\": oops}").get(0).found()).isEqualTo("a mistake in line 2");
    }

    @Test
    void aLongValueIsNotRepeatedInFull() {
        String found = errors("{\"to\": [\"" + "x".repeat(5000) + "\"]}").get(0).found();

        assertThat(found).hasSizeLessThan(70).endsWith("…");
    }

    private static MailDraft read(String json) {
        return DraftReader.read(json.getBytes(StandardCharsets.UTF_8));
    }

    private static List<FieldError> errors(String json) {
        InvalidRequestException invalid = catchThrowableOfType(InvalidRequestException.class, () -> read(json));
        assertThat(invalid).as("the refusal of %s", json).isNotNull();
        return invalid.errors();
    }
}
