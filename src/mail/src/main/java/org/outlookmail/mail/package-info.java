/**
 * Jakarta Mail over OAuth 2.0 tokens, whatever the wire, in the order in which a message passes:
 *
 * <ol>
 *   <li>{@link org.outlookmail.mail.MailAccount}: which mailbox, with two {@link org.outlookmail.mail.Endpoint}s, each a
 *       {@link org.outlookmail.mail.MailServer} and an {@link org.outlookmail.mail.Authentication}, reached by a {@link
 *       org.outlookmail.mail.MailRoute} within {@link org.outlookmail.mail.MailTimeouts}
 *   <li>{@link org.outlookmail.mail.MailConnection}: a {@code Sender} and a {@code Reader}; package {@code message} makes a
 *       message ready
 *   <li>{@link org.outlookmail.mail.Quota}: when a connection may be made and used, within a {@link
 *       org.outlookmail.mail.Deadline}; a {@link org.outlookmail.mail.Call} knows both and what it has cost. {@code Tries}: the
 *       one rule for trying again
 *   <li>{@link org.outlookmail.mail.Wires} makes the ways to the servers, in their {@link
 *       org.outlookmail.mail.Surroundings}: an {@link org.outlookmail.mail.Outbound}, whose failures are {@link
 *       org.outlookmail.mail.DeliveryFailure}s, and an {@link org.outlookmail.mail.Inbox}. Package {@code angus} has those of
 *       Angus Mail, {@code graph} those of Microsoft Graph, over the sockets of {@code wire}; nobody else here knows a reply
 *   <li>A {@link org.outlookmail.mail.Proof} is shown at a login: a {@code TokenProof}, of which {@code TokenDoubt} says what
 *       speaks against it, or a {@code PasswordProof}
 *   <li>What an application reads with: a {@link org.outlookmail.mail.MailboxStore}, of which the {@link
 *       org.outlookmail.mail.StoreAudience} tells what a login hears; {@link org.outlookmail.mail.MailboxFolder}, whose {@link
 *       org.outlookmail.mail.FolderCalls} lead to the {@link org.outlookmail.mail.WireFolder} of the {@link
 *       org.outlookmail.mail.WireStore} of the moment; {@code FolderFailures} says what goes wrong with them, with {@link
 *       org.outlookmail.mail.OwnReply} and {@link org.outlookmail.mail.DiagnosedStream} for their messages; {@link
 *       org.outlookmail.mail.FolderBook} knows which are open
 * </ol>
 */
package org.outlookmail.mail;
