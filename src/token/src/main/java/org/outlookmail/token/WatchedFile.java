package org.outlookmail.token;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.util.Map;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;

/**
 * A file that is read again when it has changed. What cannot be read does not replace what could: a file caught while it
 * is written, or put there with a mistake, is told of once, and work goes on with the content before.
 *
 * <p>Thread rule: free for any thread; each look costs one stat. It holds nothing open.
 *
 * @param <T> what the content means
 */
final class WatchedFile<T> {

    private static final Logger LOG = System.getLogger(WatchedFile.class.getName());

    /** Makes sense of the content. */
    @FunctionalInterface
    interface Parser<T> {
        /**
         * Reads it.
         *
         * @throws IOException if the content is not what it should be; its message is shown and must hold nothing secret
         */
        T parse(byte[] content) throws IOException, GeneralSecurityException;
    }

    /** Which content of the file it was; two states of a file that look the same are the same. */
    private record State(FileTime modified, long size, Object key) {}

    private final Path path;
    private final DiagnosisCode whenUnusable;
    private final Parser<T> parser;
    private State seen;
    private T good;
    private String complaint;

    /**
     * @param path the file; not null
     * @param whenUnusable the code of a file that has never been usable; not null
     * @param parser what to make of it; not null
     */
    WatchedFile(Path path, DiagnosisCode whenUnusable, Parser<T> parser) {
        this.path = path;
        this.whenUnusable = whenUnusable;
        this.parser = parser;
    }

    /**
     * The content as it is now, or as it last made sense.
     *
     * @throws TokenException if it has never made sense
     */
    synchronized T current() throws TokenException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            State now = new State(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
            if (good == null || !now.equals(seen)) {
                T fresh = parser.parse(Files.readAllBytes(path));
                if (good != null) {
                    LOG.log(Level.INFO, () -> path + " has changed and was read anew.");
                }
                good = fresh;
                seen = now;
                complaint = null;
            }
        } catch (IOException | GeneralSecurityException | RuntimeException unusable) {
            // RuntimeException: some security providers throw it at what they cannot read.
            if (good == null) {
                throw new TokenException(diagnosis("cannot be used", unusable), null, unusable);
            }
            complain(unusable);
        }
        return good;
    }

    /** Once for each way in which the file is bad; it is looked at again each time. */
    private void complain(Exception unusable) {
        if (!unusable.toString().equals(complaint)) {
            complaint = unusable.toString();
            LOG.log(
                    Level.WARNING,
                    diagnosis("has changed and cannot be used; its content before still is", unusable)
                            .toString());
        }
    }

    private Diagnosis diagnosis(String what, Exception unusable) {
        return Diagnosis.of(whenUnusable, "The file " + path + " " + what + ".", Map.of("reason", reason(unusable)));
    }

    private static String reason(Exception unusable) {
        return unusable.getMessage() == null
                ? unusable.getClass().getSimpleName()
                : unusable.getClass().getSimpleName() + ": " + unusable.getMessage();
    }
}
