package org.outlookmail.sandbox.imap;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Flags on the wire (RFC 3501, 2.3.2). Stateless. */
final class Flags {
    static final String DELETED = "\\Deleted";
    static final String SEEN = "\\Seen";
    static final String RECENT = "\\Recent";

    /** What a client may store, besides keywords. */
    static final List<String> SYSTEM = List.of("\\Answered", DELETED, "\\Draft", "\\Flagged", SEEN);

    private Flags() {}

    /** A list in parentheses, where there may be none, or flags without them. */
    static Set<String> read(Scanner in) throws BadCommandException {
        Set<String> flags = new LinkedHashSet<>();
        boolean list = in.accept('(');
        if (list && in.accept(')')) {
            return flags;
        }
        do {
            flags.add(one(in.flag()));
        } while (in.accept(' '));
        if (list) {
            in.expect(')');
        }
        return flags;
    }

    private static String one(String name) throws BadCommandException {
        if (!name.startsWith("\\")) {
            return name;
        }
        return SYSTEM.stream()
                .filter(name::equalsIgnoreCase)
                .findFirst()
                .orElseThrow(() -> new BadCommandException(name + " cannot be stored"));
    }

    static String written(Collection<String> flags) {
        return "(" + String.join(" ", flags.stream().sorted().toList()) + ")";
    }
}
