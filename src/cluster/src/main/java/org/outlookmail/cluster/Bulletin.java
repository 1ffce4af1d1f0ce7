package org.outlookmail.cluster;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.outlookmail.cluster.Register.Change;

/**
 * What the nodes call out to each other, such as that somebody waits for a mailbox: short notices that end by themselves.
 * All nodes read all of them once a second in one operation, instead of one entry for each mailbox. A notice that is lost
 * delays something; nothing depends on it.
 *
 * <p>Thread rule: free for any thread.
 */
public final class Bulletin {

    /** Notices are spread over so many entries, so that those who write seldom meet. */
    private static final int SHEETS = 32;

    private static final Duration PERIOD = Duration.ofSeconds(1);

    /** The longest life of a notice; one that ends later is written by none of us. */
    public static final Duration LONGEST = Duration.ofMinutes(10);

    private static final Pattern LINE = Pattern.compile("([\\w./=-]{1,200})\\|(\\d{1,15})");

    private final Cluster cluster;
    private final Clock clock;
    private final Beat beat;
    private final List<Consumer<Map<String, Instant>>> listeners = new CopyOnWriteArrayList<>();

    Bulletin(Cluster cluster, Executor executor, Clock clock, LongSupplier nanos) {
        this.cluster = cluster;
        this.clock = clock;
        this.beat = new Beat("the bulletin", PERIOD, executor, nanos, this::look);
    }

    /**
     * Calls something out.
     *
     * @param notice letters, digits and {@code . / _ = -}, at most 200
     * @param until when it ends; at most {@link #LONGEST} ahead
     */
    public void post(String notice, Instant until) {
        Instant now = clock.instant();
        cluster.text(place(Math.floorMod(notice.hashCode(), SHEETS))).update(text -> {
            Map<String, Instant> all = read(text, now);
            all.merge(notice, until, (one, other) -> one.isAfter(other) ? one : other);
            return new Change<>(write(all), null);
        });
    }

    /**
     * Tells somebody about once a second what stands there, with the end of each notice.
     *
     * @param listener called on a thread of the server's, never twice at a time; it must not wait for anything
     */
    public void listen(Consumer<Map<String, Instant>> listener) {
        listeners.add(listener);
    }

    void tick() {
        beat.tick();
    }

    private void look() {
        Instant now = clock.instant();
        Map<String, Instant> notices = cluster.useOrAlone(entries -> {
            Map<String, Register> sheets = new HashMap<>();
            for (int sheet = 0; sheet < SHEETS; sheet++) {
                Register register = entries.register(place(sheet));
                sheets.put(register.name(), register);
            }
            Map<String, Instant> all = new HashMap<>();
            entries.all(Set.copyOf(sheets.keySet()))
                    .forEach((name, hidden) -> all.putAll(read(sheets.get(name).opened(hidden), now)));
            return Map.copyOf(all);
        });
        listeners.forEach(listener -> listener.accept(notices));
    }

    private static Place place(int sheet) {
        return Place.ofAll("bulletin", Integer.toString(sheet));
    }

    private static Map<String, Instant> read(String text, Instant now) {
        Instant last = now.plus(LONGEST).plus(Lease.CLOCKS);
        Map<String, Instant> all = new HashMap<>();
        for (String line : text.split("\n", -1)) {
            Matcher notice = LINE.matcher(line);
            if (notice.matches()) {
                Instant until = Instant.ofEpochMilli(Long.parseLong(notice.group(2)));
                if (until.isAfter(now) && !until.isAfter(last)) {
                    all.put(notice.group(1), until);
                }
            }
        }
        return all;
    }

    private static String write(Map<String, Instant> all) {
        List<String> lines = new ArrayList<>();
        for (String notice : new TreeSet<>(all.keySet())) {
            lines.add(notice + "|" + all.get(notice).toEpochMilli());
        }
        return String.join("\n", lines);
    }
}
