package org.outlookmail.mail;

import jakarta.mail.Address;

/**
 * A message as it was when it was handed over, complete and checked as far as that is possible without the server.
 *
 * @param content the whole message (RFC 5322)
 * @param messageId perhaps null
 * @param recipients at least one
 */
@SuppressWarnings("ArrayRecordComponent") // Jakarta Mail's own type; a record of one use is not compared.
public record PreparedMessage(byte[] content, String messageId, Address[] recipients) {}
