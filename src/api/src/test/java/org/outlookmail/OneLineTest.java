package org.outlookmail;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.AddressException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nobody outside can write a line of their own into a log, an exception or an answer. */
@Tag("unit")
class OneLineTest {

    private static final String FORGED = "[ERROR   ] OMC-0000: forged";

    private static Diagnosis diagnosisWith(String text) {
        return new Diagnosis(
                DiagnosisCode.MESSAGE_REFUSED, text, text, text, Map.of("subject", text, "x" + text, "value"));
    }

    /** Line ends of Java, of terminals, of viewers and of Unicode. */
    @ParameterizedTest
    @ValueSource(strings = {"\r\n", "\n", "\r", "\u000b", "\f", "\u0085", "\u2028", "\u2029", "\u001b[1A", "\u009b1A"})
    void aDiagnosisIsOneLineWhateverItsTextsHold(String end) {
        Diagnosis diagnosis = diagnosisWith("harmless" + end + FORGED);
        assertThat(diagnosis.toString())
                .doesNotContain(end)
                .contains("harmless\\")
                .contains(FORGED)
                .doesNotContainPattern("\\R");
        assertThat(diagnosis.summary()).doesNotContain(end);
        assertThat(diagnosis.details().toString()).doesNotContain(end);
        assertThat(diagnosis.likelyCause() + diagnosis.cure()).doesNotContain(end);
    }

    @ParameterizedTest
    @CsvSource({
        "202e, right-to-left override",
        "2066, left-to-right isolate",
        "200f, right-to-left mark",
        "061c, Arabic letter mark",
        "200b, zero width space",
        "feff, byte order mark",
        "00ad, soft hyphen",
        "0000, NUL",
        "007f, DEL",
        "0090, a C1 control"
    })
    void whatHidesOrReordersLettersIsShown(String hex, String name) {
        String text = "a" + (char) Integer.parseInt(hex, 16) + "b";
        assertThat(OneLine.of(text)).as(name).isEqualTo("a\\u" + hex + "b");
        assertThat(diagnosisWith(text).summary()).isEqualTo("a\\u" + hex + "b");
    }

    @Test
    void halfALetterIsShownAndOneBeyondTheFirstPlaneStays() {
        assertThat(OneLine.of("\ud83d\ude00 \ud83d \ude00")).isEqualTo("\ud83d\ude00 \\ud83d \\ude00");
        assertThat(OneLine.of("tag \udb40\udc01")).isEqualTo("tag \\u{e0001}");
    }

    @Test
    void ordinaryTextsOfAnyScriptStayAsTheyAre() {
        String text = "Gr\u00fc\u00dfe an \u0141ukasz, \u4f60\u597d, \u05e9\u05dc\u05d5\u05dd C:\\new\\tab";
        assertThat(OneLine.of(text)).isEqualTo(text);
        assertThat(OneLine.of(null)).isNull();
    }

    @Test
    void aLongTextIsCutAndItsLengthTold() {
        String cut = OneLine.of("x".repeat(5_000_000));
        assertThat(cut).hasSizeLessThanOrEqualTo(OneLine.LONGEST).endsWith("x ... (5000000 characters)");
        assertThat(OneLine.of("\n".repeat(1_000)))
                .hasSizeLessThanOrEqualTo(OneLine.LONGEST)
                .startsWith("\\n\\n")
                .endsWith("\\n ... (1000 characters)");
        assertThat(diagnosisWith("x".repeat(5_000_000)).toString()).hasSizeLessThan(6 * Diagnosis.LONGEST);
    }

    @Test
    void aDiagnosisReadBackFromACacheIsTheSame() {
        Diagnosis first = Diagnosis.of(
                DiagnosisCode.MAIL_FAILURE, "a\r\nb".repeat(100_000), Map.of("reply", "a\r\nb".repeat(100_000)));
        assertThat(new Diagnosis(first.code(), first.summary(), first.likelyCause(), first.cure(), first.details()))
                .isEqualTo(first);
    }

    private static String printed(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    @Test
    void thePrintedTraceOfADiagnosedExceptionHasNoLineOfTheMessagesMaking() {
        MessagingException inner = new MessagingException(
                "outer", new AddressException("Illegal address in ``x\r\n" + FORGED + "''", "x\r\n" + FORGED));
        inner.addSuppressed(new IllegalStateException("also\n" + FORGED));
        Diagnosis diagnosis = diagnosisWith("x\r\n" + FORGED);
        for (Throwable failure : new Throwable[] {
            new DiagnosedMessagingException(diagnosis, inner),
            new DiagnosedAuthenticationException(diagnosis, inner),
            new DiagnosedSendException(diagnosis, inner, null, null, null),
            new DiagnosedResourceException(diagnosis, inner)
        }) {
            assertThat(failure.getMessage()).doesNotContainPattern("\\R");
            assertThat(failure.toString()).doesNotContainPattern("\\R");
            assertThat(printed(failure).lines())
                    .anyMatch(line -> line.contains("AddressException: Illegal address"))
                    .noneMatch(line -> line.strip().startsWith(FORGED));
        }
    }

    /** An AddressException prints the address besides its message, which may be harmless. */
    @Test
    void whatAnAddressExceptionIsAboutMakesNoLineEither() {
        Exception address = new AddressException("it has a line end in it", "x\r\n" + FORGED);
        assertThat(printed(address).lines()).as("by itself").anyMatch(line -> line.startsWith(FORGED));
        for (Exception cause : new Exception[] {address, new MessagingException("wrapped", address)}) {
            assertThat(printed(new DiagnosedMessagingException(diagnosisWith("x"), cause))
                            .lines())
                    .anyMatch(line -> line.contains("AddressException: it has a line end in it"))
                    .noneMatch(line -> line.strip().startsWith(FORGED));
        }
    }

    @Test
    void aCauseThatIsOneLineStaysItself() {
        Exception reply = new AuthenticationFailedException("535 5.7.3 Authentication unsuccessful\r\n");
        Exception wrapped = new MessagingException("no login", reply);
        assertThat(new DiagnosedMessagingException(diagnosisWith("x"), wrapped)).hasCause(wrapped);
        assertThat(OneLine.cause(null)).isNull();
    }

    @Test
    void aChainOfCausesThatRunsInACircleIsCopiedOnce() {
        Exception first = new Exception("first\nline");
        Exception second = new Exception("second", first);
        first.initCause(second);
        assertThat(OneLine.cause(first)).hasMessage("first\\nline").hasRootCauseMessage("second");
    }
}
