package org.outlookmail.sample;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Serves the programs of this machine and the sample's own page. The sample has no login: what reaches it can send as the
 * mailbox, and a page of another site can make the browser of whoever works here send requests to localhost, or read the
 * answers after its name has been rebound to 127.0.0.1.
 *
 * <p>Thread rule: stateless; the server calls it from any thread.
 */
@WebFilter("/*")
public class LocalRequests implements Filter {

    private static final Pattern LOOPBACK = Pattern.compile("(localhost|127\\.0\\.0\\.1|\\[::1])(:\\d{1,5})?");

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request instanceof HttpServletRequest asked && response instanceof HttpServletResponse answer) {
            Optional<String> objection = objection(hosts(asked), headers(asked, "Origin"));
            if (objection.isPresent()) {
                refuse(answer, objection.get());
                return;
            }
        }
        chain.doFilter(request, response);
    }

    /** HTTP/2 has no Host, but an authority, of which the server tells the parts. */
    private static List<String> hosts(HttpServletRequest request) {
        List<String> hosts = headers(request, "Host");
        boolean none = hosts.isEmpty() && request.getProtocol().startsWith("HTTP/2");
        return none ? List.of(authority(request.getServerName(), request.getServerPort())) : hosts;
    }

    static String authority(String name, int port) {
        return (name.contains(":") && !name.startsWith("[") ? "[" + name + "]" : name) + ":" + port;
    }

    private static List<String> headers(HttpServletRequest request, String name) {
        return Collections.list(request.getHeaders(name));
    }

    /** What speaks against serving a request with these headers; empty if nothing does. */
    static Optional<String> objection(List<String> hosts, List<String> origins) {
        if (hosts.size() != 1
                || !LOOPBACK.matcher(hosts.get(0).toLowerCase(Locale.ROOT)).matches()) {
            return Optional.of("The sample has no login and serves this machine only: open it as localhost.");
        }
        for (String origin : origins) {
            boolean own = origin.equals("http://" + hosts.get(0)) || origin.equals("https://" + hosts.get(0));
            if (!own) {
                return Optional.of("The sample has no login: it takes no requests from pages of other sites.");
            }
        }
        return Optional.empty();
    }

    private static void refuse(HttpServletResponse answer, String objection) throws IOException {
        Problem problem = Problem.of("foreign-request", "Not from here", HttpServletResponse.SC_FORBIDDEN, objection);
        answer.setStatus(problem.status());
        answer.setContentType(Problem.MEDIA_TYPE);
        answer.setCharacterEncoding(StandardCharsets.UTF_8.name());
        answer.getWriter().write(problem.toJson("urn:uuid:" + UUID.randomUUID()).toString());
    }
}
