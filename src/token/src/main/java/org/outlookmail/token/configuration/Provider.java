package org.outlookmail.token.configuration;

import java.util.Locale;

/** Who issues tokens. */
public enum Provider {
    MICROSOFT,
    GOOGLE,
    GENERIC,
    /** Nobody: a password for the mail server. */
    BASIC,
    /** Nobody: no login. */
    NONE;

    /** As the property has it. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** By its name, a choice of the property. */
    static Provider of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
