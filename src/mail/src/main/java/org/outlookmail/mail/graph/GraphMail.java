package org.outlookmail.mail.graph;

import org.outlookmail.mail.MailAccount;
import org.outlookmail.mail.MailFeed;
import org.outlookmail.mail.Surroundings;
import org.outlookmail.mail.Wires;
import org.outlookmail.mail.wire.WriteTimeouts;

/** The ways out and in of Microsoft Graph. */
public final class GraphMail {

    private GraphMail() {}

    /**
     * What comes into a folder, from checkpoint to checkpoint. Nothing goes over the network yet.
     *
     * @param account whose mailbox; it is read over Graph; not null
     * @param surroundings what it needs beside that; not null
     * @param writeTimeouts ends hanging writes; not null
     * @param folder its full name; not null
     */
    public static MailFeed feed(
            MailAccount account, Surroundings surroundings, WriteTimeouts writeTimeouts, String folder) {
        return new DeltaFeed(account, surroundings, writeTimeouts, folder);
    }

    /**
     * Nothing goes over the network.
     *
     * @param writeTimeouts ends hanging writes; not null
     */
    public static Wires wires(WriteTimeouts writeTimeouts) {
        return new Wires(
                (account, surroundings) -> new GraphOutbound(account, surroundings, writeTimeouts),
                (account, surroundings, audience) -> new GraphInbox(account, surroundings, writeTimeouts));
    }
}
