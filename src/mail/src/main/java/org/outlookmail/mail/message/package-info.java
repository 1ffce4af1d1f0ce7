/**
 * A message on its way out, before and beside any server: {@link org.outlookmail.mail.message.MessagePreparation} makes an
 * {@link org.outlookmail.mail.message.OutgoingMessage} of it. {@code Recipients} and {@code EnvelopeAddress} read its
 * addresses, {@code InternationalDomain} their domains; {@code HeaderBlock} its header, {@code HeaderField} by {@code
 * HeaderField}; {@link org.outlookmail.mail.message.SmtpMessageOptions} what an application has set at a SMTPMessage. What
 * cannot be sent is an {@link org.outlookmail.mail.message.UnsendableException}, told by {@code MessageRefusal}. As it leaves,
 * {@link org.outlookmail.mail.message.HeaderGate} looks at the header once more, and a {@link
 * org.outlookmail.mail.message.SenderCheck} at whose {@link org.outlookmail.mail.message.Originators}. {@link
 * org.outlookmail.mail.message.MessageFacts} is what a diagnosis tells of it.
 */
package org.outlookmail.mail.message;
