package org.outlookmail.token;

import java.util.Optional;
import org.outlookmail.secret.Secret;

/**
 * A refresh token and its place in the sequence of those of one user. This text outlives versions of the adapter.
 *
 * @param number greater than that of every one before; the number of the lease under which it was obtained
 * @param origin a name for the configured token that was there when this one was obtained; perhaps empty
 */
record RefreshTokenEntry(long number, String origin, Secret refreshToken) {

    private static final int FIELDS = 3;

    String write() {
        return number + "\n" + origin + "\n" + refreshToken.reveal();
    }

    static Optional<RefreshTokenEntry> read(String text) {
        String[] fields = text.split("\n", FIELDS);
        return fields.length == FIELDS && fields[0].matches("\\d{1,18}")
                ? Optional.of(new RefreshTokenEntry(Long.parseLong(fields[0]), fields[1], Secret.of(fields[2])))
                : Optional.empty();
    }

    /** The later of two. */
    RefreshTokenEntry later(RefreshTokenEntry other) {
        return number >= other.number ? this : other;
    }

    /** The later of two, either of which may be missing. */
    static Optional<RefreshTokenEntry> laterOf(Optional<RefreshTokenEntry> one, Optional<RefreshTokenEntry> other) {
        return one.isPresent() && other.isPresent() ? Optional.of(one.get().later(other.get())) : one.or(() -> other);
    }
}
