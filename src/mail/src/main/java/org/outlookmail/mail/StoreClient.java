package org.outlookmail.mail;

import jakarta.mail.Folder;
import jakarta.mail.MessagingException;
import jakarta.mail.Store;
import java.util.List;

/**
 * A client that reads mail: {@link ImapConnection} or {@link Pop3Connection}.
 *
 * <p>Thread rule: one thread at a time.
 */
interface StoreClient extends ServerLogin.Client {

    /** Null: what a server answers to a reader stands in Angus Mail's exceptions. */
    @Override
    default String refusal() {
        return null;
    }

    /** The same as Jakarta Mail knows it. */
    Store store();

    Folder getFolder(String name) throws MessagingException;

    /**
     * Closes what is still open, without expunging.
     *
     * @return the full names of the folders that were open
     * @throws MessagingException if the server or the connection refuses
     */
    List<String> closeFolders() throws MessagingException;

    /** The client of an account's protocol, not connected yet. */
    static ServerLogin.ClientFactory<StoreClient> factory(MailAccount account, StoreAudience audience) {
        return account.in().server().pop3()
                ? (session, server) -> new Pop3Connection(session, server, audience)
                : (session, server) -> new ImapConnection(session, server, audience);
    }
}
