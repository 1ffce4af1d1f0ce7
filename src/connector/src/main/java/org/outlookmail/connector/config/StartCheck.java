package org.outlookmail.connector.config;

import java.util.Locale;

/** What is tried when the server starts. */
public enum StartCheck {
    NONE,
    /** A token is fetched. */
    TOKEN,
    /** The mail servers are logged in to. */
    LOGIN;

    /** By its name, a choice of the property. */
    static StartCheck of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
