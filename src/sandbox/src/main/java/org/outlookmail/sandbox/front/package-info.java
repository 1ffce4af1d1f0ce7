/**
 * IMAP and POP3 in front of GreenMail. A connection passes through {@code StoreFront} (the ports), {@code ClientWire} (TLS,
 * bytes, faults), {@code ImapSession} or {@code PopSession} (until the login), {@code ImapLogin} or {@code PopLogin} (the
 * login), {@code ImapRelay} or {@code PopRelay} (after it), {@code Backend} (the connection to GreenMail). {@code ImapLine}
 * and {@code ImapArguments} read commands, {@code ImapTurns} keeps answers in their order, {@code ImapIdle} does IDLE,
 * {@code StoreSession} is what the ports know of a session.
 */
package org.outlookmail.sandbox.front;
