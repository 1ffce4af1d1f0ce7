package org.outlookmail.sandbox.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A client leaves out the port that its scheme implies, and is a program of this machine all the same. */
class OwnRequestsTest {

    @ParameterizedTest
    @CsvSource({
        "http, 80, localhost, true",
        "http, 80, 127.0.0.1:80, true",
        "http, 80, evil.example, false",
        "http, 443, localhost, false",
        "http, 8025, localhost, false",
        "https, 443, LOCALHOST, true",
        "https, 443, [::1], true",
        "https, 443, localhost.evil.example, false",
        "https, 80, localhost, false"
    })
    void theSchemesOwnPortMayBeLeftOutOfHostAndOrigin(String scheme, int port, String authority, boolean served) {
        OwnRequests own = new OwnRequests(scheme, port);
        Headers headers = new Headers();
        headers.add("Host", authority);
        assertThat(own.to(headers).isEmpty()).isEqualTo(served);
        headers.add("Origin", scheme + "://" + authority.toLowerCase(java.util.Locale.ROOT));
        assertThat(own.to(headers).isEmpty()).isEqualTo(served);
        headers.set("Origin", "http://evil.example");
        assertThat(own.to(headers)).isPresent();
    }
}
