package org.outlookmail.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class ListQueryTest {

    @Test
    void withoutParametersItAsksForTwentyMailsOfTheInboxOverTheFactory() {
        assertThat(ListQuery.of(null, null, null)).isEqualTo(new ListQuery("INBOX", 20, Via.FACTORY));
    }

    @Test
    void parametersAreTakenAsTheyStand() {
        assertThat(ListQuery.of("Sent Items", "200", "session"))
                .isEqualTo(new ListQuery("Sent Items", 200, Via.SESSION));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "201", "ten", "", "1e2", "99999999999999999999"})
    void aLimitOutsideOneToTwoHundredIsRefused(String limit) {
        assertThatThrownBy(() -> ListQuery.of(null, limit, null))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("limit: expected a whole number from 1 to 200");
    }

    @Test
    void everyFaultIsReportedAtOnce() {
        assertThatThrownBy(() -> ListQuery.of("IN\r\nBOX", "0", "Factory"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContainingAll("folder:", "limit:", "via:");
    }
}
