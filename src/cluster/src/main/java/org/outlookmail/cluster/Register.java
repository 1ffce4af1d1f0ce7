package org.outlookmail.cluster;

import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/**
 * One sealed text that all nodes see and change by compare-and-replace.
 *
 * <p>Thread rule: free for any thread.
 */
public final class Register {

    /** Far more than nodes can come between each other in earnest; a cache that never takes a change is out of order. */
    private static final int TRIES = 100;

    /** From here on the tries are spread in time, as those of the others are. */
    private static final int EAGER = 3;

    private static final long LONGEST_PAUSE_MICROS = 5_000;

    private final SharedEntries entries;
    private final EntryCipher cipher;
    private final String name;

    Register(SharedEntries entries, Place place, EntryCipher cipher) {
        this.entries = entries;
        this.cipher = cipher;
        this.name = place.name(cipher);
    }

    /** Its name in the cache. */
    String name() {
        return name;
    }

    /**
     * A text to write and what the caller learns from it.
     *
     * @param text the new text; null leaves the old one
     */
    public record Change<T>(String text, T result) {}

    /** The text; empty if there is none, or none of ours. */
    public String read() {
        return opened(entries.get(name));
    }

    /** What a value from the cache says. */
    String opened(String hidden) {
        return Optional.ofNullable(hidden)
                .flatMap(value -> cipher.open(name, value))
                .orElse("");
    }

    /** Writes what stands there anew, unless it changes meanwhile. */
    void rewrite() {
        String hidden = entries.get(name);
        if (hidden != null) {
            entries.replace(name, hidden, cipher.seal(name, opened(hidden)));
        }
    }

    /**
     * Changes the text in one step that no other node comes between. The change is computed anew as often as need be.
     *
     * @throws IllegalStateException if the cache takes no change
     */
    public <T> T update(Function<String, Change<T>> change) {
        for (int tried = 1; tried <= TRIES; tried++) {
            String hidden = entries.get(name);
            String old = opened(hidden);
            Change<T> wanted = change.apply(old);
            if (wanted.text() == null || wanted.text().equals(old)) {
                return wanted.result();
            }
            String fresh = cipher.seal(name, wanted.text());
            boolean stands = hidden == null ? entries.putIfAbsent(name, fresh) : entries.replace(name, hidden, fresh);
            if (stands) {
                return wanted.result();
            }
            if (tried > EAGER) {
                LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(ThreadLocalRandom.current()
                        .nextLong(Math.min(LONGEST_PAUSE_MICROS, 1L << Math.min(tried, 20)))));
            }
        }
        throw new IllegalStateException(
                "an entry could not be changed in " + TRIES + " tries: its compare-and-replace does not work");
    }
}
