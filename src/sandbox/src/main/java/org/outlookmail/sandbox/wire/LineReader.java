package org.outlookmail.sandbox.wire;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * Reads lines and counted bytes from a connection and tells its owner whenever it must go to the network for more, which is
 * where a server flushes its replies and where round trips are counted. For one thread. Does not own the stream.
 */
public final class LineReader {
    private static final int BUFFER_BYTES = 16 * 1024;

    private final InputStream in;
    private final Waiting waiting;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int position;
    private int limit;

    /** Told before and after each read from the network. */
    public interface Waiting {
        /** Nothing that was read is left. */
        void beforeRead() throws IOException;

        /** Something arrived. */
        void afterRead() throws IOException;
    }

    /** A line was longer than its reader allows; it has been read to its end and thrown away. */
    public static final class LineTooLongException extends IOException {
        private static final long serialVersionUID = 1L;

        LineTooLongException(int limit) {
            super("A line is longer than " + limit + " bytes");
        }
    }

    /** Reads from {@code in} and tells {@code waiting}. */
    public LineReader(InputStream in, Waiting waiting) {
        this.in = in;
        this.waiting = waiting;
    }

    /**
     * The next line with its end (CR LF or LF) in place, or null at the end of the stream; bytes after the last line end are
     * dropped.
     *
     * @throws LineTooLongException if the line has more than {@code maxBytes} without its end
     */
    public byte[] line(int maxBytes) throws IOException {
        ByteArrayOutputStream partial = null;
        boolean tooLong = false;
        while (true) {
            if (position == limit && !fill()) {
                return null;
            }
            int end = position;
            while (end < limit && buffer[end] != '\n') {
                end++;
            }
            boolean complete = end < limit;
            int next = complete ? end + 1 : end;
            int held = partial == null ? 0 : partial.size();
            tooLong |= held + (next - position) > maxBytes + 2;
            if (complete && held == 0 && !tooLong) {
                byte[] line = Arrays.copyOfRange(buffer, position, next);
                position = next;
                return line;
            }
            if (!tooLong) {
                partial = partial == null ? new ByteArrayOutputStream(2 * BUFFER_BYTES) : partial;
                partial.write(buffer, position, next - position);
            }
            position = next;
            if (complete) {
                if (tooLong) {
                    throw new LineTooLongException(maxBytes);
                }
                return partial.toByteArray();
            }
        }
    }

    /**
     * Copies exactly {@code count} bytes to {@code target}.
     *
     * @throws EOFException if the stream ends before
     */
    public void copy(long count, OutputStream target) throws IOException {
        long left = count;
        while (left > 0) {
            if (position == limit && !fill()) {
                throw new EOFException("The connection ended " + left + " bytes early");
            }
            int some = (int) Math.min(left, limit - position);
            target.write(buffer, position, some);
            position += some;
            left -= some;
        }
    }

    private boolean fill() throws IOException {
        waiting.beforeRead();
        int count = in.read(buffer, 0, buffer.length);
        if (count < 0) {
            return false;
        }
        position = 0;
        limit = count;
        waiting.afterRead();
        return true;
    }
}
