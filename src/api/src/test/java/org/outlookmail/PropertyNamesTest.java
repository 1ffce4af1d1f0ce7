package org.outlookmail;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Somebody who calls properties otherwise reads the names that he has, and no others. */
@Tag("unit")
class PropertyNamesTest {

    private static final PropertyNames OTHERS = new PropertyNames(name -> switch (name) {
        case "clientSecret" -> Optional.of("o365.oauth.clientSecret");
        case "authority", "tokenEndpoint" -> Optional.of("o365.oauth.url");
        case "cloud", "trustStore" -> Optional.empty();
        default -> Optional.of(name);
    });

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "Put it into {clientSecret}.; Put it into clientSecret.; Put it into o365.oauth.clientSecret.",
                "Check {tokenEndpoint|authority|cloud}.; Check tokenEndpoint, authority or cloud.; Check o365.oauth.url.",
                "{clientSecret&cloud} hold; clientSecret and cloud hold; o365.oauth.clientSecret hold",
                "The store ({trustStore|the server's}).; The store (trustStore or the server's).; The store (the server's).",
                "Correct it{cloud?, check *}.; Correct it, check cloud.; Correct it.",
                "No $1 \\ {unchanged; No $1 \\ {unchanged; No $1 \\ {unchanged"
            })
    void aTextHasTheNamesOfItsReader(String text, String standard, String others) {
        assertThat(PropertyNames.STANDARD.in(text)).isEqualTo(standard);
        assertThat(OTHERS.in(text)).isEqualTo(others);
    }

    @ParameterizedTest
    @EnumSource(DiagnosisCode.class)
    void noBracesAreLeft(DiagnosisCode code) {
        assertThat(code.likelyCause() + code.cure()).doesNotContain("{", "}");
        assertThat(code.likelyCause(OTHERS) + code.cure(OTHERS)).doesNotContain("{", "}");
    }

    @Test
    void whatADetailFillsInStaysFilledIn() {
        Diagnosis diagnosis =
                Diagnosis.of(DiagnosisCode.MAILBOX_NOT_PERMITTED, "Refused.", Map.of("mailbox", "orders@contoso.com"));
        assertThat(diagnosis.naming(OTHERS).cure()).contains("-Identity orders@contoso.com");
    }

    @Test
    void theWordsOfSomebodyElseStay() {
        Diagnosis diagnosis = new Diagnosis(
                DiagnosisCode.CLIENT_SECRET_WRONG, "Refused.", "clientSecret is a cause.", "A cure.", Map.of());
        assertThat(diagnosis.naming(OTHERS)).isEqualTo(diagnosis);
    }

    @Test
    void theNamesOfTheResourceAdapterChangeNothing() {
        Diagnosis diagnosis = Diagnosis.of(DiagnosisCode.CLIENT_SECRET_WRONG, "Refused.", Map.of());
        assertThat(diagnosis.naming(PropertyNames.STANDARD)).isEqualTo(diagnosis);
        assertThat(diagnosis.naming(OTHERS).likelyCause()).contains("o365.oauth.clientSecret");
    }
}
