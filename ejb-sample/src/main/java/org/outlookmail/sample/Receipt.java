package org.outlookmail.sample;

/**
 * The mail server has taken responsibility for a message.
 *
 * @param messageId the Message-ID under which to find it again, in angle brackets; not null
 * @param via the way it took, as the request writes it; not null
 * @param mailbox whose rights were used; null if the session does not tell
 */
public record Receipt(String messageId, String via, String mailbox) {}
