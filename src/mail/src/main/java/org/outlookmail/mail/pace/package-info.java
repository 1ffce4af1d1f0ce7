/**
 * Manners towards a mail server, kept by all nodes of a cluster together, in what a call meets:
 *
 * <ol>
 *   <li>{@link org.outlookmail.mail.pace.MailPaces}: one {@code MailboxPace} for each mailbox and server, within its
 *       {@link org.outlookmail.mail.pace.PaceLimits}
 *   <li>{@code ServerPause}: the server has asked to wait
 *   <li>{@code Permits}: how many connections are open, and who waits for one, in order
 *   <li>{@code MessageWindow}: how many messages went in the last minute
 *   <li>{@code SharedTexts}: all three are short texts in the cluster's cache, changed by compare-and-replace
 * </ol>
 */
package org.outlookmail.mail.pace;
