package org.outlookmail.sandbox.mailstore;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A folder of a mailbox and the messages in it, by their UIDs (RFC 3501, 2.3.1.1). Safe for any thread: all of it is guarded
 * by the mailbox, whose watchers hear of each change after it.
 */
public final class MailFolder {
    private final Mailbox mailbox;
    private final String id;
    private final long uidValidity;
    private final TreeMap<Long, MailMessage> messages = new TreeMap<>();
    private final Set<Long> recent = new HashSet<>();
    /** Id → the change with which the message left. */
    private final Map<String, Long> gone = new LinkedHashMap<>();

    private String path;
    private String use;
    private boolean subscribed;
    private long nextUid = 1;

    /** {@code use} is a special use (RFC 6154), or empty. */
    MailFolder(Mailbox mailbox, String path, String use, long uidValidity) {
        this.mailbox = mailbox;
        this.id = mailbox.newId();
        this.path = path;
        this.use = use;
        this.uidValidity = uidValidity;
    }

    /** Names it for as long as it is in the mailbox, whatever it is called. */
    public String id() {
        return id;
    }

    /** Its name with those of the folders above it, separated by {@link Mailbox#SEPARATOR}. */
    public String path() {
        synchronized (mailbox) {
            return path;
        }
    }

    void path(String newPath) {
        path = newPath;
    }

    /** What it is for, such as {@code \Sent} (RFC 6154); empty for most. */
    public String use() {
        return use;
    }

    /** Whether clients want to see it. */
    public boolean subscribed() {
        synchronized (mailbox) {
            return subscribed;
        }
    }

    /** Whether they do from now on. */
    public void subscribe(boolean wanted) {
        synchronized (mailbox) {
            subscribed = wanted;
        }
    }

    /** Tells a folder from a later one of the same name. */
    public long uidValidity() {
        return uidValidity;
    }

    /** The UID that the next message gets. */
    public long nextUid() {
        synchronized (mailbox) {
            return nextUid;
        }
    }

    /** The number of the mailbox's last change, in this folder or another. */
    public long lastChange() {
        return mailbox.lastChange();
    }

    /** UID → message, in the order of their arrival; a copy. */
    public Map<Long, MailMessage> messages() {
        synchronized (mailbox) {
            return new LinkedHashMap<>(messages);
        }
    }

    /** The message with that UID. */
    public Optional<MailMessage> message(long uid) {
        synchronized (mailbox) {
            return Optional.ofNullable(messages.get(uid));
        }
    }

    /** The UIDs of those that no session has been told of; with {@code take} they are not recent any more. */
    public Set<Long> recent(boolean take) {
        synchronized (mailbox) {
            Set<Long> now = Set.copyOf(recent);
            if (take) {
                recent.clear();
            }
            return now;
        }
    }

    /** Puts a message into it; gives its UID. The octets may not be changed afterwards. */
    public long append(byte[] octets, Set<String> flags, Instant received) {
        long uid;
        synchronized (mailbox) {
            uid = add(new MailMessage(mailbox.newId(), octets, flags, received));
        }
        mailbox.changed();
        return uid;
    }

    private long add(MailMessage message) {
        long uid = nextUid++;
        messages.put(uid, message);
        recent.add(uid);
        gone.remove(message.id());
        long came = mailbox.nextChange();
        message.place(new MailMessage.Place(this, uid, came, came));
        mailbox.here(message);
        return uid;
    }

    private MailMessage take(long uid) {
        MailMessage message = messages.remove(uid);
        recent.remove(uid);
        if (message != null) {
            gone.put(message.id(), mailbox.nextChange());
        }
        return message;
    }

    /** Puts other octets in the place of a message's, as an editor of a draft does; it keeps its id and gets another UID. */
    public MailMessage replace(MailMessage old, byte[] octets) {
        MailMessage message = new MailMessage(old.id(), octets, old.flags(), old.received());
        synchronized (mailbox) {
            take(old.place().uid());
            add(message);
        }
        mailbox.changed();
        return message;
    }

    /** Id → change of the messages that have left since that change. */
    public Map<String, Long> goneSince(long change) {
        synchronized (mailbox) {
            Map<String, Long> since = new LinkedHashMap<>(gone);
            since.values().removeIf(each -> each <= change);
            return since;
        }
    }

    /** Gives and takes flags of a message, if it is still there. */
    public void flag(long uid, Set<String> given, Set<String> taken) {
        boolean changed;
        synchronized (mailbox) {
            MailMessage message = messages.get(uid);
            changed = message != null && message.change(given, taken);
            if (changed) {
                long came = message.place().came();
                message.place(new MailMessage.Place(this, uid, mailbox.nextChange(), came));
            }
        }
        if (changed) {
            mailbox.changed();
        }
    }

    /** Removes messages for good. */
    public void remove(Collection<Long> uids) {
        synchronized (mailbox) {
            for (long uid : uids) {
                MailMessage message = take(uid);
                if (message != null) {
                    mailbox.gone(message);
                }
            }
        }
        mailbox.changed();
    }

    /** Copies those of the messages that are still there; old → new UID. */
    public Map<Long, Long> copy(Collection<Long> uids, MailFolder target) {
        Map<Long, Long> copied = new LinkedHashMap<>();
        synchronized (mailbox) {
            for (long uid : uids) {
                MailMessage message = messages.get(uid);
                if (message != null) {
                    MailMessage copy =
                            new MailMessage(mailbox.newId(), message.octets(), message.flags(), message.received());
                    copied.put(uid, target.add(copy));
                }
            }
        }
        mailbox.changed();
        return copied;
    }

    /** Moves those of the messages that are still there; old → new UID. */
    public Map<Long, Long> move(Collection<Long> uids, MailFolder target) {
        Map<Long, Long> moved = new LinkedHashMap<>();
        synchronized (mailbox) {
            for (long uid : new ArrayList<>(uids)) {
                MailMessage message = take(uid);
                if (message != null) {
                    moved.put(uid, target.add(message));
                }
            }
        }
        mailbox.changed();
        return moved;
    }

    /** The UIDs of those with the flag, in their order. */
    public List<Long> having(String flag) {
        synchronized (mailbox) {
            return messages.entrySet().stream()
                    .filter(each -> each.getValue().has(flag))
                    .map(Map.Entry::getKey)
                    .toList();
        }
    }
}
