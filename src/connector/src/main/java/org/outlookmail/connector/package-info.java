/**
 * The Jakarta Connectors SPI, in the order in which a message out passes:
 *
 * <ol>
 *   <li>{@link org.outlookmail.connector.MailSessionFactory} ({@code mail/office365}), or the plain session that
 *       {@code PooledSession} makes, and {@code PooledSessions} keeps, with {@link org.outlookmail.connector.PooledTransport} and
 *       {@link org.outlookmail.connector.PooledStore}
 *   <li>{@code ConnectionSource}: into the server's pool
 *   <li>{@link org.outlookmail.connector.MailManagedConnectionFactory}: creates and matches (for the plain session its
 *       subclass {@link org.outlookmail.connector.SessionManagedConnectionFactory})
 *   <li>{@link org.outlookmail.connector.MailManagedConnection}: what the pool keeps; {@code SenderPolicy} and
 *       {@code SenderConnections} say over which mailbox' connection a message goes, {@code OutgoingTransaction} keeps it back
 *       until a commit
 *   <li>{@code MailSessionHandle}: what the server knows of a borrower, and {@code BorrowedSession} what the application
 *       holds; {@code OpenHandles} knows the {@code Caller} that opened it, {@code ForgottenHandles} gives back what nobody can
 *       reach any more
 *   <li>then {@link org.outlookmail.mail.MailConnection}, which asks the {@link org.outlookmail.token.TokenSource}
 * </ol>
 *
 * {@link org.outlookmail.connector.MailResourceAdapter} is how the adapter is configured, {@code AdapterRuntime} what it does;
 * a {@code RunningAdapter}, from start to stop, owns what all connections share, on the server's threads by {@code ServerWork}.
 * Properties arrive in {@link org.outlookmail.connector.IdentityProperties} and {@link org.outlookmail.connector.MailProperties}; {@code
 * ConfigurationReader}, {@code IdentityReader} and {@code TokenCacheReader} check them by a {@code PropertyReader}, {@code
 * Problems} collects what is wrong, {@code Provider} and {@code Cloud} know who issues tokens and where.
 */
package org.outlookmail.connector;
