package org.outlookmail.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.outlookmail.cluster.CacheConfiguration;

/** A secret is seen only by those who ask for it by name. */
@Tag("unit")
class SecretTest {

    @Test
    void itsTextFormShowsNothingNotEvenItsLength() {
        assertThat(Secret.of("value"))
                .hasToString(Secret.of("a much longer value").toString());
        assertThat(Secret.of("value").toString()).doesNotContain("value");
    }

    @Test
    void theTextFormOfWhatHoldsItShowsNothingEither() {
        assertThat(new CacheConfiguration(
                                Optional.empty(),
                                Optional.empty(),
                                "tokens",
                                Optional.empty(),
                                Optional.of(Secret.of("do-not-show")),
                                Optional.of(Secret.of("do-not-show")))
                        .toString())
                .doesNotContain("do-not-show");
    }

    @Test
    void theValueIsThereForThoseWhoNeedIt() {
        assertThat(Secret.of("value").reveal()).isEqualTo("value");
    }

    @Test
    void equalValuesAreEqualSecrets() {
        assertThat(Secret.of("value")).isEqualTo(Secret.of("value")).hasSameHashCodeAs(Secret.of("value"));
        assertThat(Secret.of("value")).isNotEqualTo(Secret.of("another"));
    }
}
