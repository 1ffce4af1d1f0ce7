package org.outlookmail.token;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import org.outlookmail.DiagnosisCode;

/**
 * The key file of a Google service account, in JSON as Google Cloud hands it out. Read again when the file changes.
 *
 * <p>Thread rule: free for any thread. Equal by file.
 */
public final class ServiceAccountFile {

    private final Path path;
    private final WatchedFile<Secret> file;

    /**
     * @param path the file; not null
     */
    public ServiceAccountFile(Path path) {
        this.path = path;
        this.file = new WatchedFile<>(path, DiagnosisCode.SERVICE_ACCOUNT_KEY_UNUSABLE, ServiceAccountFile::read);
    }

    /**
     * The JSON text as it is now.
     *
     * @throws TokenException if the file has never been usable
     */
    public Secret current() throws TokenException {
        return file.current();
    }

    private static Secret read(byte[] content) throws IOException {
        String json = new String(content, StandardCharsets.UTF_8).strip();
        if (!json.startsWith("{") || !json.endsWith("}") || !json.contains("\"private_key\"")) {
            throw new IOException("it is not a service account's key in JSON");
        }
        return Secret.of(json);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ServiceAccountFile file && path.equals(file.path);
    }

    @Override
    public int hashCode() {
        return Objects.hash(path);
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
