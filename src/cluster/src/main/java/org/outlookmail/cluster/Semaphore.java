package org.outlookmail.cluster;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.outlookmail.cluster.Register.Change;

/**
 * So many permits over all nodes, and who waits for one, in order: one text that all nodes see, with a line for each. A
 * line names the {@linkplain Sessions session} of its node and counts as long as that lives, so the permits of a node that
 * dies come back, and nothing is written to keep them.
 *
 * <p>Thread rule: free for any thread.
 */
public final class Semaphore {

    private final Cluster cluster;
    private final Place place;
    private final Sessions sessions;
    private final Clock clock;
    private final Consumer<Semaphore> used;

    /** What this node holds or waits for; the truth, should the cache have lost its lines or keep too many. */
    private final Map<String, PermitLine> ours = new ConcurrentHashMap<>();

    /** Whose line is being written at this moment. */
    private final Set<String> asking = ConcurrentHashMap.newKeySet();

    Semaphore(Cluster cluster, Place place, Sessions sessions, Clock clock, Consumer<Semaphore> used) {
        this.cluster = cluster;
        this.place = place;
        this.sessions = sessions;
        this.clock = clock;
        this.used = used;
    }

    Place place() {
        return place;
    }

    /** Whether this node has, or waits for, a permit. */
    boolean inUse() {
        return !ours.isEmpty() || !asking.isEmpty();
    }

    /**
     * Takes a permit if one is free and nobody has waited longer; else stands in the queue, until {@link #give}.
     *
     * @param id of somebody who asks, unique
     * @param limit how many permits there are
     * @return whether it is taken
     */
    public boolean take(String id, int limit) {
        Instant now = clock.instant();
        asking.add(id);
        used.accept(this);
        try {
            PermitLine line = change(lines -> {
                PermitLine mine = lines.get(id);
                if (mine == null) {
                    mine = PermitLine.waiting(id, sessions, nextTicket(lines.values()), now);
                }
                if (!mine.holds() && before(lines.values(), mine) < limit) {
                    mine = mine.holding(now);
                }
                lines.put(id, mine);
                return mine;
            });
            ours.put(id, line);
            used.accept(this);
            return line.holds();
        } finally {
            asking.remove(id);
        }
    }

    /** How many hold a permit or have waited longer. */
    private static long before(Collection<PermitLine> lines, PermitLine mine) {
        return lines.stream()
                .filter(line -> !line.id().equals(mine.id()) && (line.holds() || line.earlier(mine)))
                .count();
    }

    private static long nextTicket(Collection<PermitLine> lines) {
        return 1 + lines.stream().mapToLong(PermitLine::ticket).max().orElse(0);
    }

    /** Gives the permit back, or leaves the queue; without effect on one that is not there. */
    public void give(String id) {
        if (ours.remove(id) != null) {
            change(lines -> lines.remove(id));
        }
    }

    /** How many wait, on whichever node. */
    public int waiting() {
        return change(lines ->
                (int) lines.values().stream().filter(line -> !line.holds()).count());
    }

    /** Who holds what, for people. */
    public String told() {
        long now = clock.instant().toEpochMilli();
        Map<String, PermitLine> lines = change(found -> found);
        Map<String, List<PermitLine>> holders = lines.values().stream()
                .filter(PermitLine::holds)
                .collect(Collectors.groupingBy(PermitLine::node, LinkedHashMap::new, Collectors.toList()));
        String held = holders.entrySet().stream()
                .map(node -> node.getKey() + " has " + node.getValue().size() + ", the oldest for "
                        + Math.max(0, now - oldest(node.getValue())) / 1000 + " s")
                .collect(Collectors.joining("; "));
        long waiting = lines.values().stream().filter(line -> !line.holds()).count();
        return (held.isEmpty() ? "nobody has one" : held) + "; " + waiting + " waiting";
    }

    private static long oldest(List<PermitLine> lines) {
        return lines.stream().mapToLong(PermitLine::since).min().orElseThrow();
    }

    /** Whether that text says of this node what is true. */
    boolean agrees(String text) {
        Map<String, PermitLine> lines = PermitLine.readAll(text);
        Map<String, PermitLine> mended = new LinkedHashMap<>(lines);
        mend(mended);
        return mended.equals(lines);
    }

    /**
     * Makes the shared text say again what this node holds: the cache may have lost it, another node may have thought this
     * one dead, and what was given back while the cache failed may still be in there.
     */
    void settle() {
        change(lines -> null);
    }

    private void mend(Map<String, PermitLine> lines) {
        lines.values()
                .removeIf(line -> line.session().equals(sessions.own())
                        && !ours.containsKey(line.id())
                        && !asking.contains(line.id()));
        ours.forEach((id, line) -> lines.merge(id, line, (theirs, mine) -> mine.holds() ? mine : theirs));
    }

    /** Writes it anew although nothing has changed, so that the cache does not drop it for its age. */
    void refresh() {
        cluster.useOrAlone(entries -> {
            entries.register(place).rewrite();
            return null;
        });
    }

    private <T> T change(Function<Map<String, PermitLine>, T> work) {
        return cluster.text(place).update(text -> {
            Map<String, PermitLine> lines = PermitLine.readAll(text);
            lines.values().removeIf(line -> !sessions.alive(line.session()));
            mend(lines);
            T result = work.apply(lines);
            return new Change<>(PermitLine.writeAll(lines.values()), result);
        });
    }

    /** Which sessions its holders have; for the one who forgets the others. */
    Set<String> sessionsOf(String text) {
        return PermitLine.readAll(text).values().stream()
                .map(PermitLine::session)
                .collect(Collectors.toSet());
    }
}
