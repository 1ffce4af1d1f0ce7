/**
 * The plain {@code jakarta.mail.Session}: {@code PooledSession} makes it, {@code PooledSessions} keeps it, {@code
 * SessionProperties} knows where it borrows; its {@link org.outlookmail.connector.session.PooledTransport} and {@link
 * org.outlookmail.connector.session.PooledStore} share a {@code BorrowedHandle} each.
 */
package org.outlookmail.connector.session;
