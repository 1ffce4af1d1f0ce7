package org.outlookmail.cluster;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One line of a {@link Semaphore}: somebody who holds a permit or waits for one.
 *
 * @param holds whether he holds it
 * @param id who
 * @param session of his node
 * @param node that node's name, for people
 * @param ticket his number in the queue; it counts up, whatever the clocks say
 * @param since when he came or took it, in milliseconds of his node's clock, for people
 */
record PermitLine(boolean holds, String id, String session, String node, long ticket, long since) {

    private static final Pattern TEXT =
            Pattern.compile("([hw])\\|([\\w-]{1,64})\\|([0-9a-f-]{36})\\|([^|\\s]{0,255})\\|(\\d{1,15})\\|(\\d{1,15})");

    static PermitLine waiting(String id, Sessions sessions, long ticket, Instant now) {
        return new PermitLine(false, id, sessions.own(), sessions.node(), ticket, now.toEpochMilli());
    }

    PermitLine holding(Instant now) {
        return new PermitLine(true, id, session, node, ticket, now.toEpochMilli());
    }

    boolean earlier(PermitLine other) {
        return ticket < other.ticket || (ticket == other.ticket && id.compareTo(other.id) < 0);
    }

    /** Without what is no line of ours. */
    static Map<String, PermitLine> readAll(String text) {
        Map<String, PermitLine> lines = new LinkedHashMap<>();
        for (String each : text.split("\n", -1)) {
            Matcher line = TEXT.matcher(each);
            if (line.matches()) {
                lines.put(
                        line.group(2),
                        new PermitLine(
                                line.group(1).equals("h"),
                                line.group(2),
                                line.group(3),
                                line.group(4),
                                Long.parseLong(line.group(5)),
                                Long.parseLong(line.group(6))));
            }
        }
        return lines;
    }

    static String writeAll(Collection<PermitLine> lines) {
        return lines.stream()
                .map(line -> String.join(
                        "|",
                        line.holds ? "h" : "w",
                        line.id,
                        line.session,
                        line.node,
                        Long.toString(line.ticket),
                        Long.toString(line.since)))
                .collect(Collectors.joining("\n"));
    }
}
