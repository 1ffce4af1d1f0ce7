package org.outlookmail.sandbox.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.outlookmail.sandbox.mailstore.MailFolder;
import org.outlookmail.sandbox.mailstore.MailMessage;

/** {@code /messages}, of the mailbox or of a folder, and {@code /messages/{id}}. Safe for any thread. */
final class MessageRoutes {
    private final Clock clock;
    private final Outgoing outgoing;
    private final AttachmentRoutes attachments;

    MessageRoutes(Clock clock, Outgoing outgoing, AttachmentRoutes attachments) {
        this.clock = clock;
        this.outgoing = outgoing;
        this.attachments = attachments;
    }

    /** Lists messages, or makes one; of all folders if {@code folder} is null. */
    GraphAnswer many(MailboxCall asked, MailFolder folder) throws GraphException {
        return switch (asked.call().method()) {
            case "GET" -> list(asked, folder);
            case "POST" -> create(asked, folder);
            default -> throw GraphException.methodNotAllowed();
        };
    }

    private static GraphAnswer list(MailboxCall asked, MailFolder folder) throws GraphException {
        asked.mustRead();
        GraphCall call = asked.call();
        List<MailFolder> folders = folder == null ? asked.mailbox().folders() : List.of(folder);
        List<MailMessage> messages = new ArrayList<>();
        folders.forEach(each -> messages.addAll(each.messages().values()));
        Filter filter = Filter.of(call);
        messages.removeIf(message -> !filter.fits(message));
        messages.sort(order(call));
        Set<String> select = select(call);
        return Page.of(asked, messages, each -> MessageJson.of(each, call.immutableIds(), select));
    }

    static Set<String> select(GraphCall call) {
        return Arrays.stream(call.query("$select").split(",", -1))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** The newest first, as Graph does without being asked. */
    private static Comparator<MailMessage> order(GraphCall call) throws GraphException {
        Comparator<MailMessage> oldest = Comparator.comparing(MailMessage::received)
                .thenComparing(message -> message.place().came());
        return switch (call.query("$orderby").strip().replaceAll("\\s+", " ")) {
            case "", "receivedDateTime desc" -> oldest.reversed();
            case "receivedDateTime", "receivedDateTime asc" -> oldest;
            default ->
                throw GraphException.badRequest(
                        "ErrorInvalidUrlQuery",
                        "The sandbox orders by receivedDateTime only: " + call.query("$orderby"));
        };
    }

    private GraphAnswer create(MailboxCall asked, MailFolder folder) throws GraphException {
        asked.mustWrite();
        GraphCall call = asked.call();
        MailFolder target = folder == null ? Ids.folder(asked.mailbox(), "drafts") : folder;
        JsonNode json = call.isText() ? GraphCall.MAPPER.createObjectNode() : call.json();
        String mailbox = asked.mailbox().address();
        byte[] mime = call.isText() ? Outgoing.mime(call) : MessageMime.create(json, mailbox);
        if (call.isText() && mime.length > Outgoing.MAX_MIME_OCTETS) {
            throw new GraphException(413, "ErrorMessageSizeExceeded", "The message is too large.");
        }
        Set<String> flags = new HashSet<>();
        flags.add("\\Seen");
        if (!sent(json)) {
            flags.add("\\Draft");
        }
        long uid = target.append(outgoing.complete(mailbox, mime), flags, clock.instant());
        MailMessage made = target.message(uid).orElseThrow(GraphException::itemNotFound);
        change(made, json);
        return GraphAnswer.json(201, MessageJson.of(made, call.immutableIds(), Set.of()));
    }

    /** The MAPI property by which JSON makes a message that is no draft (PidTagMessageFlags, MSGFLAG_READ). */
    private static boolean sent(JsonNode json) {
        for (JsonNode property : json.path("singleValueExtendedProperties")) {
            if (property.path("id").asText().equalsIgnoreCase("Integer 0x0E07")
                    && property.path("value").asText().equals("1")) {
                return true;
            }
        }
        return false;
    }

    /** {@code asked} is behind the id. */
    GraphAnswer one(MailboxCall asked, MailMessage message) throws GraphException {
        GraphCall call = asked.call();
        String what = call.segment();
        if (what.equals("attachments")) {
            return attachments.answer(asked.behind(1), message);
        }
        if (call.segments() > 1) {
            throw GraphException.unknownPath(call.segment(1));
        }
        return switch (call.method() + " " + what) {
            case "GET " -> {
                asked.mustRead();
                yield GraphAnswer.json(200, MessageJson.of(message, call.immutableIds(), select(call)));
            }
            case "GET $value" -> {
                asked.mustRead();
                yield GraphAnswer.octets("text/plain", message.octets());
            }
            case "PATCH " -> patch(asked, message);
            case "DELETE " -> {
                asked.mustWrite();
                remove(asked, message);
                yield GraphAnswer.empty(204);
            }
            case "POST move" -> moved(asked, message);
            case "POST copy" -> copied(asked, message);
            case "POST send" -> send(asked, message);
            default -> throw what.isEmpty() ? GraphException.methodNotAllowed() : GraphException.unknownPath(what);
        };
    }

    private static GraphAnswer patch(MailboxCall asked, MailMessage message) throws GraphException {
        asked.mustWrite();
        ObjectNode json = asked.call().json();
        MailMessage current = message;
        boolean content =
                List.of("subject", "body", "toRecipients", "ccRecipients", "bccRecipients", "from", "replyTo").stream()
                        .anyMatch(json::has);
        if (content) {
            if (!message.has("\\Draft")) {
                throw GraphException.badRequest("ErrorInvalidPropertySet", "The property can only be set on a draft.");
            }
            current = message.place().folder().replace(message, MessageMime.patch(message.octets(), json));
        }
        change(current, json);
        return GraphAnswer.json(200, MessageJson.of(current, asked.call().immutableIds(), Set.of()));
    }

    /** What is not the message but what is noted on it. */
    private static void change(MailMessage message, JsonNode json) {
        Set<String> given = new HashSet<>();
        Set<String> taken = new HashSet<>();
        if (json.has("isRead")) {
            (json.path("isRead").asBoolean() ? given : taken).add("\\Seen");
        }
        if (json.path("flag").has("flagStatus")) {
            boolean flagged = json.path("flag").path("flagStatus").asText().equals("flagged");
            (flagged ? given : taken).add("\\Flagged");
        }
        if (json.has("categories")) {
            message.flags().stream().filter(flag -> !flag.startsWith("\\")).forEach(taken::add);
            json.path("categories").forEach(each -> given.add(each.asText()));
        }
        MailMessage.Place place = message.place();
        place.folder().flag(place.uid(), given, taken);
    }

    /** The first time it goes to Deleted Items, from there for good. */
    private static void remove(MailboxCall asked, MailMessage message) throws GraphException {
        MailMessage.Place place = message.place();
        MailFolder bin = Ids.folder(asked.mailbox(), "deleteditems");
        if (place.folder().equals(bin)) {
            bin.remove(List.of(place.uid()));
        } else {
            place.folder().move(List.of(place.uid()), bin);
        }
    }

    private static MailFolder target(MailboxCall asked) throws GraphException {
        asked.mustWrite();
        return Ids.folder(
                asked.mailbox(), asked.call().json().path("destinationId").asText());
    }

    private static GraphAnswer moved(MailboxCall asked, MailMessage message) throws GraphException {
        MailMessage.Place place = message.place();
        place.folder().move(List.of(place.uid()), target(asked));
        return GraphAnswer.json(201, MessageJson.of(message, asked.call().immutableIds(), Set.of()));
    }

    private static GraphAnswer copied(MailboxCall asked, MailMessage message) throws GraphException {
        MailMessage.Place place = message.place();
        MailFolder target = target(asked);
        Map<Long, Long> uids = place.folder().copy(List.of(place.uid()), target);
        MailMessage copy =
                target.message(uids.getOrDefault(place.uid(), -1L)).orElseThrow(GraphException::itemNotFound);
        return GraphAnswer.json(201, MessageJson.of(copy, asked.call().immutableIds(), Set.of()));
    }

    /** A draft goes to Sent Items with its id, and to its recipients. */
    private GraphAnswer send(MailboxCall asked, MailMessage message) throws GraphException {
        asked.mustSend();
        asked.mustWrite();
        if (!message.has("\\Draft")) {
            throw GraphException.badRequest("ErrorInvalidRequest", "Only a draft can be sent.");
        }
        String mailbox = asked.mailbox().address();
        List<String> recipients = outgoing.checked(mailbox, message.octets());
        MailMessage.Place place = message.place();
        place.folder().flag(place.uid(), Set.of("\\Seen"), Set.of("\\Draft"));
        place.folder().move(List.of(place.uid()), Ids.folder(asked.mailbox(), "sentitems"));
        outgoing.send(mailbox, recipients, message.octets());
        return GraphAnswer.empty(202);
    }
}
