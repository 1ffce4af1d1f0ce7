/**
 * SMTP submission. A connection passes through {@code SmtpServer} (the port), {@code SmtpWire} (bytes, replies, round trips),
 * {@code SmtpSession} (commands, with {@code HelloArgument}), {@code SmtpLogin} (AUTH), {@code SmtpTransaction} (MAIL to the
 * end of the content, with {@code SmtpPath}), {@code Submission} (may it be sent), {@code MessageRate}.
 */
package org.outlookmail.sandbox.smtp;
