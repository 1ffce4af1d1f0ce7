package org.outlookmail.sandbox.graph;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Base64;
import java.util.List;
import org.outlookmail.sandbox.mailstore.MailMessage;
import org.outlookmail.sandbox.mime.MimePart;

/** {@code /messages/{id}/attachments}. Safe for any thread. */
final class AttachmentRoutes {
    /** From here on an upload session is wanted. */
    private static final int MAX_POSTED = 3 * 1024 * 1024;

    private final UploadSessions uploads;

    AttachmentRoutes(UploadSessions uploads) {
        this.uploads = uploads;
    }

    /** {@code asked} is behind "attachments". */
    GraphAnswer answer(MailboxCall asked, MailMessage message) throws GraphException {
        GraphCall call = asked.call();
        if (call.segments() == 0) {
            return switch (call.method()) {
                case "GET" -> list(asked, message);
                case "POST" -> add(asked, message);
                default -> throw GraphException.methodNotAllowed();
            };
        }
        if (call.segment().equals("createUploadSession")) {
            asked.mustWrite();
            return uploads.open(asked, draft(message));
        }
        MimePart part = message.part();
        Attachments.Attachment found = Attachments.find(part, call.segment());
        return switch (call.method() + " " + call.segment(1)) {
            case "GET " -> {
                asked.mustRead();
                yield GraphAnswer.json(200, found.json(true));
            }
            case "GET $value" -> {
                asked.mustRead();
                yield GraphAnswer.octets(
                        found.part().message().isPresent()
                                ? "text/plain"
                                : found.part().type().value(),
                        found.content());
            }
            case "DELETE " -> {
                asked.mustWrite();
                byte[] left = MessageMime.detach(
                        draft(message).octets(), Attachments.of(part).indexOf(found));
                message.place().folder().replace(message, left);
                yield GraphAnswer.empty(204);
            }
            default -> throw GraphException.methodNotAllowed();
        };
    }

    private static MailMessage draft(MailMessage message) throws GraphException {
        if (!message.has("\\Draft")) {
            throw GraphException.badRequest("ErrorInvalidRequest", "Attachments can be changed on a draft only.");
        }
        return message;
    }

    private static GraphAnswer list(MailboxCall asked, MailMessage message) throws GraphException {
        asked.mustRead();
        boolean content = !asked.call().query("$select").isEmpty()
                ? asked.call().query("$select").contains("contentBytes")
                : true;
        List<Attachments.Attachment> all = Attachments.of(message.part());
        return Page.of(asked, all, each -> each.json(content));
    }

    private static GraphAnswer add(MailboxCall asked, MailMessage message) throws GraphException {
        asked.mustWrite();
        ObjectNode json = asked.call().json();
        int base64 = json.path("contentBytes").asText().length();
        if (base64 / 4 * 3 > MAX_POSTED) {
            throw new GraphException(
                    413, "ErrorAttachmentSizeLimitExceeded", "An attachment of 3 MB or more needs an upload session.");
        }
        MailMessage changed = attach(draft(message), json);
        List<Attachments.Attachment> all = Attachments.of(changed.part());
        return GraphAnswer.json(201, all.get(all.size() - 1).json(false));
    }

    static MailMessage attach(MailMessage message, ObjectNode json) throws GraphException {
        return message.place().folder().replace(message, MessageMime.attach(message.octets(), json));
    }

    /** The attachment that an upload has brought. */
    static MailMessage attach(MailMessage message, ObjectNode item, byte[] content) throws GraphException {
        ObjectNode json = item.deepCopy();
        json.put("@odata.type", "#microsoft.graph.fileAttachment");
        json.put("contentBytes", Base64.getEncoder().encodeToString(content));
        return attach(message, json);
    }
}
