/**
 * IMAP and POP3 on their ports. A connection passes through {@code StoreFront} (the ports), {@code ClientWire} (TLS,
 * bytes, faults), {@code ImapSession} or {@code PopSession} (until the login), {@code ImapLogin} or {@code PopLogin} (the
 * login), {@code PopTransaction} (POP3 after it), or {@code ImapRelay} and {@code Backend} (the connection to the IMAP engine). {@code ImapLine}
 * and {@code ImapArguments} read commands, {@code ImapTurns} keeps answers in their order, {@code ImapIdle} does IDLE,
 * {@code StoreSession} is what the ports know of a session.
 */
package org.outlookmail.sandbox.front;
