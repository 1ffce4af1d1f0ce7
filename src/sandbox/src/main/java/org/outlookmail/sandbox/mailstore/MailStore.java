package org.outlookmail.sandbox.mailstore;

import com.icegreen.greenmail.imap.AuthorizationException;
import com.icegreen.greenmail.imap.ImapHostManager;
import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.store.MailFolder;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.user.UserException;
import jakarta.mail.Flags;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.time.Clock;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.outlookmail.sandbox.SandboxSettings;
import org.outlookmail.sandbox.StoredMessage;
import org.outlookmail.sandbox.imap.Stored;

/**
 * The one store of all mailboxes: GreenMail's, in memory. Owns GreenMail and the IMAP server over it, which listens on a free
 * port of 127.0.0.1 and lets in only who knows {@link #password()}, that is the front. Safe for any thread; the sandbox
 * closes it.
 */
public final class MailStore implements AutoCloseable {
    /** Where mail arrives. */
    public static final String INBOX = "INBOX";
    /** Where Exchange puts a copy of what a mailbox sends. */
    public static final String SENT = "Sent Items";

    private static final List<String> FOLDERS = List.of(SENT, "Drafts", "Deleted Items", "Junk Email", "Archive");
    /** Longer than the fronts wait, so that it is they who end an idle session. */
    private static final int BACKEND_TIMEOUT_MILLIS = 45 * 60 * 1000;

    private final Clock clock;
    private final String password = UUID.randomUUID().toString();
    private final Map<String, SandboxSettings.Mailbox> mailboxes = new ConcurrentHashMap<>();
    private final Session session;
    private final Engine greenMail;

    /** Starts with no mailboxes; {@code clock} dates what arrives. */
    public MailStore(Clock clock) {
        this.clock = clock;
        Properties lenient = new Properties();
        lenient.setProperty("mail.mime.address.strict", "false");
        session = Session.getInstance(lenient);
        greenMail = new Engine();
        greenMail.start();
        greenMail.imap().setClientSocketTimeout(BACKEND_TIMEOUT_MILLIS);
    }

    /**
     * Adds a mailbox with Exchange's usual folders.
     *
     * @throws IllegalArgumentException if there is one of that address
     */
    public synchronized void create(SandboxSettings.Mailbox mailbox) {
        String address = mailbox.address();
        if (mailboxes.containsKey(address)) {
            throw new IllegalArgumentException("There is a mailbox " + address + " already");
        }
        try {
            GreenMailUser user = greenMail.getUserManager().createUser(address, address, password);
            imap().subscribe(user, INBOX);
            for (String folder : FOLDERS) {
                imap().createMailbox(user, folder);
                imap().subscribe(user, folder);
            }
        } catch (UserException | FolderException | AuthorizationException e) {
            throw new IllegalStateException("The mailbox " + address + " cannot be created", e);
        }
        mailboxes.put(address, mailbox);
    }

    /** The mailbox of that address, whatever the case of its letters. */
    public Optional<SandboxSettings.Mailbox> find(String address) {
        return Optional.ofNullable(mailboxes.get(address.toLowerCase(Locale.ROOT)));
    }

    /** All mailboxes. */
    public Collection<SandboxSettings.Mailbox> all() {
        return List.copyOf(new TreeMap<>(mailboxes).values());
    }

    /** Whether mail for this address stays in the box: some mailbox has the same domain. */
    public boolean isLocalDomain(String address) {
        String domain = domain(address);
        return mailboxes.keySet().stream().anyMatch(each -> domain(each).equals(domain));
    }

    private static String domain(String address) {
        return address.substring(address.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
    }

    /**
     * Puts a message into a folder, which is created if need be.
     *
     * @return its UID
     * @throws IllegalArgumentException if there is no such mailbox, or the bytes are no message
     */
    public long store(String address, String folder, byte[] mime, boolean seen) {
        GreenMailUser user = user(address);
        Flags flags = seen ? new Flags(Flags.Flag.SEEN) : new Flags();
        try {
            MimeMessage message = new MimeMessage(session, new ByteArrayInputStream(mime));
            return folder(user, folder).appendMessage(message, flags, Date.from(clock.instant()));
        } catch (MessagingException e) {
            throw new IllegalArgumentException("What is to be stored is no message: " + e.getMessage(), e);
        }
    }

    private synchronized MailFolder folder(GreenMailUser user, String name) {
        try {
            MailFolder folder = imap().getFolder(user, name);
            return folder != null ? folder : imap().createMailbox(user, name);
        } catch (FolderException | AuthorizationException e) {
            throw new IllegalArgumentException("There can be no folder " + name, e);
        }
    }

    /**
     * The messages of a folder in the order of their arrival; none when the folder does not exist.
     *
     * @throws IllegalArgumentException if there is no such mailbox
     */
    public List<StoredMessage> messages(String address, String folder) {
        MailFolder found = imap().getFolder(user(address), folder);
        if (found == null) {
            return List.of();
        }
        String mailbox = address.toLowerCase(Locale.ROOT);
        return Stored.in(found).stream()
                .map(message -> Snapshots.of(mailbox, folder, message))
                .toList();
    }

    /**
     * The INBOX for a POP3 session.
     *
     * @throws IllegalArgumentException if there is no such mailbox
     */
    public Maildrop maildrop(String address) {
        return new Maildrop(imap().getFolder(user(address), INBOX));
    }

    /** Watches a folder until the watch is closed; empty if there is no such folder. See {@link FolderWatch} for the callback. */
    public Optional<FolderWatch> watch(String address, String folder, Runnable changed) {
        return Optional.ofNullable(imap().getFolder(user(address), folder))
                .map(found -> new FolderWatch(found, changed));
    }

    /** Address → folder → messages; INBOX always, others when they hold something. */
    public Map<String, Map<String, Integer>> counts() {
        Map<String, Map<String, Integer>> counts = new TreeMap<>();
        for (String address : mailboxes.keySet()) {
            counts.put(address, counts(user(address)));
        }
        return counts;
    }

    private Map<String, Integer> counts(GreenMailUser user) {
        Map<String, Integer> folders = new TreeMap<>();
        try {
            for (MailFolder folder : imap().listMailboxes(user, "*")) {
                int count = folder.getMessageCount();
                String name = shortName(folder);
                if (count > 0 || name.equals(INBOX)) {
                    folders.put(name, count);
                }
            }
        } catch (FolderException e) {
            throw new IllegalStateException("The folders of " + user.getEmail() + " cannot be listed", e);
        }
        return folders;
    }

    /** GreenMail's full name is #mail.account.folder. */
    private static String shortName(MailFolder folder) {
        String full = folder.getFullName();
        int account = full.indexOf('.') + 1;
        return full.substring(full.indexOf('.', account) + 1);
    }

    private GreenMailUser user(String address) {
        GreenMailUser user = greenMail.getUserManager().getUser(address);
        if (user == null) {
            throw new IllegalArgumentException("There is no mailbox " + address);
        }
        return user;
    }

    private ImapHostManager imap() {
        return greenMail.getManagers().getImapHostManager();
    }

    /** A session for parsing messages leniently. */
    public Session session() {
        return session;
    }

    /** What lets a front in at the back; made anew for every box. */
    public String password() {
        return password;
    }

    /** The port of GreenMail's IMAP. */
    public int imapPort() {
        return greenMail.imap().getPort();
    }

    /** Stops GreenMail; the mail is gone. */
    @Override
    public void close() {
        greenMail.stop();
    }
}
