package org.outlookmail.mail.wire;

import java.io.EOFException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.outlookmail.DiagnosisCode;

/** Says what the network did, whoever spoke over it. */
public final class NetworkFailure {

    private NetworkFailure() {}

    /**
     * What the network or TLS did, if they are to blame.
     *
     * @param failure with its causes; perhaps null
     */
    public static Optional<DiagnosisCode> of(Throwable failure) {
        return ofProxy(failure).or(() -> ofServer(failure));
    }

    /** Whether a proxy on the way has refused. */
    public static Optional<DiagnosisCode> ofProxy(Throwable failure) {
        for (Throwable next = failure; next != null; next = next.getCause()) {
            if (next instanceof ProxyTunnel.RefusedException) {
                return Optional.of(DiagnosisCode.MAIL_PROXY_REFUSED);
            }
        }
        return Optional.empty();
    }

    private static Optional<DiagnosisCode> ofServer(Throwable failure) {
        for (Throwable next = failure; next != null; next = next.getCause()) {
            if (next instanceof UnknownHostException || next instanceof ConnectException) {
                return Optional.of(DiagnosisCode.MAIL_SERVER_UNREACHABLE);
            }
            if (next instanceof SocketTimeoutException) {
                return Optional.of(DiagnosisCode.MAIL_SERVER_TIMEOUT);
            }
            if (next instanceof SSLException) {
                // The JDK wraps a reset connection and a silent server in this type too.
                return ofServer(next.getCause()).or(() -> Optional.of(DiagnosisCode.MAIL_SERVER_TLS));
            }
            if (next instanceof SocketException || next instanceof EOFException) {
                return Optional.of(DiagnosisCode.CONNECTION_LOST);
            }
        }
        return Optional.empty();
    }
}
