/**
 * The one store of all mailboxes: {@code MailStore} (what the box may do with it), {@code Snapshots} (copies for tests),
 * {@code FolderWatch} (news of a folder); {@code Engine} is GreenMail, which keeps the mail in memory and serves it to the
 * fronts through {@code EngineImapServer}, {@code EngineSession} and {@code SelectedFolder}.
 */
package org.outlookmail.sandbox.mailstore;
