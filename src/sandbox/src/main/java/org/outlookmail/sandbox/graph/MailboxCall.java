package org.outlookmail.sandbox.graph;

import java.util.Set;
import org.outlookmail.sandbox.mailstore.Mailbox;

/**
 * A request for a mailbox that there is.
 *
 * @param call what is left of the path is what is asked of the mailbox
 * @param permissions of the token on this mailbox
 * @param base the address of the mailbox in Graph, for links to further pages
 */
record MailboxCall(GraphCall call, Mailbox mailbox, Set<String> permissions, String base) {
    private static final Set<String> SEND = Set.of("Mail.Send", "Mail.Send.Shared");
    private static final Set<String> READ_WRITE = Set.of("Mail.ReadWrite", "Mail.ReadWrite.Shared");
    private static final Set<String> READ = Set.of("Mail.Read", "Mail.Read.Shared");

    /** Copies the set. */
    MailboxCall {
        permissions = Set.copyOf(permissions);
    }

    MailboxCall behind(int segments) {
        return new MailboxCall(call.behind(segments), mailbox, permissions, base);
    }

    void mustSend() throws GraphException {
        must(SEND);
    }

    void mustRead() throws GraphException {
        if (permissions.stream().noneMatch(READ_WRITE::contains)) {
            must(READ);
        }
    }

    /** Who may do nothing with messages may not learn which there are. */
    void mustReadOrSend() throws GraphException {
        if (permissions.stream().noneMatch(SEND::contains)) {
            mustRead();
        }
    }

    void mustWrite() throws GraphException {
        must(READ_WRITE);
    }

    private void must(Set<String> wanted) throws GraphException {
        if (permissions.stream().noneMatch(wanted::contains)) {
            throw GraphException.accessDenied();
        }
    }
}
