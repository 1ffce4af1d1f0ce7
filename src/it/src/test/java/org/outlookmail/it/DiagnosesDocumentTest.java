package org.outlookmail.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.outlookmail.DiagnosisCode;

/** docs/diagnoses.md is the table of {@link DiagnosisCode}, word for word. */
@Tag("unit")
class DiagnosesDocumentTest {

    @Test
    void theDocumentListsEveryCodeWithCauseAndCure() throws IOException {
        String expected = Arrays.stream(DiagnosisCode.values())
                .map(code -> "| `" + code.code() + "` | " + code + " | " + cell(code.likelyCause()) + " | "
                        + cell(code.cure()) + " |")
                .collect(Collectors.joining("\n"));
        String document = Files.readString(Path.of("..", "..", "docs", "diagnoses.md"));
        assertThat(document.lines().filter(line -> line.startsWith("| `OMC-")).collect(Collectors.joining("\n")))
                .as("the rows of docs/diagnoses.md; put the expected ones there")
                .isEqualTo(expected);
    }

    @Test
    void noCodeIsUsedTwice() {
        assertThat(Arrays.stream(DiagnosisCode.values()).map(DiagnosisCode::code))
                .doesNotHaveDuplicates();
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("<", "&lt;").replace(">", "&gt;");
    }
}
