package org.outlookmail.sandbox.front;

import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.outlookmail.sandbox.wire.LineReader;

/** The front's connection to the IMAP engine. One thread reads, one writes. The session that opened it closes it. */
final class Backend implements AutoCloseable {
    /** A line may be long: a SEARCH over many messages, an ENVELOPE with many recipients. */
    static final int MAX_LINE_BYTES = 64 * 1024 * 1024;

    private static final int CONNECT_MILLIS = 10_000;
    private static final int READ_MILLIS = 46 * 60 * 1000;

    private final Socket socket;
    private final LineReader reader;
    private final OutputStream out;

    private Backend(Socket socket, LineReader.Waiting waiting) throws IOException {
        this.socket = socket;
        this.reader = new LineReader(socket.getInputStream(), waiting);
        this.out = new BufferedOutputStream(socket.getOutputStream(), 16 * 1024);
    }

    static Backend connect(int port, LineReader.Waiting waiting) throws IOException {
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(READ_MILLIS);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
            return new Backend(socket, waiting);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    LineReader reader() {
        return reader;
    }

    OutputStream out() {
        return out;
    }

    /** The next line with its end. */
    String line() throws IOException {
        byte[] line = reader.line(MAX_LINE_BYTES);
        if (line == null) {
            throw new EOFException("GreenMail ended the connection");
        }
        return new String(line, StandardCharsets.ISO_8859_1);
    }

    /** Sends text as it is. */
    void send(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    /** Sends a line and requires an answer that begins with {@code expected}. */
    void login(String line, String expected) throws IOException {
        send(line + "\r\n");
        String answer = line();
        if (!answer.startsWith(expected)) {
            throw new IOException("GreenMail does not let the front in");
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
