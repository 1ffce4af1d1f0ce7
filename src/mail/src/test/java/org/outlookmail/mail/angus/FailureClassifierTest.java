package org.outlookmail.mail.angus;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.MessagingException;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.outlookmail.DiagnosisCode;

/** Which failures are the network's, in the shapes in which the JDK and Angus Mail deliver them. */
@Tag("unit")
class FailureClassifierTest {

    static Stream<Arguments> failuresOfTheNetwork() {
        return Stream.of(
                Arguments.of(new UnknownHostException("mail.invalid"), DiagnosisCode.MAIL_SERVER_UNREACHABLE),
                Arguments.of(new ConnectException("Connection refused"), DiagnosisCode.MAIL_SERVER_UNREACHABLE),
                Arguments.of(new SocketTimeoutException("Read timed out"), DiagnosisCode.MAIL_SERVER_TIMEOUT),
                Arguments.of(new IOException("Write timed out"), DiagnosisCode.MAIL_SERVER_TIMEOUT),
                Arguments.of(new SocketException("Connection reset"), DiagnosisCode.CONNECTION_LOST),
                Arguments.of(new EOFException(), DiagnosisCode.CONNECTION_LOST),
                Arguments.of(
                        caused(new SSLHandshakeException("untrusted"), new CertificateException("no path")),
                        DiagnosisCode.MAIL_SERVER_TLS),
                Arguments.of(
                        new SSLException("Unsupported or unrecognized SSL message"), DiagnosisCode.MAIL_SERVER_TLS),
                Arguments.of(
                        new SSLException("Connection reset", new SocketException("Connection reset")),
                        DiagnosisCode.CONNECTION_LOST),
                Arguments.of(
                        new SSLException("Read timed out", new SocketTimeoutException("Read timed out")),
                        DiagnosisCode.MAIL_SERVER_TIMEOUT),
                Arguments.of(
                        caused(new SSLHandshakeException("Remote host terminated the handshake"), new EOFException()),
                        DiagnosisCode.CONNECTION_LOST));
    }

    private static Exception caused(Exception failure, Exception cause) {
        failure.initCause(cause);
        return failure;
    }

    @ParameterizedTest
    @MethodSource("failuresOfTheNetwork")
    void aFailureOfTheNetworkIsFoundWhateverItIsWrappedIn(Exception failure, DiagnosisCode code) {
        assertThat(FailureClassifier.network(failure)).contains(code);
        assertThat(FailureClassifier.network(new MessagingException("Could not connect", failure)))
                .contains(code);
    }

    @Test
    void whatIsNotTheNetworksIsNotBlamedOnIt() {
        assertThat(FailureClassifier.network(null)).isEmpty();
        assertThat(FailureClassifier.network(new IOException("the disk is broken")))
                .isEmpty();
        assertThat(FailureClassifier.network(new MessagingException("554 Transaction failed")))
                .isEmpty();
    }
}
