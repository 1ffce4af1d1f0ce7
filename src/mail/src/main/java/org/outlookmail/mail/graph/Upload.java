package org.outlookmail.mail.graph;

import jakarta.mail.MessagingException;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.outlookmail.mail.MailServer;

/**
 * Uploads one large attachment in pieces, in their order. The address of the upload carries its own right: nobody shows a
 * token there. After a break it goes on where Graph says that it wants to.
 *
 * <p>Thread rule: one use, one thread.
 */
final class Upload {

    /** A multiple of 320 KiB, as Graph wishes, and below 4 MB. */
    private static final int PIECE = 12 * 320 * 1024;

    private static final int MOST_BREAKS = 5;

    private static final Pattern EXPECTED = Pattern.compile("(\\d{1,12})-.*");

    private final GraphClient client;
    private final String messageId;
    private final JsonMessage.Attachment attachment;
    private final long size;

    Upload(GraphClient client, String messageId, JsonMessage.Attachment attachment, long size) {
        this.client = client;
        this.messageId = messageId;
        this.attachment = attachment;
        this.size = size;
    }

    /** Uploads it; whether Graph has confirmed the whole of it. */
    boolean run() throws MessagingException, IOException {
        Map<String, Object> item = new LinkedHashMap<>(attachment.fields());
        item.put("attachmentType", "file");
        item.put("size", size);
        GraphRequest opening = GraphRequest.post(
                        client.path("messages", messageId, "attachments", "createUploadSession"),
                        Map.of("AttachmentItem", item))
                .repeatableToo(); // A session that nobody uses ends by itself.
        String url = client.done(opening, client.turn()).json().text("uploadUrl");
        MailServer server = GraphLink.server(url)
                .orElseThrow(
                        () -> new MessagingException("Graph gave no address for an upload: " + GraphLink.shown(url)));
        String target = GraphLink.anyTarget(url).orElseThrow();
        try (UploadLine line = new UploadLine(client, server)) {
            pieces(line, target);
            return !line.unsure();
        }
    }

    private void pieces(UploadLine line, String target) throws MessagingException, IOException {
        long next = 0;
        int breaks = 0;
        InputStream content = attachment.part().getInputStream();
        try {
            while (next < size) {
                byte[] piece = content.readNBytes(PIECE);
                if (piece.length == 0) {
                    throw new IOException("the attachment " + attachment.name() + " is shorter than it was");
                }
                GraphRequest put = GraphRequest.put(target, piece)
                        .with("Content-Range", "bytes " + next + "-" + (next + piece.length - 1) + "/" + size);
                long wanted = line.put(put, next + piece.length);
                if (wanted != next + piece.length) {
                    breaks++;
                    if (breaks > MOST_BREAKS) {
                        throw new MessagingException(
                                "the upload of " + attachment.name() + " broke " + breaks + " times");
                    }
                    content.close();
                    content = attachment.part().getInputStream();
                    content.skipNBytes(wanted);
                }
                next = wanted;
            }
        } finally {
            content.close();
        }
    }

    /** What Graph wants next. */
    static long expected(Json answer, long otherwise) {
        List<String> ranges = answer.texts("nextExpectedRanges");
        Matcher first = EXPECTED.matcher(ranges.isEmpty() ? "" : ranges.get(0));
        return first.matches() ? Long.parseLong(first.group(1)) : otherwise;
    }
}
