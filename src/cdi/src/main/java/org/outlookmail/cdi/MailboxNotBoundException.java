package org.outlookmail.cdi;

import jakarta.enterprise.inject.CreationException;
import jakarta.mail.Session;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import org.outlookmail.Diagnosed;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.OneLine;
import org.outlookmail.OutlookMailSessionFactory;
import org.outlookmail.ServerWords;

/** JNDI has nothing under the name of a {@link org.outlookmail.Mailbox}, or nothing that can be injected there. */
public class MailboxNotBoundException extends CreationException implements Diagnosed {

    private static final long serialVersionUID = 1L;

    private final Diagnosis diagnosis;

    /** @param found what JNDI has instead, perhaps null */
    MailboxNotBoundException(MailboxInjection injection, Set<String> places, Object found) {
        this(diagnosis(injection, places, describe(found)), null);
    }

    MailboxNotBoundException(MailboxInjection injection, Set<String> places, NamingException failure) {
        this(
                diagnosis(injection, places, failure instanceof NameNotFoundException ? "nothing" : failure.toString()),
                failure);
    }

    private MailboxNotBoundException(Diagnosis diagnosis, Throwable cause) {
        super(diagnosis.toString(), OneLine.cause(cause));
        this.diagnosis = diagnosis;
    }

    @Override
    public Diagnosis diagnosis() {
        return diagnosis;
    }

    private static Diagnosis diagnosis(MailboxInjection injection, Set<String> places, String found) {
        String name = injection.mailbox().value();
        Map<String, String> details = new LinkedHashMap<>();
        details.put("injectionPoints", String.join("; ", places));
        details.put("missing", ServerWords.atHand().missing(name));
        return Diagnosis.of(
                DiagnosisCode.MAILBOX_NOT_BOUND,
                "@Mailbox(\"" + name + "\") cannot be injected as "
                        + injection.service().getSimpleName() + ": under this name JNDI has " + found + ".",
                details);
    }

    private static String describe(Object found) {
        if (found == null) {
            return "nothing";
        }
        // Two of one name happen when an application brings a copy of this API with it.
        boolean copy = superTypes(found.getClass())
                .map(Class::getName)
                .anyMatch(name -> name.equals(OutlookMailSessionFactory.class.getName())
                        || (name.equals(Session.class.getName()) && !(found instanceof Session)));
        return "an object of the class " + found.getClass().getName()
                + (copy
                        ? ", which is of the right type but from another class loader: leave outlook-mail-api.jar out of"
                                + " the application"
                        : "");
    }

    private static Stream<Class<?>> superTypes(Class<?> type) {
        return type == null
                ? Stream.empty()
                : Stream.concat(
                        Stream.of(type),
                        Stream.concat(
                                superTypes(type.getSuperclass()),
                                Arrays.stream(type.getInterfaces()).flatMap(MailboxNotBoundException::superTypes)));
    }
}
