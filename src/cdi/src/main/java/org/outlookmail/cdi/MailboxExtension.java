package org.outlookmail.cdi;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.DefinitionException;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.enterprise.inject.spi.ProcessInjectionPoint;
import jakarta.enterprise.inject.spi.configurator.BeanConfigurator;
import jakarta.mail.Session;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Collectors;
import org.outlookmail.Mailbox;
import org.outlookmail.OutlookMailSession;
import org.outlookmail.OutlookMailSessionFactory;

/**
 * The portable extension behind {@link Mailbox}: one bean for every name and type that some injection point asks for, and
 * none for what nobody asks for.
 *
 * <p>Thread rule: the container makes one for each application and calls it while that deploys, perhaps from several
 * threads. There is nothing to close; the request context closes the sessions.
 */
public class MailboxExtension implements Extension {

    private final Map<MailboxInjection, Set<String>> wanted = new ConcurrentHashMap<>();
    private final Queue<String> mistakes = new ConcurrentLinkedQueue<>();

    void read(@Observes ProcessInjectionPoint<?, ?> event) {
        InjectionPoint point = event.getInjectionPoint();
        for (Annotation qualifier : point.getQualifiers()) {
            if (qualifier instanceof Mailbox mailbox) {
                read(mailbox, point);
            }
        }
    }

    private void read(Mailbox mailbox, InjectionPoint point) {
        String place = MailboxInjection.place(point);
        if (mailbox.value().isBlank()) {
            mistakes.add("@Mailbox at " + place + " has no name: give the jndiName of a connection factory.");
        }
        Optional<MailboxInjection> injection = MailboxInjection.of(mailbox, point);
        if (injection.isEmpty()) {
            mistakes.add("@Mailbox(\"" + mailbox.value() + "\") at " + place + " is of the type "
                    + point.getType().getTypeName() + ", but a mailbox is injected as one of "
                    + MailboxInjection.SERVICES.stream().map(Class::getName).collect(Collectors.joining(", "))
                    + ", or as Instance, Provider or Optional of one.");
            return;
        }
        note(injection.get(), place);
        note(injection.get().plain(), place);
    }

    private void note(MailboxInjection injection, String place) {
        wanted.computeIfAbsent(injection, first -> new ConcurrentSkipListSet<>())
                .add(place);
    }

    void addBeans(@Observes AfterBeanDiscovery event) {
        mistakes.forEach(mistake -> event.addDefinitionError(new DefinitionException(mistake)));
        wanted.forEach((injection, places) -> {
            MailboxLookup lookup = new MailboxLookup(injection, places);
            if (injection.optional() != null) {
                addOptional(event, injection, lookup);
            } else if (injection.service() == OutlookMailSession.class) {
                // Normal scope: a proxy is injected, which borrows when it is first used.
                this.<OutlookMailSession>bean(event, injection, OutlookMailSession.class)
                        .scope(RequestScoped.class)
                        .createWith(context -> lookup.session())
                        .destroyWith((session, context) -> session.close());
            } else if (injection.service() == OutlookMailSessionFactory.class) {
                this.<OutlookMailSessionFactory>bean(event, injection, OutlookMailSessionFactory.class)
                        .scope(Dependent.class)
                        .createWith(context -> lookup.factory());
            } else {
                this.<Session>bean(event, injection, Session.class)
                        .scope(Dependent.class)
                        .createWith(context -> lookup.mailSession());
            }
        });
    }

    private void addOptional(AfterBeanDiscovery event, MailboxInjection injection, MailboxLookup lookup) {
        this.<Optional<Object>>bean(event, injection, injection.optional())
                .scope(Dependent.class)
                .produceWith(beans -> lookup.isBound()
                        ? Optional.of(beans.select(injection.service(), injection.mailbox())
                                .get())
                        : Optional.empty());
    }

    private <T> BeanConfigurator<T> bean(AfterBeanDiscovery event, MailboxInjection injection, Type type) {
        return event.<T>addBean()
                .beanClass(MailboxExtension.class)
                // The same on every server of a cluster, which may hand a session-scoped bean with its proxy to another
                .id(MailboxExtension.class.getName() + " " + type.getTypeName() + " "
                        + injection.mailbox().value())
                .types(type, Object.class)
                .qualifiers(injection.mailbox());
    }
}
