package org.outlookmail.token;

import com.azure.json.JsonProviders;
import com.azure.json.JsonReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.secret.Secret;

/**
 * The key file of a Google service account, in JSON as Google Cloud hands it out. Read again when the file changes.
 *
 * <p>Thread rule: free for any thread. Equal by file.
 */
public final class ServiceAccountFile {

    private static final List<String> NEEDED = List.of("private_key", "private_key_id", "client_email", "client_id");

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

    /** Looked through here, so that a file caught while it is written never replaces a good one. */
    private static Secret read(byte[] content) throws IOException, GeneralSecurityException {
        String text = new String(content, StandardCharsets.UTF_8);
        Map<?, ?> fields = fields(text);
        if (!"service_account".equals(fields.get("type"))) {
            throw new IOException("it is the key of something else than a service account");
        }
        for (String name : NEEDED) {
            if (!(fields.get(name) instanceof String value) || value.isBlank()) {
                throw new IOException("there is no " + name + " in it");
            }
        }
        PemKey.readKey((String) fields.get("private_key"));
        return Secret.of(text);
    }

    private static Map<?, ?> fields(String text) throws IOException {
        try (JsonReader json = JsonProviders.createReader(text)) {
            if (json.readUntyped() instanceof Map<?, ?> fields) {
                return fields;
            }
        } catch (IOException | IllegalStateException broken) {
            // What a parser says may quote the key.
            throw new IOException("it is not JSON, or not all of it");
        }
        throw new IOException("it is not a JSON object");
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
