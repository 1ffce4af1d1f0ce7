package org.outlookmail.mail.graph;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;

/** The body of a request, written by somebody who watches over it. Immutable, but for the octets, which nobody changes. */
final class Body extends AbstractHttpEntity {

    /** Writes all of it. */
    @FunctionalInterface
    interface Writer {
        void write(byte[] body, OutputStream out) throws IOException;
    }

    private final byte[] octets;
    private final Writer writer;

    Body(byte[] octets, Writer writer) {
        super((String) null, null);
        this.octets = octets;
        this.writer = writer;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        writer.write(octets, out);
    }

    @Override
    public InputStream getContent() {
        return new ByteArrayInputStream(octets);
    }

    @Override
    public long getContentLength() {
        return octets.length;
    }

    @Override
    public boolean isStreaming() {
        return false;
    }

    @Override
    public void close() {
        // It holds nothing open.
    }
}
