package org.outlookmail.mail.graph;

import jakarta.mail.MessagingException;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.outlookmail.DiagnosedMessagingException;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.DiagnosisCode.Fault;
import org.outlookmail.mail.Call;
import org.outlookmail.mail.Deadline;
import org.outlookmail.mail.Endpoint;
import org.outlookmail.mail.MailAccount;
import org.outlookmail.mail.MailServer;
import org.outlookmail.mail.Proof;
import org.outlookmail.mail.Quota;
import org.outlookmail.mail.Surroundings;
import org.outlookmail.mail.wire.WireSockets;
import org.outlookmail.mail.wire.WriteTimeouts;

/**
 * Asks Microsoft Graph for one mailbox, over one connection: each request has its turn by the {@link Quota} and its token; a
 * refused token is replaced once; what Graph wants to hear later is asked again as long as the caller has patience.
 *
 * <p>Thread rule: free for any thread, one request at a time; {@link #ending} and {@link #cut} wait for none. Whoever made it
 * closes it.
 */
final class GraphClient {

    /** Older ones are given up without asking: front doors drop them silently, which a request would find out too late. */
    private static final Duration IDLE = Duration.ofSeconds(60);

    private final MailAccount account;
    private final MailServer server;
    private final String user;
    private final Surroundings surroundings;
    private final Quota quota;
    private final WriteTimeouts writeTimeouts;
    private final Proof proof;
    private final GraphDiagnosis diagnosis;
    private final Quota.Guest guest = () -> {
        // A request is over soon; there is nothing idle to give up.
    };

    /** Held for one request, with its turn; never while a pause of Graph's is waited for. */
    private final ReentrantLock asking = new ReentrantLock();

    private volatile HttpLine line;

    /** Where something is uploaded at this moment; null if nothing is. */
    private volatile HttpLine upload;

    private volatile boolean closed;

    /** What the administrator was told of the token before it was used; null if nothing speaks against it. */
    private DiagnosisCode doubted;

    /** What the administrator was told last; null since it has worked. */
    private volatile DiagnosisCode complained;

    GraphClient(MailAccount account, Endpoint end, Surroundings surroundings, WriteTimeouts writeTimeouts) {
        this.account = account;
        this.server = end.server();
        this.user = GraphSettings.of(account).user();
        this.surroundings = surroundings;
        this.quota = surroundings.quota();
        this.writeTimeouts = writeTimeouts;
        this.proof = Proof.of(account, end, surroundings.tokens());
        this.diagnosis = new GraphDiagnosis(account, server, proof);
    }

    MailAccount account() {
        return account;
    }

    GraphDiagnosis diagnosis() {
        return diagnosis;
    }

    /** The path of something of the mailbox. */
    String path(String... segments) {
        StringBuilder path = new StringBuilder("/v1.0/users/").append(GraphRequest.encoded(user));
        for (String segment : segments) {
            path.append('/').append(segment.startsWith("$") ? segment : GraphRequest.encoded(segment));
        }
        return path.toString();
    }

    /**
     * The path that a link leads to, which Graph has given.
     *
     * @throws MessagingException if it leads to somebody else
     */
    String followed(String link) throws MessagingException {
        return GraphLink.target(link, server)
                .orElseThrow(
                        () -> new MessagingException("Graph gave a link to somewhere else: " + GraphLink.shown(link)));
    }

    /** How long a caller waits for its turn altogether, from now. */
    Deadline turn() {
        return Deadline.in(quota.patience());
    }

    /**
     * Makes sure that there are a token and a connection.
     *
     * @throws MessagingException diagnosed
     */
    void open(Call call) throws MessagingException {
        requireOpen();
        try {
            asking.lock(); // Others may read from an open folder, and their connection is left alone.
            try {
                proof.fetch();
                doubt();
                connected();
            } finally {
                asking.unlock();
            }
        } catch (UnansweredException failure) {
            requireOpen();
            Diagnosis told = diagnosis.of(
                    server + " could not be reached for " + account.mailbox() + ".", null, call.facts(), failure);
            complain(told);
            throw new DiagnosedMessagingException(told, failure);
        } catch (MessagingException failure) {
            Diagnosis.of(failure).ifPresent(this::complain);
            throw failure;
        }
    }

    /**
     * Asks, and takes nothing but success.
     *
     * @throws MessagingException refused or unanswered, not diagnosed; or diagnosed if it was not even asked
     */
    GraphReply done(GraphRequest request, Deadline turn) throws MessagingException {
        GraphReply reply = asked(request, turn, null);
        if (!reply.success()) {
            throw new RefusedException(request, reply);
        }
        return reply;
    }

    /**
     * Asks for a list, page by page.
     *
     * @param first for its first page; each further one is asked for in the same way
     * @param page hears of each
     * @throws MessagingException as {@link #done}; or it has no end
     */
    void pages(GraphRequest first, Consumer<Json> page) throws MessagingException {
        Set<String> followed = new HashSet<>();
        GraphRequest next = first;
        while (next != null) {
            if (!followed.add(next.target())) {
                throw new MessagingException("Graph gave the same page twice");
            }
            Json told = done(next, turn()).json();
            page.accept(told);
            String link = told.text("@odata.nextLink");
            next = link.isEmpty() ? null : first.at(followed(link));
        }
    }

    /**
     * The same for content, however large.
     *
     * @throws MessagingException as {@link #done}
     */
    void read(GraphRequest request, Deadline turn, HttpLine.Sink sink) throws MessagingException {
        GraphReply reply = asked(request, turn, sink);
        if (!reply.success()) {
            throw new RefusedException(request, reply);
        }
    }

    /**
     * Asks, and gives back whatever Graph answers.
     *
     * @param turn until when to wait for a turn, for the end of a pause, or for another token
     * @throws MessagingException unanswered; or diagnosed if it was not even asked
     */
    GraphReply asked(GraphRequest request, Deadline turn) throws MessagingException {
        return asked(request, turn, null);
    }

    private GraphReply asked(GraphRequest request, Deadline turn, HttpLine.Sink sink) throws MessagingException {
        boolean renewed = false;
        boolean afresh = false;
        while (true) {
            GraphReply reply;
            try {
                reply = once(request, turn, sink);
            } catch (UnansweredException broken) {
                if (broken.heard() && !request.repeatable()) {
                    throw broken;
                }
                requireOpen();
                if (afresh || !broken.rested()) {
                    throw broken;
                }
                afresh = true;
                continue;
            }
            if (reply.status() == 401 && !renewed) {
                renewed = true;
                if (proof.replace(turn).isPresent()) {
                    continue;
                }
            }
            if (!again(request, reply, turn)) {
                noted(request, reply);
                return reply;
            }
        }
    }

    private boolean again(GraphRequest request, GraphReply reply, Deadline turn) throws MessagingException {
        if (reply.throttled()) {
            return quota.throttled(reply.retryAfter(), turn);
        }
        boolean passes = reply.unavailable() || (reply.unsettled() && request.repeatable());
        return passes && quota.unavailable(turn);
    }

    /** What the administrator has to mend is told him once, until it works. */
    private void noted(GraphRequest request, GraphReply reply) {
        if (reply.success()) {
            complained = null;
            quota.flows();
        } else if (reply.status() == 401 || GraphDiagnosis.code(reply).fault() == Fault.CREDENTIAL) {
            complain(diagnosis.of(
                    server + " refused " + request.method() + " for " + account.mailbox() + ".",
                    null,
                    Map.of(),
                    new RefusedException(request, reply)));
        }
    }

    /** Once, not at each request: it may be all right, and the request is made all the same. */
    private void doubt() {
        Optional<Diagnosis> doubt = proof.doubt();
        DiagnosisCode code = doubt.map(Diagnosis::code).orElse(null);
        if (doubt.isPresent() && code != doubted) {
            surroundings.listener().onConnectionFailed(doubt.get(), false);
        }
        doubted = code;
    }

    private GraphReply once(GraphRequest request, Deadline turn, HttpLine.Sink sink) throws MessagingException {
        asking.lock();
        try {
            return exchanged(request, turn, sink);
        } finally {
            asking.unlock();
        }
    }

    private GraphReply exchanged(GraphRequest request, Deadline turn, HttpLine.Sink sink) throws MessagingException {
        requireOpen();
        String token = proof.fetch();
        quota.enter(guest, turn);
        try {
            HttpLine present = connected();
            Map<String, String> headers = new LinkedHashMap<>();
            headers.put("Host", server.port() == 443 ? server.host() : server.host() + ":" + server.port());
            headers.put("Authorization", "Bearer " + token);
            headers.put("Accept-Encoding", "gzip");
            headers.put("User-Agent", "outlook-mail-connector");
            headers.putAll(request.headers());
            return exchanged(present, request, headers, sink);
        } finally {
            quota.leave(guest);
        }
    }

    private GraphReply exchanged(
            HttpLine present, GraphRequest request, Map<String, String> headers, HttpLine.Sink sink)
            throws MessagingException {
        boolean rested = present.used();
        try {
            return present.exchange(request, headers, sink);
        } catch (IOException failure) {
            drop();
            throw new UnansweredException(request, present.heard(), rested, failure);
        }
    }

    /** Something that is a request to Graph's count. */
    @FunctionalInterface
    interface Exchange {
        GraphReply run() throws MessagingException;
    }

    /** A request over another connection than this one's, in its turn. */
    GraphReply counted(Exchange exchange) throws MessagingException {
        asking.lock();
        try {
            requireOpen();
            quota.enter(guest, turn());
            try {
                return exchange.run();
            } finally {
                quota.leave(guest);
            }
        } finally {
            asking.unlock();
        }
    }

    /** Waits for a moment, or for the end of the pause that Graph asks for; whether it is worth to ask once more. */
    boolean waitedFor(GraphReply reply, Deadline turn) throws MessagingException {
        return reply.throttled() ? quota.throttled(reply.retryAfter(), turn) : quota.unavailable(turn);
    }

    /** Waits for a moment; whether it is worth to ask once more. */
    boolean waited(Deadline deadline) throws MessagingException {
        requireOpen();
        return quota.unavailable(deadline);
    }

    /** The connection, made if there is none that may be used. */
    private HttpLine connected() throws MessagingException {
        HttpLine present = line;
        if (present != null && present.idleNanos() < IDLE.toNanos() && present.reusable()) {
            return present;
        }
        drop();
        long started = System.nanoTime();
        HttpLine fresh = new HttpLine(
                WireSockets.of(account, server), server, account.route().timeouts(), writeTimeouts);
        line = fresh;
        requireOpen(); // Whoever closes it from here on finds this one.
        try {
            fresh.connect();
        } catch (IOException failure) {
            line = null;
            throw new UnansweredException(GraphRequest.get("/"), false, false, failure);
        }
        surroundings
                .listener()
                .onConnectionOpened(
                        account.mailbox(),
                        server.toString(),
                        Duration.ofNanos(System.nanoTime() - started),
                        complained != null);
        return fresh;
    }

    private void complain(Diagnosis told) {
        surroundings.listener().onConnectionFailed(told, told.code() == complained);
        complained = told.code();
    }

    /** For a connection to another server that serves parts of Graph, such as uploads. */
    HttpLine lineTo(MailServer other) throws MessagingException, IOException {
        HttpLine made = new HttpLine(
                WireSockets.of(account, other), other, account.route().timeouts(), writeTimeouts);
        upload = made;
        requireOpen(); // Whoever cuts from here on finds this one.
        made.connect();
        return made;
    }

    MailServer server() {
        return server;
    }

    /** Whether there is a connection. */
    boolean present() {
        return line != null;
    }

    /** How long nobody has used the connection; zero if there is none. */
    Duration idle() {
        HttpLine present = line;
        return present == null ? Duration.ZERO : Duration.ofNanos(present.idleNanos());
    }

    /** Gives up the connection; the next request makes another one. */
    void drop() {
        HttpLine old = taken();
        if (old != null) {
            old.cut();
            surroundings.listener().onConnectionClosed(account.mailbox(), server.toString());
        }
    }

    private synchronized HttpLine taken() {
        HttpLine old = line;
        line = null;
        return old;
    }

    /**
     * Goes on only if it has not been closed.
     *
     * @throws DiagnosedMessagingException if it has
     */
    void requireOpen() throws DiagnosedMessagingException {
        if (closed) {
            throw new DiagnosedMessagingException(
                    account.takenBack("The connection of " + account.mailbox() + " was closed while it was in use."),
                    null);
        }
    }

    /** From now on nobody asks any more. */
    void ending() {
        closed = true;
    }

    /** Ends whatever is under way. */
    void cut() {
        for (HttpLine present : Arrays.asList(line, upload)) {
            if (present != null) {
                present.cut();
            }
        }
    }
}
