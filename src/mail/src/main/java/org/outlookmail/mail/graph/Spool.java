package org.outlookmail.mail.graph;

import jakarta.mail.util.SharedByteArrayInputStream;
import jakarta.mail.util.SharedFileInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Octets whose number nobody knows before: in memory while they are few, else in a file that its owner alone can read, so
 * that a large message costs no more memory than a small one.
 *
 * <p>Thread rule: one thread. Whoever made it closes it, and with it the file and the streams that it gave.
 */
final class Spool extends OutputStream {

    /** What goes to Graph in one piece, and what most messages are. */
    private static final int IN_MEMORY = 4 * 1024 * 1024;

    private ByteArrayOutputStream memory = new ByteArrayOutputStream();
    private Path file;
    private OutputStream out = memory;
    private SharedFileInputStream given;
    private long size;

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
        if (file == null && size + length > IN_MEMORY) {
            file = Files.createTempFile("outlook-mail", ".eml");
            out = Files.newOutputStream(file);
            memory.writeTo(out);
            memory = null;
        }
        out.write(octets, offset, length);
        size += length;
    }

    /** Forgets what was written, for what is written from its beginning once more. */
    void restart() throws IOException {
        if (file == null) {
            memory.reset();
        } else {
            out.close();
            out = Files.newOutputStream(file);
        }
        size = 0;
    }

    long size() {
        return size;
    }

    /** Whether there is a file, which somebody has to remove. */
    boolean filed() {
        return file != null;
    }

    /** All of them, of which there must not be many. */
    byte[] octets() throws IOException {
        if (file != null) {
            throw new IOException("there are too many octets: " + size);
        }
        return memory.toByteArray();
    }

    /**
     * All of them, once all have been written. What is parsed from it reads again and again, and no more than is needed.
     *
     * @return a {@code SharedInputStream}
     */
    InputStream content() throws IOException {
        if (file == null) {
            return new SharedByteArrayInputStream(memory.toByteArray());
        }
        out.close();
        if (given == null) {
            given = new SharedFileInputStream(file.toFile());
        }
        return given.newStream(0, -1);
    }

    @Override
    public void close() throws IOException {
        try {
            out.close();
            if (given != null) {
                given.close();
            }
        } finally {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        }
    }
}
