package org.outlookmail.sandbox.mailstore;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.outlookmail.sandbox.SandboxSettings;
import org.outlookmail.sandbox.StoredMessage;
import org.outlookmail.sandbox.mime.MimePart;

/** The one store of all mailboxes, in memory. Safe for any thread; nothing must be closed. */
public final class MailStore {
    /** Where mail arrives. */
    public static final String INBOX = "INBOX";
    /** Where Exchange puts a copy of what a mailbox sends. */
    public static final String SENT = "Sent Items";

    private final Clock clock;
    private final Map<String, SandboxSettings.Mailbox> settings = new ConcurrentHashMap<>();
    private final Map<String, Mailbox> mailboxes = new ConcurrentHashMap<>();

    /** Starts with no mailboxes; {@code clock} dates what arrives. */
    public MailStore(Clock clock) {
        this.clock = clock;
    }

    /** What dates the mail. */
    public Clock clock() {
        return clock;
    }

    /**
     * Adds a mailbox with Exchange's usual folders.
     *
     * @throws IllegalArgumentException if there is one of that address
     */
    public synchronized void create(SandboxSettings.Mailbox mailbox) {
        String address = mailbox.address();
        if (settings.containsKey(address)) {
            throw new IllegalArgumentException("There is a mailbox " + address + " already");
        }
        // Before it can be found: whoever finds it may use it.
        mailboxes.put(address, new Mailbox(address, clock.instant().getEpochSecond() & 0x7fff_ffffL));
        settings.put(address, mailbox);
    }

    /** The mailbox of that address, whatever the case of its letters. */
    public Optional<SandboxSettings.Mailbox> find(String address) {
        return Optional.ofNullable(settings.get(address.toLowerCase(Locale.ROOT)));
    }

    /** All mailboxes. */
    public Collection<SandboxSettings.Mailbox> all() {
        return List.copyOf(new TreeMap<>(settings).values());
    }

    /** Whether mail for this address stays in the box: some mailbox has the same domain. */
    public boolean isLocalDomain(String address) {
        String domain = domain(address);
        return settings.keySet().stream().anyMatch(each -> domain(each).equals(domain));
    }

    private static String domain(String address) {
        return address.substring(address.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
    }

    /**
     * What is in a mailbox.
     *
     * @throws IllegalArgumentException if there is no such mailbox
     */
    public Mailbox mailbox(String address) {
        Mailbox mailbox = mailboxes.get(address.toLowerCase(Locale.ROOT));
        if (mailbox == null) {
            throw new IllegalArgumentException("There is no mailbox " + address);
        }
        return mailbox;
    }

    /**
     * Puts a message into a folder, which is created if need be.
     *
     * @return its UID
     * @throws IllegalArgumentException if there is no such mailbox, or there can be no such folder
     */
    public long store(String address, String folder, byte[] mime, boolean seen) {
        Mailbox mailbox = mailbox(address);
        MailFolder target;
        synchronized (mailbox) {
            target = mailbox.folder(folder).orElseGet(() -> mailbox.create(folder));
        }
        return target.append(mime.clone(), seen ? Set.of("\\Seen") : Set.of(), clock.instant());
    }

    /**
     * The messages of a folder in the order of their arrival; none when the folder does not exist.
     *
     * @throws IllegalArgumentException if there is no such mailbox
     */
    public List<StoredMessage> messages(String address, String folder) {
        Mailbox mailbox = mailbox(address);
        List<StoredMessage> messages = new ArrayList<>();
        mailbox.folder(folder)
                .ifPresent(found -> found.messages()
                        .forEach((uid, message) -> messages.add(snapshot(mailbox.address(), folder, uid, message))));
        return messages;
    }

    private static StoredMessage snapshot(String mailbox, String folder, long uid, MailMessage message) {
        MimePart part = message.part();
        return new StoredMessage(
                mailbox,
                folder,
                uid,
                message.received(),
                message.flags().stream().sorted().toList(),
                part.fields().stream()
                        .map(field -> new StoredMessage.Header(field.name(), field.value()))
                        .toList(),
                message.size(),
                new String(message.octets(), StandardCharsets.ISO_8859_1));
    }

    /**
     * The INBOX for a POP3 session.
     *
     * @throws IllegalArgumentException if there is no such mailbox
     */
    public Maildrop maildrop(String address) {
        return new Maildrop(mailbox(address).folder(INBOX).orElseThrow());
    }

    /** Address → folder → messages; INBOX always, others when they hold something. */
    public Map<String, Map<String, Integer>> counts() {
        Map<String, Map<String, Integer>> counts = new TreeMap<>();
        mailboxes.forEach((address, mailbox) -> {
            Map<String, Integer> folders = new TreeMap<>();
            for (MailFolder folder : mailbox.folders()) {
                int count = folder.messages().size();
                if (count > 0 || folder.path().equals(INBOX)) {
                    folders.put(folder.path(), count);
                }
            }
            counts.put(address, folders);
        });
        return counts;
    }
}
