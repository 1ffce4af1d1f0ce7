package org.outlookmail.sandbox.access;

import java.util.Optional;
import org.outlookmail.sandbox.entra.TokenCheck;

/**
 * A login whose token holds, or whose password was right.
 *
 * @param mailbox the address that was asked for, in lower case
 * @param mailboxRight whether that mailbox exists and the token's owner may open it
 * @param token for asking later whether it still holds; empty after a password
 */
public record Login(String mailbox, boolean mailboxRight, Optional<TokenCheck.Verified> token) {}
