package org.outlookmail.sandbox.faults;

/**
 * What happens instead of, or before, the ordinary answer.
 *
 * @param action what to do
 * @param reply the text for {@link Action#REPLY}; a text that begins with 421, or with * BYE in IMAP, also ends the connection
 * @param stallMillis how long {@link Action#STALL} lasts before things go on as if nothing had been; 0 is until the client
 *     gives up
 */
public record Fault(Action action, String reply, long stallMillis) {

    /** The kinds of fault. */
    public enum Action {
        /** Cut the connection without a word. */
        DROP,
        /** Keep the connection and say nothing. */
        STALL,
        /** Say this instead. */
        REPLY
    }
}
