package org.outlookmail.mail.graph;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import org.outlookmail.OneLine;
import org.outlookmail.mail.MailServer;

/** Addresses that Graph gives to go on with. They decide where a token goes, so they are looked at. */
final class GraphLink {

    private static final int HTTPS = 443;

    private GraphLink() {}

    /** Path and query of a link to the same server and version; empty if it leads elsewhere. */
    static Optional<String> target(String link, MailServer server) {
        return read(link)
                .filter(uri -> uri.getHost().equalsIgnoreCase(server.host())
                        && port(uri) == server.port()
                        && uri.getRawPath().startsWith("/v1.0/"))
                .map(GraphLink::target);
    }

    /** The server of an address that carries a right of its own, so that nobody needs to see a token there. */
    static Optional<MailServer> server(String link) {
        return read(link).map(uri -> new MailServer("graph", uri.getHost(), port(uri)));
    }

    /** Path and query, wherever it leads. */
    static Optional<String> anyTarget(String link) {
        return read(link).map(GraphLink::target);
    }

    /** For people: without the query, which may be a right to something. */
    static String shown(String link) {
        return OneLine.of(link.replaceFirst("(?s)[?#].*", ""));
    }

    private static String target(URI uri) {
        return uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
    }

    private static Optional<URI> read(String link) {
        try {
            URI uri = new URI(link);
            boolean usable = "https".equalsIgnoreCase(uri.getScheme())
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawPath() != null
                    && uri.getRawPath().startsWith("/");
            return usable ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException malformed) {
            return Optional.empty();
        }
    }

    private static int port(URI uri) {
        return uri.getPort() < 0 ? HTTPS : uri.getPort();
    }
}
