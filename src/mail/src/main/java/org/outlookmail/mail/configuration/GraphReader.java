package org.outlookmail.mail.configuration;

import static org.outlookmail.configuration.Property.GRANT;
import static org.outlookmail.configuration.Property.GRAPH_ENDPOINT;
import static org.outlookmail.configuration.Property.GRAPH_SEND;
import static org.outlookmail.configuration.Property.SAVE_TO_SENT_ITEMS;
import static org.outlookmail.configuration.Property.SCOPE;
import static org.outlookmail.configuration.Property.STORE;
import static org.outlookmail.configuration.Property.TRANSPORT;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.outlookmail.configuration.PropertyReader;
import org.outlookmail.mail.Authentication;
import org.outlookmail.mail.MailServer;
import org.outlookmail.token.configuration.IdentityReader;
import org.outlookmail.token.configuration.Provider;

/**
 * Reads what concerns Microsoft Graph: where it is, and what opens a mailbox there. Host and port of other servers are not
 * looked at, so that one property takes an account from SMTP or IMAP to Graph and back.
 *
 * <p>Thread rule: one use, one thread.
 */
final class GraphReader {

    private static final String GRAPH = "graph";

    private final PropertyReader reader;
    private final IdentityReader identity;
    private final boolean out;
    private final boolean in;
    private final Optional<MailServer> server;

    GraphReader(PropertyReader reader, IdentityReader identity, String transport, String store) {
        this.reader = reader;
        this.identity = identity;
        this.out = transport.equals(GRAPH);
        this.in = store.equals(GRAPH);
        this.server = out || in ? read() : Optional.empty();
    }

    /** Whether mail goes out over it. */
    boolean out() {
        return out;
    }

    /** Whether mail comes in over it. */
    boolean in() {
        return in;
    }

    /** Empty if there is a problem. */
    Optional<MailServer> server() {
        return server;
    }

    private Optional<MailServer> read() {
        if (identity.provider() != Provider.MICROSOFT) {
            reader.problem(
                    out ? TRANSPORT : STORE, "is \"graph\", which is Microsoft's: it needs provider=\"microsoft\"");
        }
        if (out != in) {
            twoServices();
        }
        Optional<URI> base = reader.isSet(GRAPH_ENDPOINT)
                ? reader.base(GRAPH_ENDPOINT)
                : Optional.of(URI.create("https://" + identity.cloud().graphHost()));
        return base.map(uri -> new MailServer(
                GRAPH, uri.getHost(), uri.getPort() < 0 ? MailServer.defaultPort(GRAPH) : uri.getPort()));
    }

    private void twoServices() {
        String ends = "transport and store need tokens of two services";
        if (reader.isSet(SCOPE)) {
            reader.problem(SCOPE, "is set, and " + ends + ": remove it, or set both to \"graph\"");
        }
        if (identity.grant().equals("delegated")) {
            reader.problem(
                    GRANT, "is \"delegated\", and " + ends + ", while a user signs in for one: set both to \"graph\"");
        }
    }

    /** What opens the mailbox there: the same client, and a token of its own. */
    Authentication opened(Authentication elsewhere) {
        return elsewhere instanceof Authentication.Token token
                ? new Authentication.Token(token.request().forScope(identity.graphScope()))
                : elsewhere;
    }

    /** What the way out must know. */
    void settings(Map<String, String> mailProperties) {
        String send = reader.choice(GRAPH_SEND);
        String save = reader.choice(SAVE_TO_SENT_ITEMS);
        if (!out) {
            return;
        }
        if (send.equals("draft") && save.equals("false")) {
            reader.problem(
                    SAVE_TO_SENT_ITEMS,
                    "is \"false\", and graphSend=\"draft\" always keeps a copy: remove one of them");
        }
        mailProperties.put("mail.graph.send", send);
        mailProperties.put("mail.graph.savetosentitems", save);
    }
}
