package org.outlookmail.sandbox.front;

import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.outlookmail.sandbox.faults.Fault;
import org.outlookmail.sandbox.faults.Faults;
import org.outlookmail.sandbox.faults.Protocol;
import org.outlookmail.sandbox.imap.Command;
import org.outlookmail.sandbox.wire.Counters;
import org.outlookmail.sandbox.wire.LineReader;
import org.outlookmail.sandbox.wire.Pause;

/**
 * The client's side of an IMAP or POP3 connection. One thread reads; after the login any thread writes, whole responses at a
 * time under {@link #lock}. Owns the TLS layer; the socket below is the listener's.
 */
final class ClientWire implements AutoCloseable, LineReader.Waiting, Command.Source {
    /** A char for each octet. */
    static final Charset CHARSET = StandardCharsets.ISO_8859_1;

    static final int MAX_LINE_BYTES = 64 * 1024;

    /** RFC 3501, 5.4 asks for 30 minutes at least. */
    private static final int IDLE_MILLIS = 31 * 60 * 1000;

    private static final long LOCK_MILLIS = 200;

    private final ReentrantLock lock = new ReentrantLock();
    private final Protocol protocol;
    private final Faults faults;
    private final Counters counters;
    private final Socket plain;
    private final SSLContext context;
    private SSLSocket tls;
    private InputStream in;
    private OutputStream out;
    private LineReader reader;
    private volatile boolean spoken;

    /** Begins in the clear. */
    ClientWire(Socket plain, SSLContext context, Protocol protocol, Faults faults, Counters counters)
            throws IOException {
        this.plain = plain;
        this.context = context;
        this.protocol = protocol;
        this.faults = faults;
        this.counters = counters;
        plain.setSoTimeout(IDLE_MILLIS);
        use(plain);
    }

    private void use(Socket socket) throws IOException {
        in = socket.getInputStream();
        out = new BufferedOutputStream(socket.getOutputStream(), 16 * 1024);
        reader = new LineReader(in, this);
    }

    /** Turns the connection into a TLS one; before the login only, while no other thread knows of the session's wire. */
    void startTls() throws IOException {
        tls = (SSLSocket) context.getSocketFactory()
                .createSocket(plain, plain.getInetAddress().getHostAddress(), plain.getPort(), true);
        tls.setUseClientMode(false);
        tls.startHandshake();
        // With a new reader: commands that came in the clear behind STARTTLS must not count as said within TLS
        // (RFC 3501, 6.2.1; CVE-2011-0411).
        use(tls);
    }

    /** Whether a login may be said here. */
    boolean isTls() {
        return tls != null;
    }

    @Override
    public void beforeRead() throws IOException {
        flush();
    }

    /** A round trip: the client sends after the server has sent. */
    @Override
    public void afterRead() throws IOException {
        if (spoken) {
            spoken = false;
            counters.roundTrip();
            Pause.millis(faults.limits().delayMillis());
        }
    }

    @Override
    public String line() throws IOException {
        byte[] line = reader.line(MAX_LINE_BYTES);
        if (line == null) {
            throw new EOFException("The client left");
        }
        return new String(line, CHARSET);
    }

    @Override
    public void goAhead() throws IOException {
        say("+ Ready for additional command text.");
    }

    @Override
    public void copy(long count, OutputStream target) throws IOException {
        reader.copy(count, target);
    }

    /** Held while a response is written that must not be torn apart. */
    ReentrantLock lock() {
        return lock;
    }

    /** Where responses go; under {@link #lock} only. */
    OutputStream out() {
        spoken = true;
        return out;
    }

    /** Writes a line, without its end in {@code text}, and sends it. */
    void say(String text) throws IOException {
        lock.lock();
        try {
            out().write((text + "\r\n").getBytes(CHARSET));
            out.flush();
        } finally {
            lock.unlock();
        }
    }

    void flush() throws IOException {
        lock.lock();
        try {
            out.flush();
        } finally {
            lock.unlock();
        }
    }

    /** Writes a last line, if the connection is free to take it, and closes. For threads that must not wait for a client. */
    void sayAndCut(String text) throws IOException {
        try {
            if (lock.tryLock(LOCK_MILLIS, TimeUnit.MILLISECONDS)) {
                try {
                    say(text);
                    tls.close();
                } finally {
                    lock.unlock();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            plain.close();
        }
    }

    /** The reply of a fault at this point; a fault that cuts or stalls the connection ends in an IOException. */
    Optional<String> struck(String at) throws IOException {
        Optional<Fault> fault = faults.take(protocol, at);
        if (fault.isEmpty()) {
            return Optional.empty();
        }
        return switch (fault.get().action()) {
            case DROP -> {
                plain.close();
                throw new EOFException("The fault \"drop\" at " + at);
            }
            case STALL -> {
                stall(fault.get().stallMillis(), at);
                yield Optional.empty();
            }
            case REPLY -> Optional.of(fault.get().reply());
        };
    }

    private void stall(long millis, String at) throws IOException {
        if (millis > 0) {
            Pause.millis(millis);
            return;
        }
        byte[] forgotten = new byte[4096];
        int count = 0;
        while (count >= 0) {
            count = in.read(forgotten);
        }
        throw new EOFException("The client left after the fault \"stall\" at " + at);
    }

    /** Ends the TLS layer, if the connection is still there, and the socket with it. */
    @Override
    public void close() throws IOException {
        if (tls != null && !plain.isClosed()) {
            tls.close();
        }
    }
}
