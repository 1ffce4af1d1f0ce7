package org.outlookmail.sandbox.graph;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.outlookmail.sandbox.mailstore.MailMessage;
import org.outlookmail.sandbox.mailstore.Mailbox;

/** Large attachments that come in pieces, in their order. Safe for any thread. */
final class UploadSessions {
    private static final long MAX_SIZE = 150L * 1024 * 1024;
    private static final int MAX_PIECE = 4 * 1024 * 1024;
    private static final Duration LIFE = Duration.ofHours(1);
    private static final Pattern RANGE = Pattern.compile("bytes (\\d{1,10})-(\\d{1,10})/(\\d{1,10})");

    private final Clock clock;
    private final String base;
    private final Map<String, Session> sessions = new ConcurrentHashMap<>();

    /** One attachment on its way; guarded by itself. */
    private static final class Session {
        private final Mailbox mailbox;
        private final String messageId;
        private final ObjectNode item;
        private final long size;
        private final Instant expires;
        private final ByteArrayOutputStream content = new ByteArrayOutputStream();

        Session(Mailbox mailbox, String messageId, ObjectNode item, long size, Instant expires) {
            this.mailbox = mailbox;
            this.messageId = messageId;
            this.item = item;
            this.size = size;
            this.expires = expires;
        }
    }

    /** {@code base} is the address under which the pieces are taken, with a slash at its end. */
    UploadSessions(Clock clock, String base) {
        this.clock = clock;
        this.base = base;
    }

    GraphAnswer open(MailboxCall asked, MailMessage message) throws GraphException {
        if (!asked.call().json().path("AttachmentItem").isObject()) {
            throw GraphException.badRequest("ErrorInvalidRequest", "The parameter AttachmentItem is missing.");
        }
        ObjectNode item = (ObjectNode) asked.call().json().path("AttachmentItem");
        long size = item.path("size").asLong();
        if (size < 1 || size > MAX_SIZE) {
            throw GraphException.badRequest("ErrorInvalidRequest", "The attachment's size must be 1 to 150 MB.");
        }
        Instant expires = clock.instant().plus(LIFE);
        String id = UUID.randomUUID().toString();
        sessions.put(id, new Session(asked.mailbox(), message.id(), item, size, expires));
        ObjectNode json = GraphCall.MAPPER.createObjectNode();
        json.put("uploadUrl", base + id);
        json.put("expirationDateTime", expires.toString());
        json.putArray("nextExpectedRanges").add("0-");
        return GraphAnswer.json(201, json);
    }

    /** A piece (PUT), what is missing (GET) or the end (DELETE); the address is all the proof that is asked for. */
    GraphAnswer answer(String id, GraphCall call) throws GraphException {
        Session session = sessions.get(id);
        if (session == null || !clock.instant().isBefore(session.expires)) {
            throw new GraphException(404, "ErrorItemNotFound", "The upload session was not found.");
        }
        return switch (call.method()) {
            case "PUT" -> piece(id, session, call);
            case "GET" -> GraphAnswer.json(200, missing(session));
            case "DELETE" -> {
                sessions.remove(id);
                yield GraphAnswer.empty(204);
            }
            default -> throw GraphException.methodNotAllowed();
        };
    }

    private static ObjectNode missing(Session session) {
        ObjectNode json = GraphCall.MAPPER.createObjectNode();
        synchronized (session) {
            json.put("expirationDateTime", session.expires.toString());
            json.putArray("nextExpectedRanges").add(session.content.size() + "-");
        }
        return json;
    }

    private GraphAnswer piece(String id, Session session, GraphCall call) throws GraphException {
        Matcher range = RANGE.matcher(call.header("Content-Range"));
        if (!range.matches() || call.body().length > MAX_PIECE) {
            throw GraphException.badRequest(
                    "ErrorInvalidRequest", "Content-Range is missing or wrong, or the piece is larger than 4 MB.");
        }
        synchronized (session) {
            long first = Long.parseLong(range.group(1));
            long last = Long.parseLong(range.group(2));
            boolean fits = last - first + 1 == call.body().length && Long.parseLong(range.group(3)) == session.size;
            if (!fits || first != session.content.size()) {
                throw new GraphException(416, "ErrorInvalidRange", "The range is not the next expected one.");
            }
            session.content.writeBytes(call.body());
            if (session.content.size() < session.size) {
                return GraphAnswer.json(200, missing(session));
            }
            sessions.remove(id);
            MailMessage message = session.mailbox.message(session.messageId).orElseThrow(GraphException::itemNotFound);
            MailMessage changed = AttachmentRoutes.attach(message, session.item, session.content.toByteArray());
            List<Attachments.Attachment> all = Attachments.of(changed.part());
            return GraphAnswer.empty(201)
                    .with(
                            "Location",
                            base + id + "/attachments/"
                                    + all.get(all.size() - 1).id());
        }
    }
}
