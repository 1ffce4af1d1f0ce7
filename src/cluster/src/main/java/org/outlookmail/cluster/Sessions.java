package org.outlookmail.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.outlookmail.cluster.Register.Change;

/**
 * Which nodes of the cluster live. Each has one entry in which it counts; all others look whether it goes on counting, by
 * their own watches, so that nobody's clock matters. What a node holds, such as its permits, names its session and ends
 * with it: one entry is kept alive instead of thousands.
 *
 * <p>Thread rule: free for any thread.
 */
final class Sessions {

    /** A session that has not counted for so long is dead: well above the period and a long pause of a JVM. */
    static final Duration LIFE = Duration.ofSeconds(20);

    static final Duration PERIOD = Duration.ofSeconds(3);

    /** Who has not looked for so long cannot say who has counted meanwhile. */
    private static final Duration GAP = Duration.ofSeconds(10);

    /** Instead of a count: it needs nothing any more. */
    private static final String ENDED = "ended";

    private static final Pattern ID = Pattern.compile("[0-9a-f-]{36}");

    private final Cluster cluster;
    private final String node;
    private final String id = UUID.randomUUID().toString();
    private final AtomicLong count = new AtomicLong();
    private final SharedText members;
    private final LongSupplier nanos;
    private final Beat counting;
    private final Beat looking;

    /** Guarded by this: the others, as last seen. */
    private final Map<String, Seen> others = new HashMap<>();

    /** Guarded by this: when all of them were looked at last. */
    private long lookedNanos;

    /** How far a session had counted, and since when it has not gone on. */
    private record Seen(String text, long sinceNanos) {}

    Sessions(Cluster cluster, String node, Executor executor, LongSupplier nanos) {
        this.cluster = cluster;
        // It becomes part of lines and fields.
        this.node = node.replaceAll("[|\\s]", "-");
        this.nanos = nanos;
        this.lookedNanos = nanos.getAsLong();
        this.members = cluster.text(Place.ofAll("sessions", "all"));
        // Two, so that a slow look at the others makes nobody think that this one is dead.
        this.counting = new Beat("the session", PERIOD, executor, nanos, this::count);
        this.looking = new Beat("the sessions", PERIOD, executor, nanos, this::look);
    }

    /** This node's session. */
    String own() {
        return id;
    }

    /** This node's name, for people. */
    String node() {
        return node;
    }

    void tick() {
        counting.tick();
        looking.tick();
    }

    /** Whether its node lives, as far as this one knows; one that is new here has the time of a session to count. */
    synchronized boolean alive(String session) {
        if (session.equals(id)) {
            return true;
        }
        Seen seen = others.computeIfAbsent(session, unknown -> new Seen("", lookedNanos));
        return !seen.text().equals(ENDED) && lookedNanos - seen.sinceNanos() < LIFE.toNanos();
    }

    private void count() {
        String counted = Long.toString(count.incrementAndGet());
        cluster.useOrAlone(entries -> {
            entries.put(place(id), counted);
            return Boolean.TRUE;
        });
    }

    /** Who else counts on? */
    private void look() {
        Set<String> listed = ids(members.read());
        if (!listed.contains(id)) {
            listed = join();
        }
        look(listed);
        Set<String> dead = listed.stream().filter(each -> !alive(each)).collect(Collectors.toSet());
        if (!dead.isEmpty()) {
            strike(dead);
        }
    }

    private void look(Set<String> listed) {
        Map<String, Register> registers = new HashMap<>();
        Set<String> wanted = new TreeSet<>(listed);
        synchronized (this) {
            wanted.addAll(others.keySet());
        }
        wanted.remove(id);
        Map<String, String> texts = cluster.useOrAlone(entries -> {
            wanted.forEach(each -> registers.put(each, entries.register(place(each))));
            Map<String, String> found =
                    entries.all(registers.values().stream().map(Register::name).collect(Collectors.toSet()));
            Map<String, String> counts = new HashMap<>();
            registers.forEach((each, register) -> counts.put(each, register.opened(found.get(register.name()))));
            return counts;
        });
        seen(texts);
    }

    private synchronized void seen(Map<String, String> counts) {
        long now = nanos.getAsLong();
        boolean gap = now - lookedNanos > GAP.toNanos();
        counts.forEach((session, text) -> others.compute(
                session,
                (each, before) -> before == null || gap || !before.text().equals(text) ? new Seen(text, now) : before));
        lookedNanos = now;
    }

    private Set<String> join() {
        return members.update(text -> {
            Set<String> all = ids(text);
            all.add(id);
            return new Change<>(write(all), all);
        });
    }

    private void strike(Set<String> dead) {
        members.update(text -> {
            Set<String> all = ids(text);
            all.removeAll(dead);
            return new Change<>(write(all), null);
        });
    }

    /** Forgets the sessions that nothing names any more and nobody lists. */
    synchronized void keepOnly(Set<String> named) {
        others.entrySet()
                .removeIf(each -> lookedNanos - each.getValue().sinceNanos() > 2 * LIFE.toNanos()
                        && !named.contains(each.getKey()));
    }

    /** Leaves, so that what this node held is free at once. */
    void end() {
        strike(Set.of(id));
        cluster.use(entries -> {
            entries.put(place(id), ENDED);
            return Boolean.TRUE;
        });
    }

    private static Place place(String session) {
        return Place.ofAll("session", session);
    }

    private static Set<String> ids(String text) {
        Set<String> all = new TreeSet<>();
        for (String line : text.split("\n", -1)) {
            if (ID.matcher(line).matches()) {
                all.add(line);
            }
        }
        return all;
    }

    private static String write(Set<String> all) {
        List<String> lines = new ArrayList<>(all);
        return String.join("\n", lines);
    }
}
