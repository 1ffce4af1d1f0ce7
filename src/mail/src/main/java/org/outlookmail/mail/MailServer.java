package org.outlookmail.mail;

import java.util.Objects;

/**
 * Where a mail server listens.
 *
 * @param protocol {@code smtp} (STARTTLS, RFC 3207), {@code imap} (STARTTLS, RFC 3501), {@code pop3} (STLS, RFC 2595), or
 *     the same with TLS from the start (RFC 8314): {@code smtps}, {@code imaps}, {@code pop3s}
 * @param host its name, as its certificate has it
 * @param port 1 to 65535
 */
public record MailServer(String protocol, String host, int port) {

    public MailServer {
        Objects.requireNonNull(protocol, "protocol");
        Objects.requireNonNull(host, "host");
    }

    @Override
    public String toString() {
        return protocol + "://" + host + ":" + port;
    }

    /** Which permission an application's own token needs there. */
    String applicationPermission() {
        return sends() ? "SMTP.SendAsApp" : pop3() ? "POP.AccessAsApp" : "IMAP.AccessAsApp";
    }

    /** Which permission a user's token needs there. */
    String delegatedPermission() {
        return sends() ? "SMTP.Send" : pop3() ? "POP.AccessAsUser.All" : "IMAP.AccessAsUser.All";
    }

    /** Whether TLS comes first; otherwise the protocol turns to it before the login. */
    boolean tlsFromTheStart() {
        return protocol.endsWith("s");
    }

    boolean sends() {
        return protocol.startsWith("smtp");
    }

    boolean pop3() {
        return protocol.startsWith("pop3");
    }
}
