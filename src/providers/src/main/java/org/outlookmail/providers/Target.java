package org.outlookmail.providers;

import jakarta.mail.URLName;

/**
 * What a caller of {@code connect} gave, or the URL of the session. Immutable.
 *
 * @param host perhaps null
 * @param port -1 if none
 * @param user perhaps null
 */
record Target(String host, int port, String user) {

    /** As {@code Service.connect} merges them: the arguments come first. */
    static Target of(String host, int port, String user, URLName url) {
        return url == null
                ? new Target(host, port, user)
                : new Target(
                        host == null ? url.getHost() : host,
                        port == -1 ? url.getPort() : port,
                        user == null ? url.getUsername() : user);
    }
}
