package org.outlookmail.sandbox.imap;

import com.icegreen.greenmail.imap.ImapSession;
import com.icegreen.greenmail.imap.ImapSessionFolder;
import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.store.MailFolder;
import com.icegreen.greenmail.store.StoredMessage;
import jakarta.mail.Flags;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The folder a session has selected, as the session knows it: its numbers stand for the same messages until it has been told
 * of removals (RFC 3501, 7.4.1), whatever others do meanwhile. Others say from any thread that something has changed; all
 * else is for the session's thread.
 */
final class SelectedFolder extends ImapSessionFolder {
    private final List<StoredMessage> shown;
    private final Map<Long, Flags> told = new HashMap<>();
    private volatile boolean changed; // without an initial value, which would come after the first calls

    /** What the client has not heard of: numbers that go, one after the other, and new flags by number after that. */
    record Changes(List<Integer> removed, boolean grown, Map<Integer, Flags> flags) {
        static final Changes NONE = new Changes(List.of(), false, Map.of());
    }

    SelectedFolder(MailFolder folder, ImapSession session, boolean readOnly) {
        super(folder, session, readOnly);
        shown = new ArrayList<>(Stored.in(folder));
        shown.forEach(this::told);
    }

    /** The messages by their numbers, the first being 1. */
    List<StoredMessage> shown() {
        return shown;
    }

    /** What * stands for in a set of numbers or of UIDs; 0 in an empty folder. */
    long largest(boolean uids) {
        int count = shown.size();
        return uids && count > 0 ? shown.get(count - 1).getUid() : count;
    }

    /** Whether nobody has removed it meanwhile. */
    boolean has(StoredMessage message) {
        return getMessage(message.getUid()) != null;
    }

    /** The client knows the flags that the message has now. */
    void told(StoredMessage message) {
        told.put(message.getUid(), flags(message));
    }

    private static Flags flags(StoredMessage message) {
        Flags flags = new Flags(message.getFlags());
        flags.remove(Flags.Flag.RECENT);
        return flags;
    }

    /** Takes what is to be reported now. Removals wait where a command may not report them. */
    Changes take(boolean withoutRemovals) {
        if (!changed) {
            return Changes.NONE;
        }
        changed = withoutRemovals;
        List<StoredMessage> present = Stored.in(this);
        List<Integer> removed = withoutRemovals ? List.of() : removed(present);
        long last = largest(true);
        List<StoredMessage> arrived =
                present.stream().filter(each -> each.getUid() > last).toList();
        shown.addAll(arrived);
        arrived.forEach(this::told);
        Map<Integer, Flags> flags = new LinkedHashMap<>();
        for (int number = 1; number <= shown.size(); number++) {
            StoredMessage message = shown.get(number - 1);
            if (!flags(message).equals(told.get(message.getUid()))) {
                told(message);
                flags.put(number, message.getFlags());
            }
        }
        return new Changes(removed, !arrived.isEmpty(), flags);
    }

    private List<Integer> removed(List<StoredMessage> present) {
        Set<Long> uids = present.stream().map(StoredMessage::getUid).collect(Collectors.toSet());
        List<Integer> removed = new ArrayList<>();
        for (int number = shown.size(); number > 0; number--) {
            if (!uids.contains(shown.get(number - 1).getUid())) {
                told.remove(shown.remove(number - 1).getUid());
                removed.add(number);
            }
        }
        return removed;
    }

    @Override
    public int getMessageCount() {
        return shown.size();
    }

    /** Of those that are still there: GreenMail's COPY and MOVE go by it. */
    @Override
    public long[] getMessageUids() {
        Set<Long> present = Arrays.stream(super.getMessageUids()).boxed().collect(Collectors.toSet());
        return shown.stream()
                .mapToLong(StoredMessage::getUid)
                .filter(present::contains)
                .toArray();
    }

    @Override
    public int getMsn(long uid) throws FolderException {
        for (int number = 1; number <= shown.size(); number++) {
            if (shown.get(number - 1).getUid() == uid) {
                return number;
            }
        }
        throw new FolderException("There is no message with the UID " + uid);
    }

    @Override
    public void added(int number) {
        changed = true;
    }

    @Override
    public void expunged(int number) {
        changed = true;
    }

    @Override
    public void flagsUpdated(int number, Flags flags, Long uid) {
        changed = true;
    }
}
