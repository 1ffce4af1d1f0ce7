package org.outlookmail.mail;

import java.util.Map;
import java.util.Objects;

/**
 * Where a mail server listens.
 *
 * @param protocol {@code smtp} (STARTTLS, RFC 3207), {@code imap} (STARTTLS, RFC 3501), {@code pop3} (STLS, RFC 2595), or
 *     the same with TLS from the start (RFC 8314): {@code smtps}, {@code imaps}, {@code pop3s}; or {@code graph}, which is
 *     Microsoft Graph (HTTPS)
 * @param host its name, as its certificate has it
 * @param port 1 to 65535
 */
public record MailServer(String protocol, String host, int port) {

    /** RFC 6409, RFC 8314, RFC 3501, RFC 1939. */
    private static final Map<String, Integer> PORTS =
            Map.of("smtp", 587, "smtps", 465, "imap", 143, "imaps", 993, "pop3", 110, "pop3s", 995, "graph", 443);

    /** The port of a protocol, one of the seven, where nobody names another. */
    public static int defaultPort(String protocol) {
        return PORTS.get(protocol);
    }

    public MailServer {
        Objects.requireNonNull(protocol, "protocol");
        Objects.requireNonNull(host, "host");
    }

    @Override
    public String toString() {
        return protocol + "://" + host + ":" + port;
    }

    /** Whether TLS comes first; otherwise the protocol turns to it before the login. */
    public boolean tlsFromTheStart() {
        return protocol.endsWith("s") || graph();
    }

    public boolean sends() {
        return protocol.startsWith("smtp");
    }

    /** Whether it is Microsoft Graph, at which mail goes out and comes in. */
    public boolean graph() {
        return protocol.equals("graph");
    }

    public boolean pop3() {
        return protocol.startsWith("pop3");
    }
}
