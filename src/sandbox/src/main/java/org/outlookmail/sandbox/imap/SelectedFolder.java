package org.outlookmail.sandbox.imap;

import com.icegreen.greenmail.imap.ImapSession;
import com.icegreen.greenmail.imap.ImapSessionFolder;
import com.icegreen.greenmail.store.MailFolder;
import com.icegreen.greenmail.store.StoredMessage;
import jakarta.mail.Flags;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The folder a session has selected, and what changed in it since the session last reported. Changes come from any thread,
 * the session's thread takes them.
 */
final class SelectedFolder extends ImapSessionFolder {
    private final List<Integer> removed = new ArrayList<>();
    private final Map<Integer, FlagChange> flags = new LinkedHashMap<>();
    private final boolean ready;
    private boolean grown; // without an initial value, which would come after the first calls

    /** New flags of a message; {@code uid} is null unless a UID command set them. */
    record FlagChange(Flags flags, Long uid) {}

    /** What changed. */
    record Changes(List<Integer> removed, boolean grown, Map<Integer, FlagChange> flags) {}

    SelectedFolder(MailFolder folder, ImapSession session, boolean readOnly) {
        super(folder, session, readOnly);
        ready = true;
    }

    /** What * stands for in a set of numbers or of UIDs; 0 in an empty folder. */
    long largest(List<StoredMessage> messages, boolean uids) {
        int count = messages.size();
        return uids && count > 0 ? messages.get(count - 1).getUid() : count;
    }

    /**
     * Takes what is to be reported now. Removals wait where a command may not report them (RFC 3501, 7.4.1), and with them
     * the new size, which would seem to shrink without a reason.
     */
    synchronized Changes take(boolean withoutRemovals) {
        boolean all = !withoutRemovals || removed.isEmpty();
        Changes changes = new Changes(all ? List.copyOf(removed) : List.of(), all && grown, new LinkedHashMap<>(flags));
        if (all) {
            removed.clear();
            grown = false;
        }
        flags.clear();
        return changes;
    }

    /** The constructor above us has us listen already, so the first calls may come before there is anything to add to. */
    @Override
    public synchronized void added(int number) {
        grown = true;
    }

    @Override
    public synchronized void expunged(int number) {
        if (ready) {
            removed.add(number);
        }
    }

    @Override
    public synchronized void flagsUpdated(int number, Flags newFlags, Long uid) {
        if (ready) {
            flags.put(number, new FlagChange(newFlags, uid));
        }
    }
}
