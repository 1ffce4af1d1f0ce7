package org.outlookmail.cdi;

import jakarta.enterprise.inject.spi.AnnotatedParameter;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.inject.Provider;
import jakarta.mail.Session;
import java.lang.reflect.Constructor;
import java.lang.reflect.Member;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;
import org.outlookmail.Mailbox;
import org.outlookmail.OutlookMailSession;
import org.outlookmail.OutlookMailSessionFactory;

/**
 * What an injection point asks for; equal for all points that one bean serves.
 *
 * @param mailbox the qualifier as the point has it; not null
 * @param service one of {@link #SERVICES}; not null
 * @param optional the {@code Optional} of the service as the point has it, or null if the service itself is wanted
 */
record MailboxInjection(Mailbox mailbox, Class<?> service, Type optional) {

    /** What can be injected. */
    static final List<Class<?>> SERVICES =
            List.of(OutlookMailSession.class, OutlookMailSessionFactory.class, Session.class);

    /**
     * Reads an injection point.
     *
     * @return empty if it is of a type that none of the services is
     */
    static Optional<MailboxInjection> of(Mailbox mailbox, InjectionPoint point) {
        Type wanted = argumentOf(point.getType(), Provider.class).orElse(point.getType());
        Optional<Type> inOptional = argumentOf(wanted, Optional.class);
        Type service = inOptional.orElse(wanted);
        return SERVICES.stream()
                .filter(service::equals)
                .findFirst()
                .map(known -> new MailboxInjection(mailbox, known, inOptional.isPresent() ? wanted : null));
    }

    /** The same without its {@code Optional}. */
    MailboxInjection plain() {
        return new MailboxInjection(mailbox, service, null);
    }

    /** Where an injection point is, in the terms of the source. */
    static String place(InjectionPoint point) {
        Member member = point.getMember();
        String type = member.getDeclaringClass().getName();
        String place = member instanceof Constructor ? "constructor of " + type : type + "." + member.getName();
        return point.getAnnotated() instanceof AnnotatedParameter<?> parameter
                ? place + ", parameter " + (parameter.getPosition() + 1)
                : place;
    }

    private static Optional<Type> argumentOf(Type type, Class<?> generic) {
        return type instanceof ParameterizedType parameterized
                        && parameterized.getRawType() instanceof Class<?> raw
                        && generic.isAssignableFrom(raw)
                        && parameterized.getActualTypeArguments().length == 1
                ? Optional.of(parameterized.getActualTypeArguments()[0])
                : Optional.empty();
    }
}
