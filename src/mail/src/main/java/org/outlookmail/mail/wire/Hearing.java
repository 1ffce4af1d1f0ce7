package org.outlookmail.mail.wire;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.function.Consumer;

/**
 * What a client hears of a server within TLS. It can tell whether the server has said something that nobody asked for, and
 * passes on how the hearing ended, which Angus Mail's POP3 client keeps to itself.
 *
 * <p>Thread rule: one thread at a time. Closed with its socket.
 */
final class Hearing extends FilterInputStream {

    private final Socket beneath;
    private final boolean byLines;
    private final Consumer<IOException> ended;

    /**
     * @param in the stream of TLS
     * @param beneath what TLS goes over
     * @param byLines whether each read gives one line at most, so that nobody has read what is not an answer to him
     * @param ended told why nothing more will be heard
     */
    Hearing(InputStream in, Socket beneath, boolean byLines, Consumer<IOException> ended) {
        super(in);
        this.beneath = beneath;
        this.byLines = byLines;
        this.ended = ended;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] octets, int offset, int length) throws IOException {
        try {
            int count = byLines ? line(octets, offset, length) : in.read(octets, offset, length);
            if (count < 0) {
                ended.accept(new EOFException("the server ended the connection"));
            }
            return count;
        } catch (IOException broken) {
            ended.accept(broken);
            throw broken;
        }
    }

    /** Waits for the first octet alone. */
    private int line(byte[] octets, int offset, int length) throws IOException {
        int count = in.read(octets, offset, Math.min(1, length));
        if (count <= 0) {
            return count;
        }
        while (count < length && octets[offset + count - 1] != '\n' && in.available() > 0) {
            count += in.read(octets, offset + count, 1);
        }
        return count;
    }

    /**
     * Whether the server has neither said anything that has not been read nor ended the connection, as far as it is known
     * here without asking it. If not, the connection cannot be used any more: an octet may have been taken from it.
     *
     * <p>Called with a short time for reads: what has come may be no word of the server's but a ticket of TLS.
     */
    boolean quiet() {
        try {
            if (in.available() > 0) {
                return false;
            }
            if (beneath.getInputStream().available() > 0) {
                in.read();
                return false;
            }
            return true;
        } catch (SocketTimeoutException nothingSaid) {
            return true;
        } catch (IOException broken) {
            return false;
        }
    }
}
