package org.outlookmail.sample;

import jakarta.mail.FolderNotFoundException;
import jakarta.mail.MessagingException;
import jakarta.resource.ResourceException;
import jakarta.ws.rs.WebApplicationException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import javax.naming.NamingException;
import org.outlookmail.Diagnosis;

/**
 * Which problem a failure is. Containers wrap exceptions, so each question goes to the whole chain of causes. Text of an
 * exception is passed on only if it comes from a mail server, the server's pool or Jakarta REST.
 */
final class Failures {

    private Failures() {}

    static Problem problem(Throwable failure) {
        Optional<InvalidRequestException> invalid = find(failure, InvalidRequestException.class);
        if (invalid.isPresent()) {
            return Problem.of(invalid.get());
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
                .orElseGet(() -> resourceMissing(failure) ? missingResource() : internal());
    }

    private static Problem http(WebApplicationException failure) {
        int status = failure.getResponse().getStatus();
        String reason = failure.getResponse().getStatusInfo().getReasonPhrase();
        return Problem.of("http-" + status, reason, status, text(failure));
    }

    private static Problem missingResource() {
        return Problem.of(
                "resource-missing",
                "A resource of the server is missing",
                500,
                "The server could not give the sample mail/office365 or mail/office365Session. Define a connectionFactory"
                        + " with that jndiName in server.xml, and look into the server's log for the reason.");
    }

    private static Problem internal() {
        return Problem.of(
                "internal",
                "The sample failed",
                500,
                "Something unforeseen happened. The server's log has it under the instance of this problem.");
    }

    /** A name that is not bound; servers report a failed injection with an exception class of their own. */
    private static boolean resourceMissing(Throwable failure) {
        return find(failure, NamingException.class).isPresent()
                || find(failure, Throwable.class, "InjectionException").isPresent();
    }

    private static String text(Throwable failure) {
        String message = failure.getMessage();
        return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
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
