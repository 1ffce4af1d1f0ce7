package org.outlookmail.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class LocalRequestsTest {

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "localhost:9080", "127.0.0.1:9080", "[::1]:9080", "LOCALHOST:9080"})
    void thisMachineIsServedAndItsOwnPage(String host) {
        assertThat(LocalRequests.objection(List.of(host), List.of())).isEmpty();
        assertThat(LocalRequests.objection(List.of(host), List.of("http://" + host)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:9080",
                "localhost.evil.example:9080",
                "127.0.0.1.evil.example",
                "localhost@evil.example",
                "localhost:9080@evil.example",
                "[::2]:9080",
                "192.168.0.1:9080",
                ""
            })
    void aNameThatWasReboundToThisMachineIsNotServed(String host) {
        assertThat(LocalRequests.objection(List.of(host), List.of())).isPresent();
    }

    @Test
    void aRequestWithoutAHostOrWithTwoIsNotServed() {
        assertThat(LocalRequests.objection(List.of(), List.of())).isPresent();
        assertThat(LocalRequests.objection(List.of("localhost", "localhost"), List.of()))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example",
                "null",
                "http://localhost",
                "http://localhost:9081",
                "http://localhost:9080.evil.example",
                "file://"
            })
    void aPageOfAnotherSiteIsNotServed(String origin) {
        assertThat(LocalRequests.objection(List.of("localhost:9080"), List.of(origin)))
                .isPresent();
        assertThat(LocalRequests.objection(List.of("localhost:9080"), List.of("http://localhost:9080", origin)))
                .isPresent();
    }

    @Test
    void theAuthorityOfHttp2IsReadAsAHost() {
        for (String name : List.of("localhost", "127.0.0.1", "::1", "[::1]")) {
            assertThat(LocalRequests.objection(List.of(LocalRequests.authority(name, 9080)), List.of()))
                    .isEmpty();
        }
        assertThat(LocalRequests.objection(List.of(LocalRequests.authority("evil.example", 9080)), List.of()))
                .isPresent();
    }
}
