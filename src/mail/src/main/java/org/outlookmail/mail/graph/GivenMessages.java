package org.outlookmail.mail.graph;

import jakarta.mail.Message;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The messages of an open folder that applications have, so that each is one object, by whichever way it was found. They are
 * held as long as the applications hold them: a folder keeps no content that nobody reads any more.
 *
 * <p>Thread rule: guarded by its folder.
 */
final class GivenMessages {

    private final GraphFolder folder;
    private final Map<Integer, Reference<GraphMessage>> byNumber = new HashMap<>();

    /** Those that a search has found before their numbers were known. */
    private final Map<Item, Reference<GraphMessage>> unnumbered = new HashMap<>();

    GivenMessages(GraphFolder folder) {
        this.folder = folder;
    }

    /**
     * The message of a number.
     *
     * @param item null if it is not known yet
     */
    GraphMessage numbered(int number, Item item) {
        GraphMessage present = held(byNumber.get(number));
        if (present == null) {
            present = item == null ? null : held(unnumbered.remove(item));
            if (present == null) {
                present = new GraphMessage(folder, number, item);
            } else {
                present.number(number);
            }
            byNumber.put(number, new WeakReference<>(present));
        }
        return present;
    }

    /**
     * The message of an item.
     *
     * @param number 0 if it is not known yet
     */
    GraphMessage of(Item item, int number) {
        if (number > 0) {
            return numbered(number, item);
        }
        GraphMessage present = held(unnumbered.get(item));
        if (present == null) {
            present = new GraphMessage(folder, 0, item);
            unnumbered.put(item, new WeakReference<>(present));
        }
        return present;
    }

    private static GraphMessage held(Reference<GraphMessage> reference) {
        return reference == null ? null : reference.get();
    }

    /** The folder is closed. */
    void clear() {
        byNumber.clear();
        unnumbered.clear();
    }

    /** Those that are gone leave, and the others move up, here and in the index. */
    Message[] settled(MessageIndex index) {
        List<Message> gone = new ArrayList<>();
        Map<Integer, Reference<GraphMessage>> left = new HashMap<>();
        int next = 1;
        int size = index.size();
        for (int number = 1; number <= size; number++) {
            Item item = index.known(number);
            GraphMessage message = held(byNumber.get(number));
            if (item != null && item.gone()) {
                GraphMessage told = message == null ? new GraphMessage(folder, number, item) : message;
                told.removed();
                gone.add(told);
            } else {
                if (message != null) {
                    message.number(next);
                    left.put(next, new WeakReference<>(message));
                }
                next++;
            }
        }
        index.expunged();
        byNumber.clear();
        byNumber.putAll(left);
        unnumbered.values().stream()
                .map(GivenMessages::held)
                .filter(Objects::nonNull)
                .forEach(each -> each.number(0));
        return gone.toArray(Message[]::new);
    }
}
