package org.outlookmail.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.outlookmail.DiagnosisCode;

/** docs/diagnoses.md is the table of {@link DiagnosisCode}, word for word. */
@Tag("unit")
class DiagnosesDocumentTest {

    private static final Path DOCUMENT = Path.of("..", "..", "docs", "diagnoses.md");
    private static final String ROW = "| `OMC-";

    @Test
    void theDocumentListsEveryCodeWithCauseAndCure() throws IOException {
        String rows = Arrays.stream(DiagnosisCode.values())
                .sorted(Comparator.comparing(DiagnosisCode::code))
                .map(code -> ROW + code.code().substring(4) + "` | " + code + " | " + word(code.fault()) + " | "
                        + word(code.retry()) + " | " + cell(code.likelyCause()) + " | " + cell(code.cure()) + " |")
                .collect(Collectors.joining("\n"));
        String document = Files.readString(DOCUMENT);
        if (Boolean.getBoolean("diagnoses.write")) {
            document = document.substring(0, document.indexOf(ROW))
                    + rows
                    + document.substring(document.indexOf('\n', document.lastIndexOf(ROW)));
            Files.writeString(DOCUMENT, document);
        }
        assertThat(document.lines().filter(line -> line.startsWith(ROW)).collect(Collectors.joining("\n")))
                .as("the rows of docs/diagnoses.md; CONTRIBUTING.md says how to write them")
                .isEqualTo(rows);
    }

    @Test
    void noCodeIsUsedTwice() {
        assertThat(Arrays.stream(DiagnosisCode.values()).map(DiagnosisCode::code))
                .doesNotHaveDuplicates();
    }

    private static String word(Enum<?> name) {
        return name.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("<", "&lt;").replace(">", "&gt;");
    }
}
