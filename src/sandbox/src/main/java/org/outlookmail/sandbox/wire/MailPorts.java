package org.outlookmail.sandbox.wire;

import java.io.IOException;
import java.net.Socket;
import org.outlookmail.sandbox.PortInUseException;

/**
 * The two ports of a mail protocol: one in the clear until the client asks for TLS, one with TLS from the start. Owns both.
 * Safe for any thread.
 */
public final class MailPorts implements AutoCloseable {
    private final TcpListener plain;
    private final TcpListener tls;

    /** What is done with a connection of either port. */
    public interface Handler {
        /** {@code tlsFirst} says that the client begins with a handshake. */
        void serve(Socket socket, boolean tlsFirst) throws IOException;
    }

    private MailPorts(TcpListener plain, TcpListener tls) {
        this.plain = plain;
        this.tls = tls;
    }

    /** What the ports are for, and their numbers; 0 is any free one. */
    public record Plan(String plainPurpose, int plainPort, String tlsPurpose, int tlsPort) {}

    /**
     * Opens both, or neither.
     *
     * @throws PortInUseException if another process has one of them
     */
    public static MailPorts open(Plan plan, Workers workers, Handler handler) {
        TcpListener plain = TcpListener.open(
                plan.plainPurpose(), plan.plainPort(), workers, socket -> handler.serve(socket, false));
        try {
            return new MailPorts(
                    plain,
                    TcpListener.open(
                            plan.tlsPurpose(), plan.tlsPort(), workers, socket -> handler.serve(socket, true)));
        } catch (PortInUseException e) {
            plain.close();
            throw e;
        }
    }

    /** The port that begins in the clear. */
    public int plain() {
        return plain.port();
    }

    /** The port that begins with TLS. */
    public int tls() {
        return tls.port();
    }

    /** Cuts every connection of both, as a server that restarts would. */
    public void dropConnections() {
        plain.dropConnections();
        tls.dropConnections();
    }

    /** Closes both and cuts their connections; may be called again. */
    @Override
    public void close() {
        plain.close();
        tls.close();
    }
}
