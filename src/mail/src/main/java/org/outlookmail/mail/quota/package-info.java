/**
 * Manners towards a mail server, kept by all nodes of a cluster together, in what a call meets:
 *
 * <ol>
 *   <li>{@link org.outlookmail.mail.quota.Quotas}: one {@code MailboxQuota} for each mailbox and server, within its
 *       {@link org.outlookmail.mail.quota.QuotaLimits}
 *   <li>{@code ServerPause}: the server has asked to wait
 *   <li>the cluster's semaphore: how many connections are open, or requests under way, and who waits for one, in order
 *   <li>{@code MessageWindow}: how many messages went in the last minute
 * </ol>
 *
 * What the nodes must know of each other is called out in the cluster's bulletin.
 */
package org.outlookmail.mail.quota;
