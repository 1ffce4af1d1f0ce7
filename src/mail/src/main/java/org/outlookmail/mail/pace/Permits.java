package org.outlookmail.mail.pace;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.outlookmail.mail.pace.SharedTexts.Change;

/**
 * Who has a connection to one mailbox open, and who waits for one, in order: one text that all nodes see, with a line for
 * each. A line that is not renewed ends by itself, so the permits of a node that dies come back.
 *
 * <p>Thread rule: free for any thread.
 */
final class Permits {

    /** Well above the interval of {@link MailPaces#tick}, a long pause of the JVM, and the difference of the clocks. */
    static final Duration LIFE = Duration.ofSeconds(20);

    /** Lines with less than this left are renewed. */
    private static final Duration RENEWAL = Duration.ofSeconds(13);

    /** A line that ends later is written by none of us, whatever the difference of the clocks. */
    private static final Duration FURTHEST = LIFE.plusMinutes(1);

    private static final String HOLDS = "h";
    private static final String WAITS = "w";
    private static final int FIELDS = 5;

    private final SharedTexts texts;
    private final String name;
    private final int limit;

    Permits(SharedTexts texts, String name, int limit) {
        this.texts = texts;
        this.name = name;
        this.limit = limit;
    }

    /** One line: somebody who holds or waits, on which node, since when, and until when that counts. */
    private record Line(String state, String id, String node, long since, long until) {

        Line as(String newState, Instant now) {
            return new Line(
                    newState, id, node, now.toEpochMilli(), now.plus(LIFE).toEpochMilli());
        }

        Line renewed(Instant now) {
            return new Line(state, id, node, since, now.plus(LIFE).toEpochMilli());
        }

        boolean old(Instant now) {
            return until < now.plus(RENEWAL).toEpochMilli();
        }

        boolean holds() {
            return state.equals(HOLDS);
        }
    }

    /**
     * Takes a permit if one is free and nobody has waited longer; else stands in the queue.
     *
     * @return whether it is taken
     */
    boolean take(String id, String node, Instant now) {
        return change(now, lines -> {
            Line mine = lines.get(id);
            long held = lines.values().stream().filter(Line::holds).count();
            Line waiting = mine == null ? line(WAITS, id, node, now) : mine.old(now) ? mine.renewed(now) : mine;
            long before = lines.values().stream()
                    .filter(line -> !line.holds() && earlier(line, waiting))
                    .count();
            boolean taken = held + before < limit;
            lines.put(id, taken ? waiting.as(HOLDS, now) : waiting);
            return taken;
        });
    }

    private static boolean earlier(Line one, Line other) {
        return one.since < other.since || (one.since == other.since && one.id.compareTo(other.id) < 0);
    }

    private static Line line(String state, String id, String node, Instant now) {
        return new Line(state, id, node, now.toEpochMilli(), now.plus(LIFE).toEpochMilli());
    }

    /** Gives the permit back, or leaves the queue. */
    void give(String id, Instant now) {
        change(now, lines -> lines.remove(id));
    }

    /**
     * Keeps the permits of a node alive; those that are missing, because the cache lost them or this node was thought dead,
     * count again.
     *
     * @return how many wait for a permit, on whichever node
     */
    int renew(Set<String> held, String node, Instant now) {
        return change(now, lines -> {
            for (String id : held) {
                Line mine = lines.get(id);
                if (mine == null || !mine.holds()) {
                    lines.put(id, line(HOLDS, id, node, now));
                } else if (mine.old(now)) {
                    lines.put(id, mine.renewed(now));
                }
            }
            return (int) lines.values().stream().filter(line -> !line.holds()).count();
        });
    }

    /** Who holds what, for people. */
    String told(Instant now) {
        Map<String, Line> lines = read(texts.read(name), now);
        Map<String, List<Line>> holders = lines.values().stream()
                .filter(Line::holds)
                .collect(Collectors.groupingBy(Line::node, LinkedHashMap::new, Collectors.toList()));
        String held = holders.entrySet().stream()
                .map(node -> node.getKey() + " has " + node.getValue().size() + ", the oldest for "
                        + Math.max(
                                        0,
                                        now.toEpochMilli()
                                                - node.getValue().stream()
                                                        .mapToLong(Line::since)
                                                        .min()
                                                        .orElseThrow())
                                / 1000
                        + " s")
                .collect(Collectors.joining("; "));
        long waiting = lines.values().stream().filter(line -> !line.holds()).count();
        return (held.isEmpty() ? "nobody has one" : held) + "; " + waiting + " waiting";
    }

    private <T> T change(Instant now, Function<Map<String, Line>, T> work) {
        return texts.update(name, text -> {
            Map<String, Line> lines = read(text, now);
            T result = work.apply(lines);
            return new Change<>(write(lines), result);
        });
    }

    /** Without what has ended, and without what another version of this adapter may have written. */
    private static Map<String, Line> read(String text, Instant now) {
        Map<String, Line> lines = new LinkedHashMap<>();
        for (String line : text.split("\n", -1)) {
            String[] fields = line.split("\\|", -1);
            if (fields.length == FIELDS && fields[3].matches("\\d{1,18}") && fields[4].matches("\\d{1,18}")) {
                lines.put(
                        fields[1],
                        new Line(
                                fields[0], fields[1], fields[2], Long.parseLong(fields[3]), Long.parseLong(fields[4])));
            }
        }
        long last = now.plus(FURTHEST).toEpochMilli();
        lines.values().removeIf(line -> line.until() <= now.toEpochMilli() || line.until() > last);
        return lines;
    }

    private static String write(Map<String, Line> lines) {
        List<String> text = new ArrayList<>();
        for (Line line : lines.values()) {
            text.add(String.join(
                    "|", line.state, line.id, line.node, Long.toString(line.since), Long.toString(line.until)));
        }
        return String.join("\n", text);
    }
}
