package org.outlookmail.sandbox.graph;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.mail.internet.ParameterList;
import jakarta.mail.internet.ParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.outlookmail.sandbox.mime.Decoded;
import org.outlookmail.sandbox.mime.MimePart;

/** The attachments of a message: every part that is not one of its texts. Stateless. */
final class Attachments {
    private Attachments() {}

    /** One of them; its number in the message names it. */
    record Attachment(String id, MimePart part, boolean inline) {
        /** The name it was given. */
        String name() {
            return parameter("Content-Disposition", "filename")
                    .or(() -> parameter("Content-Type", "name"))
                    .map(Decoded::field)
                    .orElse("attachment-" + id);
        }

        /** A parameter, put together and decoded (RFC 2231). */
        private Optional<String> parameter(String field, String name) {
            String value = part.header(field).orElse("");
            int semicolon = value.indexOf(';');
            try {
                return semicolon < 0
                        ? Optional.empty()
                        : Optional.ofNullable(new ParameterList(value.substring(semicolon)).get(name));
            } catch (ParseException unreadable) {
                return Optional.empty();
            }
        }

        byte[] content() {
            return part.message().isPresent() ? part.body() : Decoded.octets(part);
        }

        ObjectNode json(boolean withContent) {
            ObjectNode json = GraphCall.MAPPER.createObjectNode();
            boolean item = part.message().isPresent();
            json.put("@odata.type", item ? "#microsoft.graph.itemAttachment" : "#microsoft.graph.fileAttachment");
            json.put("id", id);
            json.put("name", name());
            json.put("contentType", item ? null : part.type().value());
            json.put("size", content().length);
            json.put("isInline", inline);
            part.header("Content-ID").ifPresent(cid -> json.put("contentId", cid.replaceAll("[<>]", "")));
            if (withContent && !item) {
                json.put("contentBytes", Base64.getEncoder().encodeToString(content()));
            }
            return json;
        }
    }

    static List<Attachment> of(MimePart message) {
        List<Attachment> found = new ArrayList<>();
        collect(message, MessageJson.text(message, "text/html"), MessageJson.text(message, "text/plain"), found);
        return found;
    }

    private static void collect(
            MimePart part, Optional<MimePart> html, Optional<MimePart> plain, List<Attachment> found) {
        if (!part.parts().isEmpty()) {
            part.parts().forEach(each -> collect(each, html, plain, found));
            return;
        }
        boolean body = html.filter(each -> each == part).isPresent()
                || plain.filter(each -> each == part).isPresent();
        if (!body) {
            boolean inline = part.header("Content-ID").isPresent()
                    && !part.disposition().lowerCase().equals("attachment");
            found.add(new Attachment("ATT" + (found.size() + 1), part, inline));
        }
    }

    static Attachment find(MimePart message, String id) throws GraphException {
        return of(message).stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow(GraphException::itemNotFound);
    }
}
