/**
 * The one store of all mailboxes: {@code MailStore} (what the box may do with it), {@code Snapshots} (copies for tests),
 * {@code FolderWatch} (news of a folder), {@code Maildrop} (the INBOX for POP3); {@code Engine} is GreenMail, which keeps the
 * mail in memory and has package {@code imap} serve it to the front.
 */
package org.outlookmail.sandbox.mailstore;
