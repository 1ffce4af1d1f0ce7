/** The one store of all mailboxes: {@code MailStore} (GreenMail's, in memory), {@code Snapshots} (copies for tests). */
package org.outlookmail.sandbox.mailstore;
