package org.outlookmail.cdi;

import jakarta.mail.Session;
import jakarta.resource.NotSupportedException;
import jakarta.resource.ResourceException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.outlookmail.OutlookMailSession;
import org.outlookmail.OutlookMailSessionFactory;

/** A factory whose sessions count when they are borrowed and closed, and know nothing but their mailbox. */
final class CountingFactory {

    final AtomicInteger borrowed = new AtomicInteger();
    final AtomicInteger closed = new AtomicInteger();
    final Session mailSession = Session.getInstance(new Properties());

    private final String mailbox;
    private final ResourceException failure;

    CountingFactory(String mailbox) {
        this(mailbox, null);
    }

    /** @param failure what borrowing throws, or null */
    CountingFactory(String mailbox, ResourceException failure) {
        this.mailbox = mailbox;
        this.failure = failure;
    }

    OutlookMailSessionFactory proxy() {
        return proxy(OutlookMailSessionFactory.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "getConnection" -> borrow();
            case "mailSession" -> mailSession;
            case "toString" -> "factory of " + mailbox;
            default -> throw new NotSupportedException(method.getName());
        });
    }

    private OutlookMailSession borrow() throws ResourceException {
        if (failure != null) {
            throw failure;
        }
        borrowed.incrementAndGet();
        return proxy(OutlookMailSession.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "mailbox" -> mailbox;
            case "close" -> closed.incrementAndGet();
            default -> throw new NotSupportedException(method.getName());
        });
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
