package org.outlookmail.sandbox.front;

import java.io.IOException;

/** One client's dialogue in IMAP or POP3. */
interface StoreSession {
    /** The whole dialogue; an IOException is its ordinary end. */
    void run() throws IOException;

    /** Ends the session if its token no longer holds. Called by the timer's thread. */
    void endIfExpired() throws IOException;

    /** Gives back what the session holds; called once, after {@link #run}. */
    void end() throws IOException;
}
