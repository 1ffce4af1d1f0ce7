package org.outlookmail.sample;

import jakarta.ejb.EJBException;
import jakarta.mail.FolderNotFoundException;
import jakarta.mail.MessagingException;
import jakarta.resource.ResourceException;
import jakarta.ws.rs.WebApplicationException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import javax.naming.NamingException;
import org.outlookmail.Diagnosis;
import org.outlookmail.OneLine;

/**
 * Which problem a failure is. Containers wrap exceptions, so each question goes to the whole chain of causes. Text of an
 * exception is passed on only if it comes from this sample, a mail server or the server's pool.
 */
final class Failures {

    /** Also the beginning of the other name. */
    private static final String FACTORY_NAME = "mail/office365";

    private static final String SESSION_NAME = "mail/office365Session";

    private Failures() {}

    static Problem problem(Throwable failure) {
        Optional<InvalidRequestException> invalid = find(failure, InvalidRequestException.class);
        if (invalid.isPresent()) {
            return Problem.of(invalid.get());
        }
        Optional<RejectedException> rejected = find(failure, RejectedException.class);
        if (rejected.isPresent()) {
            return rejected.get().problem();
        }
        Optional<Diagnosis> diagnosis = Diagnosis.of(failure);
        if (diagnosis.isPresent()) {
            return Problem.of(diagnosis.get());
        }
        return find(failure, WebApplicationException.class)
                .map(Failures::http)
                .or(() -> find(failure, FolderNotFoundException.class)
                        .map(missing -> Problem.of("folder-not-found", "Folder not found", 404, text(missing))))
                .or(() -> find(failure, MessagingException.class)
                        .map(mail -> Problem.of("mail-failure", "Mail failure", 502, text(mail))))
                .or(() -> find(failure, ResourceException.class)
                        .map(pool -> Problem.of("no-connection", "No connection from the pool", 503, text(pool))))
                .orElseGet(() -> resourceMissing(failure) ? missingResource(failure) : internal());
    }

    /** What Jakarta REST itself refuses; its texts differ from server to server. */
    private static Problem http(WebApplicationException failure) {
        int status = failure.getResponse().getStatus();
        String detail = switch (status) {
            case 404 -> "The API has nothing at this address; it has mails and mails/{uid}.";
            case 405 -> "The address does not support this method; the header Allow names those it does.";
            case 406 -> "The API answers application/json and nothing else.";
            case 415 -> "The API takes application/json and nothing else.";
            default -> "The server did not accept the request.";
        };
        return Problem.of(
                "http-" + status, failure.getResponse().getStatusInfo().getReasonPhrase(), status, detail);
    }

    private static Problem missingResource(Throwable failure) {
        String name = mentions(failure, SESSION_NAME) ? SESSION_NAME : FACTORY_NAME;
        return Problem.of(
                "resource-missing",
                "A resource of the server is missing",
                500,
                "The server could not give the sample the resource " + name + ". Define a connectionFactory with that"
                        + " jndiName in server.xml, or look into the server's log for the reason why it is not there.");
    }

    private static Problem internal() {
        return Problem.of(
                "internal",
                "The sample failed",
                500,
                "Something unforeseen happened. The server's log has it under the instance of this problem.");
    }

    /** Servers report a failed injection with an exception of their own; Liberty passes on no more than its text. */
    private static boolean resourceMissing(Throwable failure) {
        return find(failure, NamingException.class).isPresent()
                || find(failure, Throwable.class, "InjectionException").isPresent()
                || (find(failure, EJBException.class).isPresent() && mentions(failure, FACTORY_NAME));
    }

    private static boolean mentions(Throwable failure, String name) {
        Set<Throwable> seen = new HashSet<>();
        for (Throwable next = failure; next != null && seen.add(next); next = next.getCause()) {
            if (next.getMessage() != null && next.getMessage().contains(name)) {
                return true;
            }
        }
        return false;
    }

    private static String text(Throwable failure) {
        String message = failure.getMessage();
        return message == null || message.isBlank() ? failure.getClass().getSimpleName() : OneLine.of(message);
    }

    private static <T extends Throwable> Optional<T> find(Throwable failure, Class<T> type) {
        return find(failure, type, "");
    }

    private static <T extends Throwable> Optional<T> find(Throwable failure, Class<T> type, String nameEnd) {
        Set<Throwable> seen = new HashSet<>();
        for (Throwable next = failure; next != null && seen.add(next); next = next.getCause()) {
            if (type.isInstance(next) && next.getClass().getSimpleName().endsWith(nameEnd)) {
                return Optional.of(type.cast(next));
            }
        }
        return Optional.empty();
    }
}
