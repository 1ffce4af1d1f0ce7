package org.outlookmail.sandbox.access;

import org.outlookmail.sandbox.entra.TokenCheck;

/**
 * A login whose token holds.
 *
 * @param mailbox the address that was asked for, in lower case
 * @param mailboxRight whether that mailbox exists and the token's owner may open it
 * @param token for asking later whether it still holds
 */
public record Login(String mailbox, boolean mailboxRight, TokenCheck.Verified token) {}
