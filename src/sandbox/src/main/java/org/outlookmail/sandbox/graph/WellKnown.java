package org.outlookmail.sandbox.graph;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The names by which folders can be asked for in every language. Stateless. */
final class WellKnown {
    private static final Map<String, String> PATHS = Map.of(
            "inbox", "INBOX",
            "sentitems", "Sent Items",
            "drafts", "Drafts",
            "deleteditems", "Deleted Items",
            "junkemail", "Junk Email",
            "archive", "Archive");

    private WellKnown() {}

    /** The path of a well-known folder. */
    static Optional<String> path(String name) {
        return Optional.ofNullable(PATHS.get(name.toLowerCase(Locale.ROOT)));
    }

    /** What Graph calls a folder: the INBOX is "Inbox". */
    static String displayName(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        return path.equals("INBOX") ? "Inbox" : name;
    }
}
