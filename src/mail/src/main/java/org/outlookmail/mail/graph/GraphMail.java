package org.outlookmail.mail.graph;

import org.outlookmail.mail.Wires;
import org.outlookmail.mail.wire.WriteTimeouts;

/** The ways out and in of Microsoft Graph. */
public final class GraphMail {

    private GraphMail() {}

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
