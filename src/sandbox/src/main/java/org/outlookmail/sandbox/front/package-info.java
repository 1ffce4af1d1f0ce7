/**
 * IMAP and POP3 on their ports. A connection passes through {@code StoreFront} (the ports), {@code ClientWire} (TLS, bytes,
 * faults), {@code ImapSession} or {@code PopSession} (until the login), {@code ImapLogin} or {@code PopLogin} (the login),
 * {@code ImapMailbox} or {@code PopTransaction} (after it). {@code ImapIdle} does IDLE, {@code StoreSession} is what the ports
 * know of a session.
 */
package org.outlookmail.sandbox.front;
