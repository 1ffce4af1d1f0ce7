package org.outlookmail.mail.graph;

import jakarta.mail.Flags;
import jakarta.mail.MessagingException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What can be done to messages of a folder, twenty to a request. A message that is not there any more is noted as gone.
 *
 * <p>Thread rule: guarded by its folder.
 */
final class MessageChanges {

    private final GraphClient client;

    MessageChanges(GraphClient client) {
        this.client = client;
    }

    /** What a change says of one message. */
    @FunctionalInterface
    private interface Change {
        Map<String, Object> of(Item item);
    }

    private record Done(String method, String below, Change change) implements MessageBatch.Step {
        @Override
        public Map<String, Object> body(Item item) {
            return change.of(item);
        }
    }

    private void run(List<Item> items, Done step, boolean repeatable, MessageBatch.Result result)
            throws MessagingException {
        if (!items.isEmpty()) {
            new MessageBatch(client).run(items, step, repeatable, result);
        }
    }

    /** They have been read. */
    void seen(List<Item> items) throws MessagingException {
        run(items, new Done("PATCH", "", item -> Map.of("isRead", true)), true, MessageChanges::noted);
    }

    /**
     * Their flags are as the items have them, as far as they were to be changed; what Graph does not take is as it was.
     *
     * @param before the items with the flags that they had; those that Graph has taken are taken out
     */
    void flags(Map<Item, Flags> before, Flags changed) throws MessagingException {
        List<Item> items = List.copyOf(before.keySet());
        try {
            run(items, new Done("PATCH", "", item -> shown(item.flags(), changed)), true, (item, found) -> {
                noted(item, found);
                before.remove(item);
            });
        } finally {
            before.forEach(Item::flagged);
        }
    }

    /** They go to Deleted Items, or for good if they are there. */
    void removed(List<Item> items) throws MessagingException {
        run(items, new Done("DELETE", "", item -> Map.of()), true, (item, found) -> item.goes());
    }

    /** They go to another folder, with their ids. */
    void moved(List<Item> items, String destination) throws MessagingException {
        run(
                items,
                new Done("POST", "/move", item -> Map.of("destinationId", destination)),
                true,
                (item, found) -> item.goes());
    }

    /** Copies of them go to another folder. */
    void copied(List<Item> items, String destination) throws MessagingException {
        run(
                items,
                new Done("POST", "/copy", item -> Map.of("destinationId", destination)),
                false,
                MessageChanges::noted);
    }

    /** Whether Graph is to be told of a change of flags; of deleted and answered messages it knows nothing. */
    static boolean differ(Flags before, Flags after, Flags changed) {
        return !shown(before, changed).equals(shown(after, changed));
    }

    /** Only what was to be changed, so that what others have changed meanwhile stays. */
    private static Map<String, Object> shown(Flags flags, Flags changed) {
        Map<String, Object> shown = new LinkedHashMap<>();
        if (changed.contains(Flags.Flag.SEEN)) {
            shown.put("isRead", flags.contains(Flags.Flag.SEEN));
        }
        if (changed.contains(Flags.Flag.FLAGGED)) {
            shown.put("flag", Map.of("flagStatus", flags.contains(Flags.Flag.FLAGGED) ? "flagged" : "notFlagged"));
        }
        if (changed.getUserFlags().length > 0) {
            shown.put("categories", List.of(flags.getUserFlags()));
        }
        return shown;
    }

    private static void noted(Item item, boolean found) {
        if (!found) {
            item.goes();
        }
    }
}
