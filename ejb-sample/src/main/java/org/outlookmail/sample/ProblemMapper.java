package org.outlookmail.sample;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.lang.System.Logger.Level;
import java.util.UUID;
import org.outlookmail.Diagnosis;
import org.outlookmail.OneLine;

/**
 * Answers every failure with a problem document and logs it once: the caller's faults not at all, diagnosed ones in one
 * line, unforeseen ones with their stack trace, which never reaches the caller.
 *
 * <p>Thread rule: one instance for all requests; stateless.
 */
@Provider
public class ProblemMapper implements ExceptionMapper<Throwable> {

    private static final System.Logger LOG = System.getLogger(ProblemMapper.class.getName());

    @Override
    public Response toResponse(Throwable failure) {
        if (failure instanceof WebApplicationException redirect
                && redirect.getResponse().getStatus() < 400) {
            return redirect.getResponse();
        }
        Problem problem = Failures.problem(failure);
        String instance = "urn:uuid:" + UUID.randomUUID();
        log(problem, instance, failure);
        Response.ResponseBuilder response = Response.status(problem.status())
                .type(Problem.MEDIA_TYPE)
                .entity(problem.toJson(instance).toString());
        if (failure instanceof WebApplicationException http) {
            response.header(HttpHeaders.ALLOW, http.getResponse().getHeaderString(HttpHeaders.ALLOW));
        }
        if (problem.diagnosis() != null) {
            String seconds = problem.diagnosis().details().get("retryAfterSeconds");
            if (seconds != null) {
                response.header(HttpHeaders.RETRY_AFTER, seconds);
            }
        }
        return response.build();
    }

    private static void log(Problem problem, String instance, Throwable failure) {
        Diagnosis diagnosis = problem.diagnosis();
        if (diagnosis != null) {
            LOG.log(Level.WARNING, "{0} answered with status {1}: {2}", instance, problem.status(), diagnosis);
        } else if (problem.status() >= 500) {
            LOG.log(Level.ERROR, instance + " answered with status " + problem.status(), OneLine.cause(failure));
        }
    }
}
