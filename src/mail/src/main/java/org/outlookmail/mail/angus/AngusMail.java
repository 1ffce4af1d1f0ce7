package org.outlookmail.mail.angus;

import org.outlookmail.mail.Wires;
import org.outlookmail.mail.wire.WriteTimeouts;

/** The ways out and in that Angus Mail knows: SMTP, IMAP and POP3. */
public final class AngusMail {

    private AngusMail() {}

    /**
     * Nothing goes over the network.
     *
     * @param writeTimeouts ends hanging writes; not null
     */
    public static Wires wires(WriteTimeouts writeTimeouts) {
        return new Wires(
                (account, surroundings) -> new SmtpOutbound(account, surroundings, writeTimeouts),
                (account, surroundings, audience) -> new AngusInbox(account, surroundings, writeTimeouts, audience));
    }
}
