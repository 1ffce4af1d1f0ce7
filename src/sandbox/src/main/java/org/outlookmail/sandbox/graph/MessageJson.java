package org.outlookmail.sandbox.graph;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MailDateFormat;
import java.text.ParseException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.outlookmail.sandbox.mailstore.MailMessage;
import org.outlookmail.sandbox.mime.Decoded;
import org.outlookmail.sandbox.mime.MimePart;

/** A message as Graph tells it (resource type "message"). Stateless. */
final class MessageJson {
    private static final int PREVIEW = 255;
    private static final Set<String> SYSTEM_FLAGS =
            Set.of("\\answered", "\\deleted", "\\draft", "\\flagged", "\\seen", "\\recent");

    private MessageJson() {}

    /** The whole of it, but for the headers, which must be selected. */
    static ObjectNode of(MailMessage message, boolean immutable, Set<String> select) {
        MimePart part = message.part();
        ObjectNode json = GraphCall.MAPPER.createObjectNode();
        String changeKey = Long.toHexString(message.place().change());
        json.put("@odata.etag", "W/\"" + changeKey + "\"");
        json.put("id", Ids.of(message, immutable));
        json.put("changeKey", changeKey);
        json.put("createdDateTime", time(message.received()));
        json.put("lastModifiedDateTime", time(message.received()));
        json.put("receivedDateTime", time(message.received()));
        json.put("sentDateTime", time(sent(part).orElse(message.received())));
        json.put("subject", field(part, "Subject"));
        json.put("internetMessageId", field(part, "Message-ID"));
        json.put("importance", importance(part));
        json.put("parentFolderId", message.place().folder().id());
        json.put("isRead", message.has("\\Seen"));
        json.put("isDraft", message.has("\\Draft"));
        json.put("hasAttachments", Attachments.of(part).stream().anyMatch(each -> !each.inline()));
        json.putObject("flag").put("flagStatus", message.has("\\Flagged") ? "flagged" : "notFlagged");
        ArrayNode categories = json.putArray("categories");
        message.flags().stream()
                .filter(flag -> !SYSTEM_FLAGS.contains(flag.toLowerCase(Locale.ROOT)))
                .sorted()
                .forEach(categories::add);
        body(json, part);
        one(json, "from", part, "From");
        one(json, "sender", part, part.header("Sender").isPresent() ? "Sender" : "From");
        many(json, "toRecipients", part, "To");
        many(json, "ccRecipients", part, "Cc");
        many(json, "bccRecipients", part, "Bcc");
        many(json, "replyTo", part, "Reply-To");
        if (select.contains("internetMessageHeaders")) {
            ArrayNode headers = json.putArray("internetMessageHeaders");
            part.fields()
                    .forEach(
                            each -> headers.addObject().put("name", each.name()).put("value", each.value()));
        }
        return selected(json, select);
    }

    /** With $select, id and etag come all the same. */
    private static ObjectNode selected(ObjectNode json, Set<String> select) {
        if (!select.isEmpty()) {
            json.retain(Stream.concat(select.stream(), Stream.of("@odata.etag", "id"))
                    .toList());
        }
        return json;
    }

    static String time(Instant moment) {
        return moment.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static Optional<Instant> sent(MimePart part) {
        return part.header("Date").flatMap(MessageJson::date);
    }

    private static Optional<Instant> date(String text) {
        try {
            return Optional.of(new MailDateFormat().parse(text).toInstant());
        } catch (ParseException noDate) {
            return Optional.empty();
        }
    }

    private static String field(MimePart part, String name) {
        return part.header(name).map(Decoded::field).orElse("");
    }

    private static String importance(MimePart part) {
        String importance = field(part, "Importance").toLowerCase(Locale.ROOT);
        return Set.of("low", "high").contains(importance) ? importance : "normal";
    }

    private static void body(ObjectNode json, MimePart part) {
        Optional<MimePart> html = text(part, "text/html");
        MimePart body = html.or(() -> text(part, "text/plain")).orElse(null);
        String content = body == null ? "" : Decoded.text(body);
        json.putObject("body")
                .put("contentType", html.isPresent() ? "html" : "text")
                .put("content", content);
        String plain =
                content.replaceAll("<[^>]*>", " ").replaceAll("\\s+", " ").strip();
        json.put("bodyPreview", plain.substring(0, Math.min(plain.length(), PREVIEW)));
    }

    /** The first text of that type that is no attachment. */
    static Optional<MimePart> text(MimePart part, String type) {
        if (part.parts().isEmpty()) {
            boolean attached = part.disposition().lowerCase().equals("attachment");
            return part.type().lowerCase().equals(type) && !attached ? Optional.of(part) : Optional.empty();
        }
        return part.parts().stream()
                .map(each -> text(each, type))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static void one(ObjectNode json, String name, MimePart part, String header) {
        addresses(part, header).stream().findFirst().ifPresent(address -> recipient(json.putObject(name), address));
    }

    private static void many(ObjectNode json, String name, MimePart part, String header) {
        ArrayNode list = json.putArray(name);
        addresses(part, header).forEach(address -> recipient(list.addObject(), address));
    }

    private static void recipient(ObjectNode json, InternetAddress address) {
        String personal = address.getPersonal();
        json.putObject("emailAddress")
                .put("name", personal == null ? address.getAddress() : personal)
                .put("address", address.getAddress());
    }

    /** The addresses of all fields of that name, the members of groups among them; none if they cannot be read. */
    static List<InternetAddress> addresses(MimePart part, String header) {
        String all = String.join(", ", part.headers(header));
        List<InternetAddress> addresses = new ArrayList<>();
        try {
            for (InternetAddress address : InternetAddress.parseHeader(all, false)) {
                InternetAddress[] members = address.getGroup(false);
                addresses.addAll(members == null ? List.of(address) : List.of(members));
            }
            return addresses;
        } catch (AddressException unreadable) {
            return List.of();
        }
    }
}
