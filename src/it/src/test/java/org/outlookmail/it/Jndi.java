package org.outlookmail.it;

import javax.naming.InitialContext;
import javax.naming.NamingException;

/** A bare look-up, as old code does it. */
final class Jndi {

    private Jndi() {}

    @SuppressWarnings("BanJNDI") // The names are constants of the tests, the directory is the server's own.
    static <T> T lookup(String name, Class<T> type) throws NamingException {
        return type.cast(new InitialContext().lookup(name));
    }
}
