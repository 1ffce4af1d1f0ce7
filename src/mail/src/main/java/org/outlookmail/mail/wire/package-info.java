/**
 * What every client of a mail server stands on: {@link org.outlookmail.mail.wire.WireSockets} makes its connections, each a
 * {@code WireSocket} that a {@link org.outlookmail.net.Dialer} and perhaps a {@code ProxyTunnel} lead to the server, beneath a
 * {@link org.outlookmail.mail.wire.TlsSocket} with a {@code Hearing}. {@link org.outlookmail.mail.wire.HelloName}: how this
 * machine introduces itself to an SMTP server; {@link org.outlookmail.mail.wire.WriteTimeouts} ends writes that hang; {@link org.outlookmail.mail.wire.LoginText} sees to it that a login cannot be
 * read as two. {@link org.outlookmail.mail.wire.ServerReply}, with {@code ReplyWords}, says what a reply means.
 */
package org.outlookmail.mail.wire;
