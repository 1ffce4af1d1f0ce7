package org.outlookmail.sandbox.smtp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.outlookmail.sandbox.faults.Faults;
import org.outlookmail.sandbox.wire.Counters;
import org.outlookmail.sandbox.wire.LineReader;
import org.outlookmail.sandbox.wire.Pause;
import org.outlookmail.sandbox.wire.Workers;

/**
 * The bytes of one SMTP connection. Replies gather until all that the client sent has been read, then go out in one write:
 * that is the flush which counts as a round trip (RFC 2920, 3.2). For the session's thread, apart from the late flush. Owns
 * the TLS layer; the socket below is the listener's.
 */
final class SmtpWire implements AutoCloseable, LineReader.Waiting {
    /** A command, XOAUTH2 with a long token included. */
    static final int MAX_LINE_BYTES = 16 * 1024;

    private static final int IDLE_MILLIS = 10 * 60 * 1000;
    /** How long replies are held back for bytes that are on their way: the rest of a TLS record, or of a chunk. */
    private static final long HOLD_MILLIS = 250;

    private final Socket plain;
    private final SSLContext tlsContext;
    private final Workers workers;
    private final Faults faults;
    private final Counters counters;
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
    private SSLSocket tls;
    private InputStream in;
    private OutputStream out;
    private LineReader reader;
    private boolean inChunk;
    private Future<?> lateFlush;

    SmtpWire(Socket plain, SSLContext tlsContext, Workers workers, Faults faults, Counters counters)
            throws IOException {
        this.plain = plain;
        this.tlsContext = tlsContext;
        this.workers = workers;
        this.faults = faults;
        this.counters = counters;
        plain.setSoTimeout(IDLE_MILLIS);
        use(plain);
    }

    private void use(Socket socket) throws IOException {
        in = socket.getInputStream();
        out = socket.getOutputStream();
        reader = new LineReader(in, this);
    }

    /** The next command, without its line end; null when the client is gone. */
    String command() throws IOException {
        byte[] line = reader.line(MAX_LINE_BYTES);
        return line == null ? null : new String(line, StandardCharsets.UTF_8).stripTrailing();
    }

    /** The next line of a DATA body with its line end; null when the client is gone. */
    byte[] bodyLine(int maxBytes) throws IOException {
        return reader.line(maxBytes);
    }

    /** Copies a BDAT chunk. */
    void chunk(long size, OutputStream target) throws IOException {
        inChunk = true;
        try {
            reader.copy(size, target);
        } finally {
            inChunk = false;
        }
    }

    /** Adds a reply, of one or more lines, to those that wait for the flush. */
    synchronized void reply(String text) {
        pending.writeBytes((text + "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void beforeRead() throws IOException {
        synchronized (this) {
            if (pending.size() == 0) {
                return;
            }
        }
        if (moreArrives()) {
            lateFlush = workers.timer().schedule(this::flushLate, HOLD_MILLIS, TimeUnit.MILLISECONDS);
        } else {
            flush();
        }
    }

    @Override
    public void afterRead() {
        if (lateFlush != null) {
            lateFlush.cancel(false);
            lateFlush = null;
        }
    }

    /** Bytes of a TLS record that wait in the system count as arrived, although the TLS layer has not seen them yet. */
    private boolean moreArrives() throws IOException {
        return inChunk
                || in.available() > 0
                || (tls != null && plain.getInputStream().available() > 0);
    }

    private void flushLate() {
        try {
            flush();
        } catch (IOException e) {
            System.getLogger(SmtpWire.class.getName()).log(Level.DEBUG, "A late flush failed", e);
        }
    }

    /** Sends what waits: one round trip. */
    synchronized void flush() throws IOException {
        if (pending.size() > 0) {
            byte[] replies = pending.toByteArray();
            pending.reset();
            Pause.millis(faults.limits().delayMillis());
            // Counted first: who has seen the reply must see it in the figures, too.
            counters.roundTrip();
            out.write(replies);
            out.flush();
        }
    }

    /** Turns the connection into a TLS one. */
    void startTls() throws IOException {
        flush();
        tls = (SSLSocket) tlsContext
                .getSocketFactory()
                .createSocket(plain, plain.getInetAddress().getHostAddress(), plain.getPort(), true);
        tls.setUseClientMode(false);
        tls.startHandshake();
        // With a new reader: what came in the clear behind STARTTLS must not count as said within TLS (RFC 3207, 6).
        use(tls);
    }

    /** The TLS session, or null before STARTTLS. */
    SSLSession tlsSession() {
        return tls == null ? null : tls.getSession();
    }

    String clientAddress() {
        return plain.getInetAddress().getHostAddress();
    }

    /** Cuts the connection without a word: no replies that wait, no end of TLS. */
    void drop() throws IOException {
        plain.close();
    }

    /** Reads and forgets until the client gives up. */
    void stall() throws IOException {
        flush();
        byte[] forgotten = new byte[4096];
        int count = 0;
        while (count >= 0) {
            count = in.read(forgotten);
        }
    }

    /** Ends the TLS layer, if the connection is still there, and the socket with it. */
    @Override
    public void close() throws IOException {
        if (tls != null && !plain.isClosed()) {
            tls.close();
        }
    }
}
