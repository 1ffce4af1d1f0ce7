package org.outlookmail.secret;

import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Objects;

/**
 * A value that must not be seen: it prints as asterisks, and its fields hold it covered, because servers write the fields of
 * objects into their logs when something fails. Immutable, free for any thread.
 */
public final class Secret implements Serializable {

    private static final long serialVersionUID = 1L;

    private final transient byte[] covered;
    private final transient byte[] digest;
    private final transient int hash;

    private Secret(String value) {
        this.covered = Veil.cover(value);
        this.digest = Veil.digest(value);
        this.hash = Arrays.hashCode(digest);
    }

    /**
     * Wraps a value.
     *
     * @param value not null
     */
    public static Secret of(String value) {
        return new Secret(Objects.requireNonNull(value, "value"));
    }

    /** The value in clear text; never log it, never put it into an exception. */
    public String reveal() {
        return Veil.uncover(covered);
    }

    @Override
    public boolean equals(Object other) {
        return this == other || (other instanceof Secret secret && MessageDigest.isEqual(digest, secret.digest));
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return "*****";
    }

    /** The veil is of this JVM; whoever serializes a configuration serializes what it says. */
    private Object writeReplace() {
        return new Clear(reveal());
    }

    private void readObject(ObjectInputStream in) throws InvalidObjectException {
        throw new InvalidObjectException("a Secret is written as another object");
    }

    private record Clear(String value) implements Serializable {

        private Object readResolve() {
            return Secret.of(value);
        }
    }
}
