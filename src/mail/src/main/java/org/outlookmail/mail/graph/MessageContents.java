package org.outlookmail.mail.graph;

import jakarta.mail.MessageRemovedException;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Fetches the MIME of messages, and keeps what is in files until their folder is closed.
 *
 * <p>Thread rule: {@link #fetched} free for any thread; the rest is guarded by its folder.
 */
final class MessageContents {

    private static final Logger LOG = System.getLogger(MessageContents.class.getName());

    private static final int NOT_FOUND = 404;

    private final GraphClient client;
    private final Set<Spool> filed = new LinkedHashSet<>();

    MessageContents(GraphClient client) {
        this.client = client;
    }

    /**
     * All of it; whoever gets it closes it, or has it {@linkplain #keep kept}.
     *
     * @throws MessageRemovedException if the message is not in the mailbox any more
     */
    Spool fetched(Item item) throws MessagingException {
        Spool spool = new Spool();
        boolean whole = false;
        try {
            client.read(GraphRequest.get(client.path("messages", item.id(), "$value")), client.turn(), content -> {
                spool.restart(); // After a connection that has ended in the middle.
                content.transferTo(spool);
            });
            whole = true;
            return spool;
        } catch (RefusedException refused) {
            if (refused.reply().status() == NOT_FOUND) {
                item.goes();
                throw new MessageRemovedException("the message was removed", refused);
            }
            throw refused;
        } finally {
            if (!whole) {
                discard(spool);
            }
        }
    }

    /** Closes it with all others, if it has a file; what is in memory needs nobody. Always true. */
    boolean keep(Spool spool) {
        return !spool.filed() || filed.add(spool);
    }

    void discardAll() {
        List<Spool> all = List.copyOf(filed);
        filed.clear();
        all.forEach(MessageContents::discard);
    }

    static void discard(Spool spool) {
        try {
            spool.close();
        } catch (IOException remains) {
            LOG.log(Level.DEBUG, "a file of a message could not be removed", remains);
        }
    }
}
