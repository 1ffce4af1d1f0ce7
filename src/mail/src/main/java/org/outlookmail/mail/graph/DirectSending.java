package org.outlookmail.mail.graph;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimePart;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import org.outlookmail.mail.Call;
import org.outlookmail.mail.DeliveryFailure;

/**
 * Sends a message by one request, {@code sendMail}. Only 202 means that Graph has taken it; whoever gets no answer, or that of
 * a server on the way, cannot know.
 */
final class DirectSending {

    /** With the rest of the request below 4 MB. */
    private static final int MAX_JSON = 4_000_000;

    private static final int ACCEPTED = 202;

    private final GraphClient client;
    private final SendFailures failures;

    DirectSending(GraphClient client, SendFailures failures) {
        this.client = client;
        this.failures = failures;
    }

    /**
     * In MIME, exact to the octet.
     *
     * @param bcc a field of those whom the header does not name, or empty
     */
    Optional<DeliveryFailure> inMime(String bcc, Spool mime, Call call) throws MessagingException, IOException {
        return sent(GraphRequest.mime(client.path("sendMail"), withBcc(bcc, mime)), call);
    }

    static byte[] withBcc(String bcc, Spool mime) throws IOException {
        byte[] octets = mime.octets();
        byte[] first = bcc.getBytes(StandardCharsets.UTF_8);
        byte[] all = new byte[first.length + octets.length];
        System.arraycopy(first, 0, all, 0, first.length);
        System.arraycopy(octets, 0, all, first.length, octets.length);
        return all;
    }

    /**
     * In JSON, the only form in which Graph keeps no copy.
     *
     * @param tooLarge what is thrown if it is too large for that
     */
    Optional<DeliveryFailure> inJson(
            JsonMessage message, Call call, LongFunction<? extends MessagingException> tooLarge)
            throws MessagingException, IOException {
        Map<String, Object> fields = new LinkedHashMap<>(message.fields());
        List<Map<String, Object>> attachments = new ArrayList<>();
        long size = 0;
        for (JsonMessage.Attachment each : message.attachments()) {
            byte[] content = content(each.part(), MAX_JSON - size);
            size += content.length;
            if (size * 4 / 3 > MAX_JSON) {
                throw tooLarge.apply(size);
            }
            Map<String, Object> attachment = new LinkedHashMap<>(each.fields());
            attachment.put("@odata.type", "#microsoft.graph.fileAttachment");
            attachment.put("contentBytes", Base64.getEncoder().encodeToString(content));
            attachments.add(attachment);
        }
        if (!attachments.isEmpty()) {
            fields.put("attachments", attachments);
        }
        GraphRequest request =
                GraphRequest.post(client.path("sendMail"), Map.of("message", fields, "saveToSentItems", false));
        if (request.body().length > MAX_JSON) {
            throw tooLarge.apply(request.body().length);
        }
        return sent(request, call);
    }

    private static byte[] content(MimePart part, long most) throws MessagingException, IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        try (InputStream in = part.getInputStream()) {
            content.writeBytes(in.readNBytes((int) Math.max(0, most) + 1));
        }
        return content.toByteArray();
    }

    private Optional<DeliveryFailure> sent(GraphRequest request, Call call) throws MessagingException {
        GraphRequest sending = request.needing("Mail.Send");
        GraphReply reply;
        try {
            reply = client.asked(sending, call.turn());
        } catch (UnansweredException broken) {
            if (!broken.heard()) {
                client.requireOpen();
            }
            return Optional.of(broken.heard() ? unknown(broken.getMessage(), broken) : failures.notSent(broken));
        }
        if (reply.status() == ACCEPTED) {
            return Optional.empty();
        }
        if (reply.unsettled()) {
            return Optional.of(unknown(reply.words(), null));
        }
        return Optional.of(
                reply.success() ? failures.notTaken(reply) : failures.notSent(new RefusedException(sending, reply)));
    }

    private DeliveryFailure unknown(String words, Exception cause) {
        return failures.unknown(
                client.server()
                        + " got the whole message and did not say whether it takes it. With graphSend=\"draft\" that"
                        + " is found out.",
                words,
                cause);
    }
}
