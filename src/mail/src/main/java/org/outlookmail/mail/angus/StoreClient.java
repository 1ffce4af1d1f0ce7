package org.outlookmail.mail.angus;

import jakarta.mail.MessagingException;
import java.util.List;
import org.outlookmail.mail.MailAccount;
import org.outlookmail.mail.StoreAudience;
import org.outlookmail.mail.WireStore;

/**
 * A client that reads mail: {@link ImapConnection} or {@link Pop3Connection}.
 *
 * <p>Thread rule: one thread at a time.
 */
interface StoreClient extends ServerLogin.Client, WireStore {

    /** Null: what a server answers to a reader stands in Angus Mail's exceptions. */
    @Override
    default String refusal() {
        return null;
    }

    @Override
    boolean open();

    /**
     * Closes what is still open, without expunging.
     *
     * @return the full names of the folders that were open
     * @throws MessagingException if the server or the connection refuses
     */
    List<String> closeFolders() throws MessagingException;

    /** The client of an account's protocol, not connected yet. */
    static LoginAttempts.ClientFactory<StoreClient> factory(MailAccount account, StoreAudience audience) {
        return account.in().server().pop3()
                ? (session, server) -> new Pop3Connection(session, server, audience)
                : (session, server) -> new ImapConnection(session, server, audience);
    }
}
