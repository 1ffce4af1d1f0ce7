package org.outlookmail.mail.graph;

import java.io.IOException;
import java.util.List;

/**
 * What a draft is made of.
 *
 * @param creation the request that makes it
 * @param attachments what is added to it afterwards
 */
record Draft(GraphRequest creation, List<JsonMessage.Attachment> attachments) {

    Draft {
        attachments = List.copyOf(attachments);
    }

    /** All at once. */
    static Draft inMime(GraphClient client, String bcc, Spool mime) throws IOException {
        return new Draft(GraphRequest.mime(client.path("messages"), DirectSending.withBcc(bcc, mime)), List.of());
    }

    /** First the text, then one attachment after the other. */
    static Draft inPieces(GraphClient client, JsonMessage message) {
        return new Draft(GraphRequest.post(client.path("messages"), message.fields()), message.attachments());
    }
}
