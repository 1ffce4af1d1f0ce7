package org.outlookmail.mail;

import jakarta.mail.Authenticator;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Properties;
import java.util.regex.Pattern;
import javax.net.ssl.SSLSocketFactory;
import org.outlookmail.DiagnosedMessagingException;
import org.outlookmail.token.TokenException;

/**
 * The Jakarta Mail session beneath a connection: what Angus Mail must know to speak to the server as we want it.
 * Applications never see it.
 */
final class WireSession {

    /**
     * Authentication, TLS and timeouts are decided here; partial sending and reported success would break the promise
     * that an exception means "not accepted"; {@code ssl.trust} comes before our socket factory; {@code mail.debug.auth}
     * prints tokens; with {@code chunksize} Angus Mail 2.0.5 doubles the dot at the beginning of a line (its issue 209).
     */
    private static final Pattern RESERVED = Pattern.compile("mail\\.debug\\.auth(\\..*)?"
            + "|mail\\.(smtps?|imaps?|pop3s?)\\.(auth(\\..*)?|sasl\\..*|(connection|write)?timeout|executor\\.writetimeout"
            + "|proxy\\..*|socks\\..*|(ssl\\.)?socketFactory(\\..*)?|ssl\\.(trust|checkserveridentity|hostnameverifier.*)"
            + "|starttls\\..*|sendpartial|reportsuccess|quitwait|chunksize)");

    private WireSession() {}

    static boolean reserved(String mailProperty) {
        return RESERVED.matcher(mailProperty).matches();
    }

    static Session of(MailAccount account, WriteTimeouts writeTimeouts, WireSockets tls) {
        Properties properties = new Properties();
        account.mailProperties().forEach((name, value) -> {
            if (!reserved(name)) {
                properties.put(name, value);
            }
        });
        protocol(properties, account.transport(), account, tls, writeTimeouts);
        protocol(properties, account.store(), account, tls, writeTimeouts);
        return Session.getInstance(properties, new Authenticator() {});
    }

    /** What makes the sockets of one login. */
    static WireSockets sockets(MailRoute route) throws MessagingException {
        return new WireSockets(factory(route));
    }

    private static SSLSocketFactory factory(MailRoute route) throws MessagingException {
        if (route.trust().isEmpty()) {
            // What the server administers: Liberty puts its own factory here, which follows its configuration, whereas
            // SSLContext.getDefault() is the JDK's there.
            return (SSLSocketFactory) SSLSocketFactory.getDefault();
        }
        try {
            return route.trust().get().socketFactory();
        } catch (TokenException unusable) {
            throw new DiagnosedMessagingException(unusable.diagnosis(), unusable);
        }
    }

    private static void protocol(
            Properties properties,
            MailServer server,
            MailAccount account,
            SSLSocketFactory tls,
            WriteTimeouts writeTimeouts) {
        String prefix = "mail." + server.protocol() + ".";
        properties.put(prefix + "auth", "true");
        properties.put(
                prefix + "auth.mechanisms",
                account.authentication() instanceof Authentication.Token ? "XOAUTH2" : "PLAIN LOGIN");
        if (account.route().proxy().address() instanceof InetSocketAddress proxy) {
            properties.put(prefix + "proxy.host", proxy.getHostString());
            properties.put(prefix + "proxy.port", Integer.toString(proxy.getPort()));
        }
        MailTimeouts timeouts = account.route().timeouts();
        properties.put(prefix + "connectiontimeout", millis(timeouts.connect()));
        properties.put(prefix + "timeout", millis(timeouts.read()));
        properties.put(prefix + "writetimeout", millis(timeouts.write()));
        if (writeTimeouts.ticked()) {
            properties.put(prefix + "executor.writetimeout", writeTimeouts);
        }
        properties.put(prefix + "ssl.socketFactory", tls);
        properties.put(prefix + "ssl.checkserveridentity", "true");
        // Otherwise a refused connection is tried a second time without our factory.
        properties.put(prefix + "socketFactory.fallback", "false");
        properties.putIfAbsent(prefix + "ssl.protocols", "TLSv1.2 TLSv1.3");
        if (!server.tlsFromTheStart()) {
            properties.put(prefix + "starttls.enable", "true");
            properties.put(prefix + "starttls.required", "true");
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
        }
    }

    private static String millis(Duration timeout) {
        return Long.toString(timeout.toMillis());
    }
}
