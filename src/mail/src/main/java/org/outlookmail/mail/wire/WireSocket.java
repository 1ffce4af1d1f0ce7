package org.outlookmail.mail.wire;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;

/**
 * The TCP connection beneath a conversation with a mail server: it finds its way there by itself, no read of it outlasts the
 * call that it serves, and closing it, from any thread, takes no time and ends whatever hangs on it.
 *
 * <p>Thread rule: as {@link Socket}. Angus Mail closes it, or its {@link WireSockets}.
 */
@SuppressWarnings("UnsynchronizedOverridesSynchronized") // Whoever closes it waits for nobody.
final class WireSocket extends SocketAround {

    /** Makes sockets: after a failure one cannot be used again. */
    @FunctionalInterface
    interface Sockets {

        /**
         * Not connected yet.
         *
         * @throws IOException if nobody wants one any more
         */
        Socket next() throws IOException;
    }

    /** The way to the server. */
    @FunctionalInterface
    interface Way {

        /** A connected socket, one of those that {@code sockets} makes. */
        Socket to(Sockets sockets, int millis) throws IOException;
    }

    /** Ends a read sooner than its timeout says. */
    interface Patience {

        /**
         * How long the read that begins now may take.
         *
         * @param millis its timeout, 0 for none
         * @throws IOException if there is no time left
         */
        int of(int millis) throws IOException;

        /** Something has been read. */
        void heard();

        /** Nothing more will be. */
        void ended(IOException reason);
    }

    private final Way way;
    private final Patience patience;
    private volatile Socket raw = new Socket();
    private volatile boolean closed;
    private volatile SocketAddress local;
    private volatile int timeout;
    private volatile Thread reader;
    private volatile Thread writer;

    WireSocket(Way way, Patience patience) {
        this.way = way;
        this.patience = patience;
    }

    @Override
    Socket inner() {
        return raw;
    }

    /** The address is of no interest: {@link Way} knows a server's name, which may have several. */
    @Override
    public void connect(SocketAddress ignored, int millis) throws IOException {
        way.to(this::next, millis);
    }

    private Socket next() throws IOException {
        Socket fresh = new Socket();
        raw = fresh;
        if (closed) {
            fresh.close();
            throw new SocketException("Socket closed");
        }
        // Angus Mail writes a command and what follows it separately, which must not wait for an acknowledgement.
        fresh.setTcpNoDelay(true);
        if (local != null) {
            fresh.bind(local);
        }
        return fresh;
    }

    @Override
    public void bind(SocketAddress address) {
        local = address;
    }

    @Override
    public void setSoTimeout(int millis) {
        timeout = millis;
    }

    @Override
    public int getSoTimeout() {
        return timeout;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new Patient(raw.getInputStream());
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return new Watched(raw.getOutputStream());
    }

    @Override
    public boolean isClosed() {
        return closed || raw.isClosed();
    }

    @Override
    public void close() throws IOException {
        closed = true;
        raw.close();
    }

    /** Whether another thread waits for the server at this moment. */
    boolean usedByAnother() {
        return another(reader) || another(writer);
    }

    private static boolean another(Thread thread) {
        return thread != null && thread != Thread.currentThread();
    }

    private final class Patient extends FilterInputStream {

        Patient(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] octets, int offset, int length) throws IOException {
            raw.setSoTimeout(patience.of(timeout));
            reader = Thread.currentThread();
            try {
                int count = in.read(octets, offset, length);
                if (count > 0) {
                    patience.heard();
                } else if (count < 0) {
                    patience.ended(new EOFException("the server ended the connection"));
                }
                return count;
            } catch (IOException broken) {
                patience.ended(broken);
                throw broken;
            } finally {
                reader = null;
            }
        }

        @Override
        public void close() throws IOException {
            WireSocket.this.close();
        }
    }

    private final class Watched extends FilterOutputStream {

        Watched(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] octets, int offset, int length) throws IOException {
            writer = Thread.currentThread();
            try {
                out.write(octets, offset, length);
            } finally {
                writer = null;
            }
        }

        @Override
        public void close() throws IOException {
            WireSocket.this.close();
        }
    }
}
