package org.outlookmail.mail.graph;

import java.util.Locale;
import java.util.Map;
import org.outlookmail.mail.MailAccount;

/**
 * What an administrator can say about Graph beyond where it is.
 *
 * @param send how a message goes
 * @param saveToSentItems whether a copy is kept
 * @param maxMimeOctets what Graph takes in one piece
 * @param page how many messages are listed at once
 * @param user by what Graph knows the mailbox: its address, or the object id of its user
 */
record GraphSettings(Send send, boolean saveToSentItems, long maxMimeOctets, int page, String user) {

    /** How a message goes. */
    enum Send {
        /** In one piece if it fits, else through a draft. */
        AUTO,
        /** In one piece. */
        DIRECT,
        /** Through a draft, so that the outcome is always known. */
        DRAFT
    }

    /** Larger MIME has been answered with 200 instead of 202, and not sent. */
    private static final long MAX_MIME = 2_200_000;

    private static final int PAGE = 250;

    /** Of properties that have been checked where they were read. */
    static GraphSettings of(MailAccount account) {
        Map<String, String> set = account.mailProperties();
        return new GraphSettings(
                Send.valueOf(set.getOrDefault("mail.graph.send", "auto").toUpperCase(Locale.ROOT)),
                !set.getOrDefault("mail.graph.savetosentitems", "true").equals("false"),
                number(set, "mail.graph.maxmimesize", MAX_MIME),
                (int) Math.min(1000, number(set, "mail.graph.pagesize", PAGE)),
                set.getOrDefault(MailAccount.GRAPH_USER, account.mailbox()));
    }

    private static long number(Map<String, String> set, String name, long otherwise) {
        String value = set.getOrDefault(name, "");
        return value.matches("[1-9]\\d{0,8}") ? Long.parseLong(value) : otherwise;
    }
}
