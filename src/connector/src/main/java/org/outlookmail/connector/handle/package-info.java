/**
 * What applications hold.
 *
 * <ol>
 *   <li>{@link org.outlookmail.connector.handle.MailSessionFactory} ({@code mail/office365})
 *   <li>{@code ConnectionSource}: into the server's pool, for a {@code MailboxRequest}; {@link
 *       org.outlookmail.connector.handle.Pool} is what it needs to know of that
 *   <li>{@code MailSessionHandle}: what the server knows of a borrower, over a {@link
 *       org.outlookmail.connector.handle.Pooled} connection; {@code BorrowedSession} in front of it is what the application has,
 *       {@code SessionStore} the store of the folders that it opens, {@code HandleTransaction} a transaction that it begins
 *   <li>{@code OpenHandles} knows the {@code Caller} that opened it, {@code ForgottenHandles} gives back what nobody can reach any
 *       more
 * </ol>
 */
package org.outlookmail.connector.handle;
