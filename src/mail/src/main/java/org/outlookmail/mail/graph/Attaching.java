package org.outlookmail.mail.graph;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimePart;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.outlookmail.mail.Deadline;

/**
 * Adds attachments to a draft: small ones by a request, large ones in pieces. Whether one is there that nobody has confirmed,
 * their number tells.
 *
 * <p>Thread rule: one use, one thread.
 */
final class Attaching {

    /** In base64 they fill a request. */
    private static final long SMALL = 3_000_000;

    private final GraphClient client;
    private final String messageId;

    Attaching(GraphClient client, String messageId) {
        this.client = client;
        this.messageId = messageId;
    }

    void all(List<JsonMessage.Attachment> attachments, Deadline turn) throws MessagingException, IOException {
        int there = 0;
        boolean sure = true;
        for (JsonMessage.Attachment each : attachments) {
            long size = size(each.part());
            if (size < SMALL) {
                small(each, there, turn);
            } else {
                sure &= new Upload(client, messageId, each, size).run();
            }
            there++;
        }
        if (!sure && count(turn) != there) {
            throw new MessagingException("an upload ended and left no attachment");
        }
    }

    private static long size(MimePart part) throws MessagingException, IOException {
        try (InputStream content = part.getInputStream()) {
            return content.transferTo(OutputStream.nullOutputStream());
        }
    }

    private void small(JsonMessage.Attachment attachment, int before, Deadline turn)
            throws MessagingException, IOException {
        Map<String, Object> fields = new LinkedHashMap<>(attachment.fields());
        fields.put("@odata.type", "#microsoft.graph.fileAttachment");
        try (InputStream content = attachment.part().getInputStream()) {
            fields.put("contentBytes", Base64.getEncoder().encodeToString(content.readAllBytes()));
        }
        GraphRequest adding = GraphRequest.post(client.path("messages", messageId, "attachments"), fields);
        for (int attempt = 1; ; attempt++) {
            GraphReply reply = null;
            try {
                reply = client.asked(adding, turn);
            } catch (UnansweredException broken) {
                if (attempt > 2) {
                    throw broken;
                }
            }
            if (reply != null && reply.success()) {
                return;
            }
            boolean unsure = reply == null || reply.unsettled();
            if (unsure && attempt <= 2 && count(turn) > before) {
                return;
            }
            boolean early = reply != null && reply.status() == 404 && client.waited(turn);
            if (!early && !(unsure && attempt <= 2)) {
                throw new RefusedException(adding, reply);
            }
        }
    }

    private long count(Deadline turn) throws MessagingException {
        return client.done(
                        GraphRequest.get(client.path("messages", messageId, "attachments") + "?$select=id&$top=1000"),
                        turn)
                .json()
                .list("value")
                .size();
    }
}
