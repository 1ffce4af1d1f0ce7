/**
 * Jakarta Mail over OAuth 2.0 tokens, in the order in which a message passes:
 *
 * <ol>
 *   <li>{@link org.outlookmail.mail.MailAccount}: which mailbox, with two {@link org.outlookmail.mail.Endpoint}s, each a
 *       {@link org.outlookmail.mail.MailServer} and an {@link org.outlookmail.mail.Authentication}, within which {@link
 *       org.outlookmail.mail.MailTimeouts}
 *   <li>{@link org.outlookmail.mail.MailConnection}: a {@code Sender} and a {@code Reader}; {@code MessagePreparation} makes a
 *       message ready, an {@link org.outlookmail.mail.OutgoingMessage}: {@code Recipients} and {@code EnvelopeAddress} read
 *       its addresses, {@code HeaderBlock} its header, {@code SmtpMessageOptions} what an application has set at a SMTPMessage
 *   <li>{@code Tries}: the one rule for trying again
 *   <li>{@link org.outlookmail.mail.Outbound}: the way out, whatever the wire, in its {@link
 *       org.outlookmail.mail.Surroundings}; what it reports is a {@link org.outlookmail.mail.DeliveryFailure}. {@code
 *       SmtpOutbound} is that of SMTP
 *   <li>{@code ServerLogin}: one login, with the {@code Proof} of that moment: a {@code TokenProof}, of which {@code
 *       TokenDoubt} says what speaks against it, or a {@code PasswordProof}; {@code LoginText} sees to it that neither can be
 *       read as two
 *   <li>{@code WireSession}: how Angus Mail is told to speak; {@code WireSockets} makes its connections, each a {@code
 *       WireSocket} that a {@code Dialer} and perhaps a {@code ProxyTunnel} lead to the server, beneath a {@code TlsSocket} with a {@code Hearing};
 *       {@link org.outlookmail.mail.WriteTimeouts} ends writes that hang
 *   <li>{@link org.outlookmail.mail.HelloName}: how this machine introduces itself to an SMTP server
 *   <li>{@link org.outlookmail.mail.Quota}: when it may be made and used, within a {@link org.outlookmail.mail.Deadline}; a
 *       {@code Call} knows both and what it has cost
 *   <li>{@code SmtpConnection}, and of the {@code StoreClient}s {@code ImapConnection} (with its {@code ImapWire}) or {@code
 *       Pop3Connection}: Angus Mail itself, which gets a {@code WireMessage}; {@code HeaderGate} looks at the header as it
 *       leaves, with {@link org.outlookmail.mail.SenderCheck} at whose {@link org.outlookmail.mail.Originators}; {@code
 *       FolderBook} knows the folders that were opened
 *   <li>What an application reads with: a {@link org.outlookmail.mail.MailboxStore}, of which the {@code StoreAudience} tells
 *       what a login hears; {@link org.outlookmail.mail.MailboxFolder}, whose {@code FolderCalls} lead to the {@code WireFolder}
 *       of the moment; {@code IMAPMail}, with its {@code ImapParts}, and {@code Pop3Mail}; {@code FolderFailures} says what
 *       goes wrong with them
 *   <li>{@code FailureClassifier} and {@code SendFailure}, with {@code ServerReply} and {@code ReplyWords}: what went
 *       wrong, and why
 * </ol>
 */
package org.outlookmail.mail;
