/**
 * Angus Mail as {@link org.outlookmail.mail.Outbound} and {@link org.outlookmail.mail.Inbox}; nobody else knows it. In the
 * order in which a message passes:
 *
 * <ol>
 *   <li>{@link org.outlookmail.mail.angus.AngusMail} makes a {@code SmtpOutbound} and an {@code AngusInbox}
 *   <li>{@code ServerLogin} keeps a login, which {@code LoginAttempts} makes; {@code WireSession} is how Angus Mail is told to
 *       speak, and {@link org.outlookmail.mail.wire.WriteTimeouts} ends writes that hang
 *   <li>{@code SmtpConnection}, which gets a {@code WireMessage}
 *   <li>the {@code StoreClient}s {@code ImapConnection}, with its {@code ImapWire}, and {@code Pop3Connection}; their folders are {@code
 *       ImapWireFolder}s and {@code Pop3WireFolder}s. Their messages
 *       are {@code IMAPMail}, with its {@code ImapParts}, and {@code Pop3Mail}
 *   <li>{@code FailureClassifier} and {@code SendFailure}: what went wrong, and why; {@code MechanismMissingException} is what
 *       a server does not offer
 * </ol>
 */
package org.outlookmail.mail.angus;
