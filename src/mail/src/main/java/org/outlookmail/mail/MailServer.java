package org.outlookmail.mail;

import java.util.Objects;

/**
 * Where a mail server listens.
 *
 * @param protocol {@code smtp} (with STARTTLS, RFC 3207) or {@code imaps} (RFC 8314)
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

    private boolean sends() {
        return protocol.startsWith("smtp");
    }

    private boolean pop3() {
        return protocol.startsWith("pop3");
    }
}
