package org.outlookmail.mail.pace;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.outlookmail.OneLine;
import org.outlookmail.cluster.SharedEntries;
import org.outlookmail.mail.MailServer;
import org.outlookmail.mail.Pace;

/**
 * The {@link Pace} of every mailbox that this node uses, as long as somebody uses it.
 *
 * <p>Thread rule: free for any thread. The resource adapter calls {@link #tick} about once a second, and closes it when it
 * stops.
 */
public final class MailPaces implements AutoCloseable {

    private static final Logger LOG = System.getLogger(MailPaces.class.getName());

    private record Key(String mailbox, MailServer server, PaceLimits limits) {}

    private final SharedTexts texts;
    private final String node;
    private final Executor executor;
    private final Clock clock;
    private final Map<Key, WeakReference<MailboxPace>> paces = new HashMap<>();

    /**
     * @param cluster what the nodes share; it may fail. Not null
     * @param node this node's name, for people; not null
     * @param executor closes connections that another node needs; not null
     * @param clock what time it is, about the same on all nodes; not null
     */
    public MailPaces(Supplier<SharedEntries> cluster, String node, Executor executor, Clock clock) {
        this.texts = new SharedTexts(cluster);
        // It becomes part of lines and fields.
        this.node = node.replaceAll("[|\\s]", "-");
        this.executor = executor;
        this.clock = clock;
    }

    /** The pace of a mailbox where it sends; never null. */
    public Pace sending(String mailbox, MailServer server, PaceLimits limits) {
        return pace(new Key(mailbox, server, limits));
    }

    /** The pace of a mailbox where it reads: only the server's pauses are kept. */
    public Pace reading(String mailbox, MailServer server, PaceLimits limits) {
        return pace(new Key(mailbox, server, limits.pauseOnly()));
    }

    private synchronized Pace pace(Key key) {
        paces.values().removeIf(reference -> reference.refersTo(null));
        WeakReference<MailboxPace> known = paces.get(key);
        MailboxPace pace = known == null ? null : known.get();
        if (pace == null) {
            pace = new MailboxPace(key.mailbox, key.server, key.limits, texts, node, clock);
            paces.put(key, new WeakReference<>(pace));
        }
        return pace;
    }

    /** The same on every node; nobody who reads the cache learns whose it is. */
    static String name(String mailbox, MailServer server) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest((server + "\n" + mailbox.toLowerCase(Locale.ROOT)).getBytes(StandardCharsets.UTF_8));
            return "pace." + HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    /** Keeps this node's permits alive and obeys what other nodes have noted. */
    public void tick() {
        for (MailboxPace pace : present()) {
            try {
                pace.tick(executor);
            } catch (RuntimeException failure) {
                LOG.log(Level.WARNING, "the limits of a mailbox could not be looked after", OneLine.cause(failure));
            }
        }
    }

    private synchronized List<MailboxPace> present() {
        return paces.values().stream()
                .map(WeakReference::get)
                .filter(Objects::nonNull)
                .toList();
    }

    /** Those who wait for a turn are told that it does not come. */
    @Override
    public void close() {
        present().forEach(MailboxPace::close);
    }
}
