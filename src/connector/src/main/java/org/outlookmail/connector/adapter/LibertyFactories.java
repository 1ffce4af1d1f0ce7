package org.outlookmail.connector.adapter;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.naming.Context;
import javax.naming.InitialContext;
import javax.naming.NameClassPair;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import org.outlookmail.OneLine;
import org.outlookmail.OutlookMailSessionFactory;

/**
 * Looks the factories up once after the start, because Open Liberty makes each at its first look-up only, which would be the
 * first mail's. Listing names makes none; those of our interface are looked up, each once. A {@code jakarta.mail.Session} is not:
 * its name does not tell whose it is, and it can be made under an application's class loader only.
 *
 * <p>Thread rule: one thread at a time.
 */
final class LibertyFactories {

    private static final Logger LOG = System.getLogger(LibertyFactories.class.getName());

    private static final String KIND = OutlookMailSessionFactory.class.getName();

    /** Names are bound while the server starts; whoever is late is made by his first user. */
    private static final Set<Integer> MOMENTS = Set.of(2, 5, 15, 45);

    private static final int DEEPEST = 4;

    private final Set<String> seen = new HashSet<>();
    private int ticks;

    /** Called about once a second by one thread; whether now is a moment to {@link #look}. */
    boolean due() {
        ticks++;
        return MOMENTS.contains(ticks);
    }

    /** On a thread of the server. */
    synchronized void look() {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        // A Work's own sees no API of the server, such as Jakarta Mail.
        thread.setContextClassLoader(LibertyFactories.class.getClassLoader());
        try {
            look(new InitialContext(), "", 0);
        } catch (NamingException none) {
            LOG.log(Level.DEBUG, () -> "the names of the server cannot be listed: " + OneLine.of(none.toString()));
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private void look(Context root, String place, int depth) throws NamingException {
        NamingEnumeration<NameClassPair> listed = root.list(place);
        List<NameClassPair> names = Collections.list(listed);
        listed.close();
        for (NameClassPair each : names) {
            String name = place.isEmpty() ? each.getName() : place + "/" + each.getName();
            if (KIND.equals(each.getClassName())) {
                make(root, name);
            } else if (Context.class.getName().equals(each.getClassName()) && depth < DEEPEST) {
                look(root, name, depth + 1);
            }
        }
    }

    @SuppressWarnings("BanJNDI") // the server's own names, as it lists them
    private void make(Context root, String name) {
        if (seen.add(name)) {
            try {
                root.lookup(name);
            } catch (NamingException broken) {
                LOG.log(Level.DEBUG, () -> name + " cannot be looked up: " + OneLine.of(broken.toString()));
            }
        }
    }
}
