package org.outlookmail.token;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Pattern;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.secret.Secret;

/**
 * The file into which a platform, such as Kubernetes, writes a signed statement of who runs here: the client assertion of
 * workload identity federation (RFC 7523, section 2.2). It lives for an hour or so and is replaced before it ends; read again
 * when the file changes.
 *
 * <p>Thread rule: free for any thread. Equal by file.
 */
public final class FederatedTokenFile {

    /** The longest that is taken; Kubernetes writes about one and a half thousand characters. */
    private static final int LONGEST = 32_768;

    /** RFC 7515, section 7.1: three parts in base64url, all there in one that is signed. */
    private static final Pattern SIGNED = Pattern.compile("[\\w-]+\\.[\\w-]+\\.[\\w-]+");

    private final Path path;
    private final WatchedFile<Secret> file;

    /**
     * @param path the file; not null
     */
    public FederatedTokenFile(Path path) {
        this.path = Objects.requireNonNull(path, "path");
        this.file = new WatchedFile<>(path, DiagnosisCode.FEDERATED_TOKEN_UNUSABLE, FederatedTokenFile::read);
    }

    /**
     * The statement as it is now, never null.
     *
     * @throws TokenException if the file has never been usable
     */
    public Secret current() throws TokenException {
        return file.current();
    }

    /** Looked through here, so that a file caught while it is written never replaces a good one. */
    private static Secret read(byte[] content) throws IOException {
        String text = new String(content, StandardCharsets.ISO_8859_1).strip();
        if (text.isEmpty()) {
            throw new IOException("it is empty");
        }
        if (text.length() > LONGEST) {
            throw new IOException("it is longer than " + LONGEST + " characters");
        }
        if (!SIGNED.matcher(text).matches()) {
            throw new IOException("it is no signed JSON Web Token");
        }
        if (!TokenClaims.ofAssertion(text).values().containsKey("iss")) {
            throw new IOException("it is a JSON Web Token that names no issuer (iss), or cannot be read");
        }
        return Secret.of(text);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FederatedTokenFile file && path.equals(file.path);
    }

    @Override
    public int hashCode() {
        return path.hashCode();
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
