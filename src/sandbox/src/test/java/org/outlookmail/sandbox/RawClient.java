package org.outlookmail.sandbox;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import javax.net.ssl.SSLSocket;

/** A client that sends exactly what a test says, in as many writes as it says, and reads lines. */
final class RawClient implements Closeable {
    private final Sandbox sandbox;
    private Socket socket;
    private InputStream in;

    private RawClient(Sandbox sandbox, int port) throws IOException {
        this.sandbox = sandbox;
        use(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    private void use(Socket newSocket) throws IOException {
        socket = newSocket;
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(10_000);
        in = socket.getInputStream();
    }

    /** A connection in the clear, before the greeting is read. */
    static RawClient plain(Sandbox sandbox, int port) throws IOException {
        return new RawClient(sandbox, port);
    }

    /** A connection to one of the ports with TLS from the start, before the greeting is read. */
    static RawClient tls(Sandbox sandbox, int port) throws IOException {
        RawClient client = new RawClient(sandbox, port);
        client.startTls();
        return client;
    }

    /** An SMTP connection that has said EHLO, STARTTLS and EHLO. */
    static RawClient smtp(Sandbox sandbox) throws IOException {
        RawClient client = plain(sandbox, sandbox.smtpPort());
        client.reply();
        client.ask("EHLO client.example.org");
        client.ask("STARTTLS");
        client.startTls();
        client.ask("EHLO client.example.org");
        return client;
    }

    /** A connection to IMAP that has said STARTTLS, or to POP3 that has said STLS. */
    static RawClient upgraded(Sandbox sandbox, int port, String startTls) throws IOException {
        RawClient client = plain(sandbox, port);
        client.line();
        String answer = client.askLine(startTls);
        if (!answer.contains("OK Begin TLS")) {
            client.close();
            throw new IOException(answer);
        }
        client.startTls();
        return client;
    }

    /** The same as {@link #smtp(Sandbox)}, logged in to the mailbox. */
    static RawClient smtp(Sandbox sandbox, String mailbox) throws IOException {
        RawClient client = smtp(sandbox);
        String reply = client.ask("AUTH XOAUTH2 " + xoauth2(mailbox, sandbox.issueToken()));
        if (!reply.startsWith("235")) {
            client.close();
            throw new IOException(reply);
        }
        return client;
    }

    static String xoauth2(String mailbox, String token) {
        String text = "user=" + mailbox + "\u0001auth=Bearer " + token + "\u0001\u0001";
        return base64(text);
    }

    /** The answer of SASL PLAIN. */
    static String plainAnswer(String user, String password) {
        return base64("\0" + user + "\0" + password);
    }

    static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    void startTls() throws IOException {
        SSLSocket tls = (SSLSocket)
                sandbox.sslContext().getSocketFactory().createSocket(socket, "localhost", socket.getPort(), true);
        tls.startHandshake();
        use(tls);
    }

    void timeoutMillis(int millis) throws IOException {
        socket.setSoTimeout(millis);
    }

    /** Sends text in one write. */
    void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }

    /** Sends a command and reads its SMTP reply. */
    String ask(String command) throws IOException {
        send(command + "\r\n");
        return reply();
    }

    /** Sends a line and reads one. */
    String askLine(String command) throws IOException {
        send(command + "\r\n");
        return line();
    }

    /** The next SMTP reply with all its lines, joined by a line feed. */
    String reply() throws IOException {
        StringBuilder reply = new StringBuilder();
        String line;
        do {
            line = line();
            reply.append(reply.length() == 0 ? "" : "\n").append(line);
        } while (line.length() > 3 && line.charAt(3) == '-');
        return reply.toString();
    }

    /** The next line without its end; "(end)" when the server has gone. */
    String line() throws IOException {
        return rawLine().stripTrailing();
    }

    /** The same, with the blanks at its end. */
    String rawLine() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int octet;
        while ((octet = in.read()) != '\n') {
            if (octet < 0) {
                return "(end)";
            }
            line.write(octet);
        }
        return line.toString(StandardCharsets.UTF_8).replace("\r", "");
    }

    /** Everything up to the end of the connection. */
    String rest() throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }

    /** Reads lines up to and with one that starts so. */
    String until(String start) throws IOException {
        StringBuilder all = new StringBuilder();
        String line;
        do {
            line = line();
            all.append(line).append('\n');
        } while (!line.startsWith(start) && !line.equals("(end)"));
        return all.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
