package org.outlookmail.mail.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.outlookmail.mail.Deadline;
import org.outlookmail.mail.MailServer;

/**
 * A way through an HTTP proxy (CONNECT; RFC 9110, section 9.3.6).
 *
 * <p>Thread rule: no state.
 */
public final class ProxyTunnel {

    /** Header lines of an answer, all together; a proxy's are a few hundred octets. */
    private static final int MOST_OCTETS = 16 * 1024;

    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.\\d (\\d{3})( .*)?");

    private ProxyTunnel() {}

    /**
     * Asks for the tunnel. Afterwards the socket leads to the server, and nothing of what it says has been read.
     *
     * @param socket connected to the proxy; its read timeout is changed
     * @throws RefusedException if the proxy does not open it
     * @throws IOException if it says nothing in time, or the connection breaks
     */
    static void open(Socket socket, MailServer server, Deadline deadline) throws IOException {
        String host = server.host().contains(":") ? "[" + server.host() + "]" : server.host();
        String authority = host + ":" + server.port();
        OutputStream out = socket.getOutputStream();
        out.write(("CONNECT " + authority + " HTTP/1.1\r\nHost: " + authority
                        + "\r\nProxy-Connection: keep-alive\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        out.flush();
        int status = 100;
        while (status < 200) { // An interim answer is followed by another one (RFC 9110, section 15.2).
            String head = head(socket, deadline);
            String line = head.lines().findFirst().orElse("");
            Matcher known = STATUS.matcher(line);
            status = known.matches() ? Integer.parseInt(known.group(1)) : 0;
            if (status < 100 || status >= 300) {
                throw new RefusedException(printable(line));
            }
        }
    }

    /** Up to the empty line and no further, octet by octet: what follows is the server's. */
    private static String head(Socket socket, Deadline deadline) throws IOException {
        InputStream in = socket.getInputStream();
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int inLine = 0;
        while (true) {
            int left = (int) Math.min(Integer.MAX_VALUE, deadline.left().toMillis());
            if (left <= 0) {
                throw new SocketTimeoutException("the proxy did not open the way in time");
            }
            socket.setSoTimeout(left);
            int octet = in.read();
            if (octet < 0 || head.size() >= MOST_OCTETS) {
                throw new RefusedException(
                        octet < 0 ? "the proxy hung up without an answer" : "the proxy's answer does not end");
            }
            head.write(octet);
            if (octet == '\n' && inLine == 0) {
                return head.toString(StandardCharsets.ISO_8859_1);
            }
            inLine = octet == '\n' ? 0 : octet == '\r' ? inLine : inLine + 1;
        }
    }

    private static String printable(String line) {
        String plain = line.replaceAll("[^ -~]", "?");
        return plain.isBlank()
                ? "the proxy answered with an empty line"
                : plain.substring(0, Math.min(200, plain.length()));
    }

    /** The proxy does not let us through; the message is its status line. */
    public static final class RefusedException extends IOException {

        private static final long serialVersionUID = 1L;

        RefusedException(String answer) {
            super(answer);
        }
    }
}
