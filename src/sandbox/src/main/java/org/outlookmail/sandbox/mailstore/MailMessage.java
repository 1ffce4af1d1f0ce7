package org.outlookmail.sandbox.mailstore;

import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import org.outlookmail.sandbox.mime.MimePart;

/**
 * A message in a folder. It stays the same object, with the same {@link #id}, when it is moved within its mailbox; a copy is
 * another. Safe for any thread; changed by its folder alone, in the mailbox's lock.
 */
public final class MailMessage {
    private final String id;
    private final byte[] octets;
    private final Instant received;
    private final Set<String> flags = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    private Place place;

    /**
     * Where it is.
     *
     * @param change grows with every change in the mailbox; this was its last
     * @param came the change by which it came into the folder
     */
    public record Place(MailFolder folder, long uid, long change, long came) {}

    MailMessage(String id, byte[] octets, Set<String> flags, Instant received) {
        this.id = id;
        this.octets = octets;
        this.received = received;
        this.flags.addAll(flags);
    }

    /** Names it for as long as it is in the mailbox. */
    public String id() {
        return id;
    }

    /** Where it is now, and when it was changed; of one that has been removed, where it was. */
    public Place place() {
        synchronized (flags) {
            return place;
        }
    }

    void place(Place now) {
        synchronized (flags) {
            place = now;
        }
    }

    /** Header and body; shared, so nobody may change it. */
    public byte[] octets() {
        return octets;
    }

    /** How many octets it has. */
    public int size() {
        return octets.length;
    }

    /** It taken apart. */
    public MimePart part() {
        return MimePart.of(octets);
    }

    /** When the box took it. */
    public Instant received() {
        return received;
    }

    /** The IMAP flags and keywords it has now, but for {@code \Recent}. */
    public Set<String> flags() {
        synchronized (flags) {
            return Set.copyOf(flags);
        }
    }

    /** Whether it has a flag, whatever the case of its letters. */
    public boolean has(String flag) {
        synchronized (flags) {
            return flags.contains(flag);
        }
    }

    /** Gives and takes flags; whether that changed anything. */
    boolean change(Set<String> given, Set<String> taken) {
        synchronized (flags) {
            Set<String> before = Set.copyOf(flags);
            taken.forEach(flags::remove);
            flags.addAll(given);
            return !before.equals(Set.copyOf(flags));
        }
    }
}
