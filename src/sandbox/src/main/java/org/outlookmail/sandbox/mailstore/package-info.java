/**
 * The one store of all mailboxes, in memory: {@code MailStore} (what the box may do with it), {@code Mailbox} (its folders and
 * its one lock), {@code MailFolder}, {@code MailMessage}, {@code Maildrop} (the INBOX for POP3). IMAP, POP3 and SMTP stand on
 * it and do not know each other.
 */
package org.outlookmail.sandbox.mailstore;
