package org.outlookmail.mail.wire;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.List;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * TLS over a connection to a mail server, whose certificate must be for the host that is configured. Closing it closes the
 * connection beneath first: the JDK would write, and then wait for the peer's close_notify as long as for an answer, which a
 * server that has fallen silent does not send.
 *
 * <p>Thread rule: as {@link Socket}. Whoever has it closes it.
 */
@SuppressWarnings("UnsynchronizedOverridesSynchronized") // Whoever closes it waits for nobody.
public final class TlsSocket extends SocketAround {

    /**
     * How TLS is spoken.
     *
     * @param factory whom it trusts
     * @param host whose certificate it must be
     * @param protocols such as {@code TLSv1.3}
     * @param ciphers empty for those of the factory
     */
    public record Terms(SSLSocketFactory factory, String host, List<String> protocols, List<String> ciphers) {}

    /** Who reads what the server says. */
    @FunctionalInterface
    interface Ear {
        InputStream hear(InputStream in, Socket beneath);
    }

    private final Terms terms;
    private final Socket beneath;
    private final Ear ear;
    private SSLSocket tls;
    private volatile boolean shaken;

    /**
     * @param beneath connected at the latest when a stream is asked for; closed with this one
     */
    TlsSocket(Terms terms, Socket beneath, Ear ear) {
        this.terms = terms;
        this.beneath = beneath;
        this.ear = ear;
    }

    @Override
    Socket inner() {
        return beneath;
    }

    /**
     * Begins TLS, unless it has begun.
     *
     * @throws IOException if the server is not the one, or does not agree; everything is closed then
     */
    synchronized SSLSocket shake() throws IOException {
        if (shaken) {
            return tls;
        }
        try {
            tls = (SSLSocket) terms.factory().createSocket(beneath, terms.host(), beneath.getPort(), true);
            SSLParameters parameters = tls.getSSLParameters();
            // As Angus Mail has it: of the JDK's two kinds the one whose wildcards are those of RFC 2595.
            parameters.setEndpointIdentificationAlgorithm("LDAPS");
            parameters.setProtocols(terms.protocols().toArray(new String[0]));
            if (!terms.ciphers().isEmpty()) {
                parameters.setCipherSuites(terms.ciphers().toArray(new String[0]));
            }
            tls.setSSLParameters(parameters);
            tls.startHandshake();
            shaken = true;
            return tls;
        } catch (IllegalArgumentException unknown) {
            throw new IOException(
                    "mail properties ssl.protocols or ssl.ciphersuites: " + unknown.getMessage(), unknown);
        } finally {
            if (!shaken) {
                close();
            }
        }
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return ear.hear(shake().getInputStream(), beneath);
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return new Out(shake().getOutputStream());
    }

    @Override
    public void shutdownInput() throws IOException {
        shake().shutdownInput();
    }

    @Override
    public void shutdownOutput() throws IOException {
        shake().shutdownOutput();
    }

    @Override
    public void close() throws IOException {
        beneath.close();
        // Its own close is left out: it can do nothing any more, and would wait for a thread that still writes.
    }

    /** Closed by whoever ends a write that hangs. */
    private final class Out extends FilterOutputStream {

        Out(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] octets, int offset, int length) throws IOException {
            out.write(octets, offset, length);
        }

        @Override
        public void close() throws IOException {
            TlsSocket.this.close();
        }
    }
}
