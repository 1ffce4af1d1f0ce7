package org.outlookmail.mail.graph;

import jakarta.mail.MessagingException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The messages of an open folder by their numbers, the oldest first, fetched a page at a time when somebody asks for one of
 * it. New ones come at the end. When others have taken messages away, so that pages have moved, all are listed once; numbers
 * without a message then say that it was removed.
 *
 * <p>Thread rule: guarded by its folder.
 */
final class MessageIndex {

    private final GraphClient client;
    private final String target;
    private final int page;
    private final List<Item> byNumber;
    private final Map<Item, Integer> places = new HashMap<>();
    private final Map<String, Item> byId = new HashMap<>();

    /** How many the folder counts that no list has shown; for them alone nobody lists all once more. */
    private long uncounted;

    /**
     * @param folderId whose
     * @param total how many it had when it was opened
     */
    MessageIndex(GraphClient client, String folderId, int page, int total) {
        this.client = client;
        this.target = client.path("mailFolders", folderId, "messages");
        this.page = page;
        this.byNumber = new ArrayList<>(Collections.nCopies(total, null));
    }

    int size() {
        return byNumber.size();
    }

    /** How many of them are still there, as far as it is known. */
    int present() {
        return (int)
                byNumber.stream().filter(item -> item == null || !item.gone()).count();
    }

    /**
     * The message of a number from 1.
     *
     * @throws MessagingException as Graph tells it
     */
    Item get(int number) throws MessagingException {
        if (byNumber.get(number - 1) == null) {
            load((number - 1) / page);
        }
        return byNumber.get(number - 1);
    }

    /** The same if it has been fetched, else null. */
    Item known(int number) {
        return byNumber.get(number - 1);
    }

    /** Its number if that is known, else 0. */
    int knownNumber(Item item) {
        return places.getOrDefault(item, -1) + 1;
    }

    private void place(int index, Item item) {
        byNumber.set(index, item);
        places.put(item, index);
    }

    private void append(List<Item> items) {
        for (Item item : items) {
            places.put(item, byNumber.size());
            byNumber.add(item);
        }
    }

    /** The number of a message, perhaps 0: it is in another folder by now. */
    int number(Item item) throws MessagingException {
        if (knownNumber(item) == 0) {
            all();
        }
        if (knownNumber(item) == 0) {
            relist(); // It has come since.
        }
        return knownNumber(item);
    }

    /** All of them. */
    List<Item> all() throws MessagingException {
        for (int number = 1; number <= byNumber.size(); number++) {
            get(number);
        }
        return byNumber;
    }

    private void load(int which) throws MessagingException {
        int first = which * page;
        Json answer = client.done(
                        GraphRequest.get(target + "?$orderby=receivedDateTime&$top=" + page + "&$skip=" + first
                                + "&$count=true&" + Item.FIELDS),
                        client.turn())
                .json();
        List<Item> items = new ArrayList<>();
        boolean moved = answer.number("@odata.count") >= 0 && answer.number("@odata.count") < present();
        for (Json each : answer.list("value")) {
            Item item = known(each);
            items.add(item);
            int at = knownNumber(item);
            moved |= at > 0 && at != first + items.size();
        }
        int expected = Math.min(page, byNumber.size() - first);
        if (moved || items.size() < expected) {
            relist();
            return;
        }
        for (int index = 0; index < expected; index++) {
            place(first + index, items.get(index));
        }
    }

    private Item known(Json json) {
        return byId.computeIfAbsent(json.text("id"), id -> new Item(json));
    }

    /** What is there now, in order: those with a number keep it, the others get the numbers that are free. */
    void relist() throws MessagingException {
        List<Item> there = list("$orderby=receivedDateTime");
        Set<Item> present = new HashSet<>(there);
        List<Item> unnumbered = new ArrayList<>();
        there.forEach(item -> {
            if (knownNumber(item) == 0) {
                unnumbered.add(item);
            }
        });
        int next = 0;
        for (int index = 0; index < byNumber.size(); index++) {
            Item item = byNumber.get(index);
            if (item == null && next < unnumbered.size()) {
                place(index, unnumbered.get(next++));
            } else if (item == null) {
                Item removed = new Item(Json.NOTHING);
                removed.goes();
                place(index, removed);
            } else if (!present.contains(item)) {
                item.goes();
            }
        }
        append(unnumbered.subList(next, unnumbered.size()));
    }

    /** Those that a query finds, in order; not numbered. */
    List<Item> found(String filter) throws MessagingException {
        return list("$filter=" + GraphRequest.encoded(filter) + "&$orderby=receivedDateTime");
    }

    private List<Item> list(String query) throws MessagingException {
        List<Item> items = new ArrayList<>();
        client.pages(
                GraphRequest.get(target + "?" + query + "&$top=" + page + "&" + Item.FIELDS),
                answer -> answer.list("value").forEach(each -> items.add(known(each))));
        return items.stream().distinct().toList();
    }

    /**
     * Those that have come since, which are numbered now.
     *
     * @param total how many there are; more than have been found if older ones were moved here, for which all are listed
     */
    List<Item> arrived(long total) throws MessagingException {
        int before = byNumber.size();
        Item last = byNumber.isEmpty() ? null : get(byNumber.size());
        String since = last == null || last.receivedText().isEmpty() ? "1900-01-01T00:00:00Z" : last.receivedText();
        List<Item> fresh = found("receivedDateTime ge " + since).stream()
                .filter(item -> knownNumber(item) == 0)
                .toList();
        append(fresh);
        if (total - present() > uncounted || total < present()) {
            relist();
            uncounted = Math.max(0, total - present());
        }
        return List.copyOf(byNumber.subList(before, byNumber.size()));
    }

    /** The message with that UID, if there is one. */
    Optional<Item> byUid(long uid) throws MessagingException {
        return all().stream()
                .filter(item -> !item.gone() && GraphUid.of(item.id()) == uid)
                .findFirst();
    }

    /** Leaves out what is gone, so that the others move up. */
    void expunged() {
        byNumber.removeIf(item -> item != null && item.gone());
        places.clear();
        for (int index = 0; index < byNumber.size(); index++) {
            if (byNumber.get(index) != null) {
                places.put(byNumber.get(index), index);
            }
        }
    }
}
