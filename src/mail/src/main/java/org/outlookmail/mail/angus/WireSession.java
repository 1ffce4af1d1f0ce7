package org.outlookmail.mail.angus;

import jakarta.mail.Authenticator;
import jakarta.mail.Session;
import java.time.Duration;
import java.util.Properties;
import org.outlookmail.mail.Authentication;
import org.outlookmail.mail.Endpoint;
import org.outlookmail.mail.MailAccount;
import org.outlookmail.mail.MailServer;
import org.outlookmail.mail.MailTimeouts;
import org.outlookmail.mail.wire.WireSockets;
import org.outlookmail.mail.wire.WriteTimeouts;

/**
 * The Jakarta Mail session beneath a connection: what Angus Mail must know to speak to the server as we want it.
 * Applications never see it.
 */
final class WireSession {

    /** What a reader of a large message holds in memory. */
    private static final String FETCH_OCTETS = Integer.toString(1024 * 1024);

    /** An address, which is looked up without asking anybody. */
    private static final String NO_LOOK_UP = "0.0.0.0";

    private WireSession() {}

    /** Where {@link #sockets(Session)} finds them. */
    private static final String SOCKETS = WireSockets.class.getName();

    static Session of(MailAccount account, Endpoint end, WriteTimeouts writeTimeouts, WireSockets sockets) {
        Properties properties = new Properties();
        account.mailProperties().forEach((name, value) -> {
            if (!MailAccount.reserved(name)) {
                properties.put(name, value);
            }
        });
        protocol(properties, end, account, sockets, writeTimeouts);
        properties.put(SOCKETS, sockets);
        return Session.getInstance(properties, new Authenticator() {});
    }

    /** What makes the sockets of a session. */
    static WireSockets sockets(Session session) {
        return (WireSockets) session.getProperties().get(SOCKETS);
    }

    /**
     * What Angus Mail is to look up, since it cannot do without: the host, unless a proxy does that, on a network that perhaps
     * knows no names of the world outside. {@link WireSockets} knows where to go.
     */
    static String lookedUp(Session session, String host) {
        return sockets(session).proxied() ? NO_LOOK_UP : host;
    }

    private static void protocol(
            Properties properties,
            Endpoint end,
            MailAccount account,
            WireSockets sockets,
            WriteTimeouts writeTimeouts) {
        MailServer server = end.server();
        String prefix = "mail." + server.protocol() + ".";
        boolean noLogin = end.authentication() instanceof Authentication.None;
        properties.put(prefix + "auth", Boolean.toString(!noLogin));
        properties.put(
                prefix + "auth.mechanisms",
                end.authentication() instanceof Authentication.Token ? "XOAUTH2" : "PLAIN LOGIN");
        MailTimeouts timeouts = account.route().timeouts();
        properties.put(prefix + "connectiontimeout", millis(timeouts.connect()));
        properties.put(prefix + "timeout", millis(timeouts.read()));
        properties.put(prefix + "writetimeout", millis(timeouts.write()));
        if (writeTimeouts.ticked()) {
            properties.put(prefix + "executor.writetimeout", writeTimeouts);
        }
        // To Angus Mail each connection begins in the clear; it would not take from a factory what begins with TLS.
        properties.put(prefix + "ssl.enable", "false");
        properties.put(prefix + "socketFactory", sockets.factory());
        properties.put(prefix + "ssl.socketFactory", sockets.upgrades());
        // Otherwise a refused connection is tried a second time without our factory.
        properties.put(prefix + "socketFactory.fallback", "false");
        if (!server.tlsFromTheStart()) {
            properties.put(prefix + "starttls.enable", "true");
            boolean clearAllowed = end.authentication() instanceof Authentication.None none && none.clearAllowed();
            properties.put(prefix + "starttls.required", Boolean.toString(!clearAllowed));
        }
        if (server.sends()) {
            // A refused recipient refuses the message: never sent to some and not to others unnoticed.
            properties.put(prefix + "sendpartial", "false");
            // Wait for the reply to QUIT? The message is accepted by then; a slow goodbye must not cost the caller.
            properties.put(prefix + "quitwait", "false");
        } else if (server.pop3()) {
            // Exchange takes the token only after its own "+" to a bare AUTH XOAUTH2.
            properties.put(prefix + "auth.xoauth2.two.line.authentication.format", "true");
        } else {
            // The mailbox is opened by many short uses; a folder's connection serves the next one.
            properties.putIfAbsent(prefix + "connectionpoolsize", "1");
            // One address that is none would hide the whole message; what is sent is checked elsewhere.
            properties.putIfAbsent("mail.mime.address.strict", "false");
            // One round trip for each of these; Angus Mail's own 16 KB make hundreds of a large attachment.
            properties.putIfAbsent(prefix + "fetchsize", FETCH_OCTETS);
        }
    }

    private static String millis(Duration timeout) {
        return Long.toString(timeout.toMillis());
    }
}
