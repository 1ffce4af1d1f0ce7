package org.outlookmail.mail.plain;

import java.util.Locale;
import java.util.Map;

/** What a provider class speaks, with the defaults of the Kalisto providers. */
enum Protocol {
    SMTP,
    SMTPS,
    IMAP,
    IMAPS,
    POP3,
    POP3S;

    /** RFC 6409, RFC 8314, RFC 3501, RFC 1939; by the protocol that is spoken in the end. */
    private static final Map<String, Integer> PORTS =
            Map.of("smtp", 587, "smtps", 465, "imap", 143, "imaps", 993, "pop3", 110, "pop3s", 995);

    static int port(String spoken) {
        return PORTS.get(spoken);
    }

    /** As it stands in property names: {@code mail.imap.host}. */
    String property() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean sends() {
        return this == SMTP || this == SMTPS;
    }

    /** Whether the name leaves no other choice than TLS from the start. */
    boolean tlsOnly() {
        return name().endsWith("S");
    }

    /** Whether TLS comes first when {@code ssl.enable} is absent: everywhere but for {@code smtp}, as with Kalisto. */
    boolean tlsByDefault() {
        return this != SMTP;
    }

    /** The name of the protocol that is spoken. */
    String spoken(boolean tlsFromTheStart) {
        String bare = tlsOnly() ? property().substring(0, property().length() - 1) : property();
        return tlsFromTheStart ? bare + "s" : bare;
    }

    String host() {
        return sends() ? "smtp.office365.com" : "outlook.office365.com";
    }
}
