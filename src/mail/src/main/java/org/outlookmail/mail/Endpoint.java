package org.outlookmail.mail;

import java.util.Objects;

/**
 * One end of an account, where mail goes out or comes in: its server and protocol, and what opens it there. The two ends of
 * an account need not have anything in common; each has a token of its own if need be. Immutable.
 *
 * @param server where it is, and by which protocol
 * @param authentication what opens the mailbox there; its token is for that server's audience
 */
public record Endpoint(MailServer server, Authentication authentication) {

    public Endpoint {
        Objects.requireNonNull(server, "server");
        Objects.requireNonNull(authentication, "authentication");
    }

    /** Which permission an application's own token needs there. */
    String applicationPermission() {
        return server.graph()
                ? "Mail.ReadWrite"
                : server.sends() ? "SMTP.SendAsApp" : server.pop3() ? "POP.AccessAsApp" : "IMAP.AccessAsApp";
    }

    /** Which permission a user's token needs there. */
    String delegatedPermission() {
        return server.graph()
                ? "Mail.ReadWrite"
                : server.sends() ? "SMTP.Send" : server.pop3() ? "POP.AccessAsUser.All" : "IMAP.AccessAsUser.All";
    }

    /** The same end of another mailbox, opened with the same right. */
    Endpoint as(String mailbox) {
        return new Endpoint(server, authentication.as(mailbox));
    }

    /** The same end, opened by something else. */
    Endpoint with(Authentication other) {
        return new Endpoint(server, other);
    }

    @Override
    public String toString() {
        return server.toString();
    }
}
