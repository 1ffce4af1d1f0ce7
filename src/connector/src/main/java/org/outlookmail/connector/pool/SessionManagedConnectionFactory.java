package org.outlookmail.connector.pool;

import org.outlookmail.connector.handle.ConnectionSource;

/** The same pooled connections, found in JNDI as a plain {@code jakarta.mail.Session}. */
public class SessionManagedConnectionFactory extends MailManagedConnectionFactory {

    private static final long serialVersionUID = 1L;

    @Override
    Object factory(ConnectionSource source) {
        return source.mailSession();
    }

    @Override
    String stanza() {
        return "Session";
    }
}
