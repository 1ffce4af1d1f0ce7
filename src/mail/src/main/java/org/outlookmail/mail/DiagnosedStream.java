package org.outlookmail.mail;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Content that is still being read from the server, whose failures are diagnosed.
 *
 * <p>Thread rule: as every {@code InputStream}; whoever reads it closes it.
 */
public final class DiagnosedStream extends FilterInputStream {

    private final FolderCalls calls;

    public DiagnosedStream(InputStream content, FolderCalls calls) {
        super(content);
        this.calls = calls;
    }

    @Override
    public int read() throws IOException {
        long started = System.nanoTime();
        try {
            return super.read();
        } catch (IOException failure) {
            throw calls.unreadable(started, failure);
        }
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        long started = System.nanoTime();
        try {
            return super.read(target, offset, length);
        } catch (IOException failure) {
            throw calls.unreadable(started, failure);
        }
    }
}
