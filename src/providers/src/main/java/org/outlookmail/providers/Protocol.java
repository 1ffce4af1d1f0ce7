package org.outlookmail.providers;

import jakarta.mail.URLName;
import java.util.Locale;

/** What a provider class speaks, with the defaults of the Kalisto providers. */
enum Protocol {
    SMTP,
    SMTPS,
    IMAP,
    IMAPS,
    POP3,
    POP3S;

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

    /** What a {@code Service} says of itself before it is connected: what it was asked for, and not who runs the server. */
    URLName unconnected(URLName asked) {
        return asked == null
                ? new URLName(property(), null, -1, null, null, null)
                : new URLName(property(), asked.getHost(), asked.getPort(), null, asked.getUsername(), null);
    }
}
