package org.outlookmail.sandbox.imap;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.outlookmail.sandbox.mailstore.MailFolder;
import org.outlookmail.sandbox.mailstore.MailMessage;

/**
 * The folder a session has selected, as the session knows it: its numbers stand for the same messages until it has been told
 * of removals (RFC 3501, 7.4.1), whatever others do meanwhile. For one thread at a time.
 */
final class SelectedFolder {
    private final MailFolder folder;
    private final boolean readOnly;
    private final List<Shown> shown = new ArrayList<>();
    /** The change of the mailbox up to which all has been told; the common case is that nothing is new. */
    private long known;

    /** A message as the client knows it. */
    static final class Shown {
        private final long uid;
        private final MailMessage message;
        private final boolean recent;
        private Set<String> told;

        private Shown(long uid, MailMessage message, boolean recent) {
            this.uid = uid;
            this.message = message;
            this.recent = recent;
            told();
        }

        long uid() {
            return uid;
        }

        MailMessage message() {
            return message;
        }

        /** The client knows the flags that the message has now, which are given. */
        Set<String> told() {
            told = message.flags();
            Set<String> flags = new TreeSet<>(told);
            if (recent) {
                flags.add(Flags.RECENT);
            }
            return flags;
        }

        boolean recent() {
            return recent;
        }

        private boolean changed() {
            return !told.equals(message.flags());
        }
    }

    /** What the client has not heard of: numbers that go, one after the other, and new flags by number after that. */
    record Changes(List<Integer> removed, boolean grown, Map<Integer, Set<String>> flags) {
        static final Changes NONE = new Changes(List.of(), false, Map.of());
    }

    SelectedFolder(MailFolder folder, boolean readOnly) {
        this.folder = folder;
        this.readOnly = readOnly;
        this.known = folder.lastChange();
        arrive();
    }

    private boolean arrive() {
        long last = largest(true);
        int before = shown.size();
        Set<Long> recent = folder.recent(!readOnly);
        folder.messages().forEach((uid, message) -> {
            if (uid > last) {
                shown.add(new Shown(uid, message, recent.contains(uid)));
            }
        });
        return shown.size() > before;
    }

    MailFolder folder() {
        return folder;
    }

    boolean readOnly() {
        return readOnly;
    }

    /** The messages by their numbers, the first being 1. */
    List<Shown> shown() {
        return shown;
    }

    /** Those that a command names by numbers or UIDs. */
    List<Shown> named(NumberSet set, boolean uids) {
        long largest = largest(uids);
        List<Shown> named = new ArrayList<>();
        for (int number = 1; number <= shown.size(); number++) {
            Shown each = shown.get(number - 1);
            if (set.has(uids ? each.uid : number, largest)) {
                named.add(each);
            }
        }
        return named;
    }

    /** What * stands for in a set of numbers or of UIDs; 0 in an empty folder. */
    long largest(boolean uids) {
        int count = shown.size();
        return uids && count > 0 ? shown.get(count - 1).uid : count;
    }

    long recentCount() {
        return shown.stream().filter(Shown::recent).count();
    }

    /** Takes what is to be reported now. Removals wait where a command may not report them. */
    Changes take(boolean withoutRemovals) {
        long now = folder.lastChange();
        if (now == known) {
            return Changes.NONE;
        }
        List<Integer> removed = new ArrayList<>();
        if (!withoutRemovals) {
            known = now;
            Set<Long> present = folder.messages().keySet();
            for (int number = shown.size(); number > 0; number--) {
                if (!present.contains(shown.get(number - 1).uid)) {
                    shown.remove(number - 1);
                    removed.add(number);
                }
            }
        }
        boolean grown = arrive();
        Map<Integer, Set<String>> flags = new LinkedHashMap<>();
        for (int number = 1; number <= shown.size(); number++) {
            if (shown.get(number - 1).changed()) {
                flags.put(number, shown.get(number - 1).told());
            }
        }
        return new Changes(removed, grown, flags);
    }
}
