package org.outlookmail.naming;

import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.Optional;
import java.util.stream.Stream;
import javax.naming.Context;
import javax.naming.InitialContext;
import javax.naming.Name;
import javax.naming.NamingException;
import javax.naming.RefAddr;
import javax.naming.Reference;
import javax.naming.spi.ObjectFactory;

/**
 * Gives the {@code jakarta.mail.Session} of an {@code OutlookMailSessionFactory} under a name of its own (Jakarta Mail in JNDI,
 * by {@link ObjectFactory}), for servers that take no Session as a connection definition of a resource adapter, such as WildFly.
 * The environment, or the reference, names the factory as {@value #FACTORY}.
 *
 * <p>It knows the factory by the name of its interface alone: the class loader of a server's own modules has neither the
 * adapter's classes nor an application's.
 *
 * <p>Thread rule: no state.
 */
public final class MailSessionObjectFactory implements ObjectFactory {

    /** In the environment or the reference: the JNDI name of the factory. */
    public static final String FACTORY = "factory";

    private static final String INTERFACE = "org.outlookmail.OutlookMailSessionFactory";

    /**
     * The Session.
     *
     * @param reference perhaps a {@link Reference} with an address of type {@value #FACTORY}
     * @param environment or this with such a key
     * @throws NamingException if neither names a factory, or what is bound there is none, or it refuses
     */
    @Override
    @SuppressWarnings("BanJNDI") // the name is the administrator's own, from the server's configuration
    public Object getObjectInstance(Object reference, Name name, Context context, Hashtable<?, ?> environment)
            throws NamingException {
        String factory = named(reference)
                .or(() -> Optional.ofNullable(environment)
                        .map(all -> all.get(FACTORY))
                        .map(Object::toString))
                .orElseThrow(
                        () -> new NamingException(
                                "the binding " + name + " of " + getClass().getName()
                                        + " does not say which factory: add \"" + FACTORY
                                        + "\" to its environment, with the JNDI name of the factory, such as java:/mail/office365"));
        return session(factory, new InitialContext().lookup(factory));
    }

    private static Optional<String> named(Object reference) {
        return Optional.ofNullable(reference)
                .filter(Reference.class::isInstance)
                .map(known -> ((Reference) known).get(FACTORY))
                .map(RefAddr::getContent)
                .map(Object::toString);
    }

    private static Object session(String name, Object factory) throws NamingException {
        Class<?> known = interfaces(factory.getClass())
                .filter(each -> each.getName().equals(INTERFACE))
                .findFirst()
                .orElseThrow(() -> new NamingException("under " + name + " there is no " + INTERFACE + " but a "
                        + factory.getClass().getName() + ": name the connection definition of a factory"));
        try {
            return known.getMethod("mailSession").invoke(factory);
        } catch (InvocationTargetException refused) {
            throw told(name, refused.getCause());
        } catch (ReflectiveOperationException different) {
            throw told(name, different);
        }
    }

    private static Stream<Class<?>> interfaces(Class<?> type) {
        return Stream.<Class<?>>iterate(type, each -> each != null, each -> each.getSuperclass())
                .flatMap(each -> Arrays.stream(each.getInterfaces()))
                .flatMap(each -> Stream.concat(Stream.of(each), interfaces(each)));
    }

    private static NamingException told(String name, Throwable why) {
        NamingException told = new NamingException("the factory " + name + " gives no Session: " + why.getMessage());
        told.initCause(why);
        return told;
    }
}
