package org.outlookmail.sandbox.mailstore;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/**
 * The folders of one mailbox; their names are compared without regard to case, as Exchange does. Safe for any thread; its
 * monitor guards all that is in it.
 */
public final class Mailbox {
    /** Between the names of a path. */
    public static final char SEPARATOR = '/';

    private static final Pattern NAME = Pattern.compile("[^/\\p{Cntrl}]{1,250}(?:/[^/\\p{Cntrl}]{1,250}){0,20}");
    private static final Map<String, String> USES = Map.of(
            MailStore.INBOX,
            "",
            MailStore.SENT,
            "\\Sent",
            "Drafts",
            "\\Drafts",
            "Deleted Items",
            "\\Trash",
            "Junk Email",
            "\\Junk",
            "Archive",
            "\\Archive");

    private final String address;
    private final Map<String, MailFolder> folders = new TreeMap<>();
    private final Map<String, MailMessage> messages = new HashMap<>();
    private final List<Runnable> watchers = new CopyOnWriteArrayList<>();
    private long uidValidity;
    private long change;

    /** With Exchange's usual folders. */
    Mailbox(String address, long uidValidity) {
        this.address = address;
        this.uidValidity = uidValidity;
        USES.keySet().stream().sorted().forEach(name -> add(name).subscribe(true));
    }

    /** Its address. */
    public String address() {
        return address;
    }

    private static String key(String path) {
        return path.toLowerCase(Locale.ROOT);
    }

    private MailFolder add(String path) {
        MailFolder folder = new MailFolder(this, path, USES.getOrDefault(path, ""), uidValidity++);
        folders.put(key(path), folder);
        return folder;
    }

    void here(MailMessage message) {
        messages.put(message.id(), message);
    }

    void gone(MailMessage message) {
        messages.remove(message.id());
    }

    /** The message with that id, in whichever folder it is. */
    public synchronized Optional<MailMessage> message(String id) {
        return Optional.ofNullable(messages.get(id));
    }

    /** The number of the last change of any message. */
    public synchronized long lastChange() {
        return change;
    }

    long nextChange() {
        return ++change;
    }

    String newId() {
        return UUID.randomUUID().toString();
    }

    /** The folder with that path. */
    public synchronized Optional<MailFolder> folder(String path) {
        return Optional.ofNullable(folders.get(key(path)));
    }

    /** All folders, in the order of their names. */
    public synchronized List<MailFolder> folders() {
        return List.copyOf(folders.values());
    }

    /** Whether there are folders below it. */
    public synchronized boolean hasChildren(MailFolder folder) {
        String above = key(folder.path()) + SEPARATOR;
        return folders.keySet().stream().anyMatch(each -> each.startsWith(above));
    }

    /**
     * Makes a folder and those above it that are missing.
     *
     * @throws IllegalArgumentException if there is one, or that is no name
     */
    public synchronized MailFolder create(String path) {
        if (!NAME.matcher(path).matches()) {
            throw new IllegalArgumentException(path + " is no name of a folder");
        }
        if (folders.containsKey(key(path))) {
            throw new IllegalArgumentException(path + " already exists");
        }
        for (int end = path.indexOf(SEPARATOR); end >= 0; end = path.indexOf(SEPARATOR, end + 1)) {
            if (folder(path.substring(0, end)).isEmpty()) {
                add(path.substring(0, end));
            }
        }
        return add(path);
    }

    /**
     * Removes a folder with its messages.
     *
     * @throws IllegalArgumentException if it is one of Exchange's own or has folders below it
     */
    public void delete(MailFolder folder) {
        synchronized (this) {
            checkOwn(folder);
            if (hasChildren(folder)) {
                throw new IllegalArgumentException(folder.path() + " has folders below it");
            }
            folders.remove(key(folder.path()));
            folder.messages().values().forEach(this::gone);
        }
        changed();
    }

    /**
     * Gives a folder, and with it those below, another path.
     *
     * @throws IllegalArgumentException if it is one of Exchange's own, or the path is taken or none
     */
    public synchronized void rename(MailFolder folder, String path) {
        checkOwn(folder);
        String old = folder.path();
        String above = key(old) + SEPARATOR;
        if (key(path).startsWith(above)) {
            throw new IllegalArgumentException(path + " is below " + old);
        }
        folders.remove(key(create(path).path()));
        List<MailFolder> below = new ArrayList<>();
        folders.forEach((key, each) -> {
            if (key.startsWith(above)) {
                below.add(each);
            }
        });
        folders.keySet().removeIf(key -> key.equals(key(old)) || key.startsWith(above));
        folder.path(path);
        folders.put(key(path), folder);
        for (MailFolder each : below) {
            each.path(path + each.path().substring(old.length()));
            folders.put(key(each.path()), each);
        }
    }

    private static void checkOwn(MailFolder folder) {
        if (USES.containsKey(folder.path())) {
            throw new IllegalArgumentException(folder.path() + " belongs to the mailbox");
        }
    }

    /** Whether the folder has not been removed. */
    public synchronized boolean has(MailFolder folder) {
        return folders.containsValue(folder);
    }

    /** Has {@code watcher} told of each change until {@link #unwatch}; on the thread that made it, so it must hand over. */
    public void watch(Runnable watcher) {
        watchers.add(watcher);
    }

    /** It is told no more. */
    public void unwatch(Runnable watcher) {
        watchers.remove(watcher);
    }

    /** Something has changed; never called in the lock. */
    void changed() {
        watchers.forEach(Runnable::run);
    }
}
