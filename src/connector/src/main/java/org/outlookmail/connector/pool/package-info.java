/**
 * What the server's pool keeps.
 *
 * <ol>
 *   <li>{@link org.outlookmail.connector.pool.MailManagedConnectionFactory} creates and matches (for the plain session its
 *       subclass {@link org.outlookmail.connector.pool.SessionManagedConnectionFactory}), by mailbox and credential, which may be
 *       a {@code ContainerCredential}
 *   <li>{@link org.outlookmail.connector.pool.MailManagedConnection}: one connection; {@code SenderConnections} has those of
 *       senders that are not its mailbox
 *   <li>{@link org.outlookmail.connector.pool.PoolOwner} and {@link org.outlookmail.connector.pool.PoolRuntime}: what both need of
 *       the adapter
 * </ol>
 */
package org.outlookmail.connector.pool;
