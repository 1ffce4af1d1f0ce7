package org.outlookmail.sandbox.graph;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** {@code POST /users/{id}/sendMail}, in JSON or in MIME. Stateless. */
final class SendMail {
    private SendMail() {}

    static GraphAnswer answer(MailboxCall asked, Outgoing outgoing) throws GraphException {
        asked.mustSend();
        GraphCall call = asked.call();
        if (!call.method().equals("POST")) {
            throw GraphException.methodNotAllowed();
        }
        String mailbox = asked.mailbox().address();
        boolean keep = true;
        byte[] mime;
        if (call.isText()) {
            mime = Outgoing.mime(call);
            if (mime.length > Outgoing.MAX_MIME_OCTETS) {
                return GraphAnswer.empty(200);
            }
        } else {
            ObjectNode json = call.json();
            if (!json.path("message").isObject()) {
                throw GraphException.badRequest("ErrorInvalidRequest", "The parameter message is missing.");
            }
            mime = MessageMime.create(json.path("message"), mailbox);
            keep = json.path("saveToSentItems").asBoolean(true);
        }
        byte[] complete = outgoing.complete(mailbox, mime);
        List<String> recipients = outgoing.checked(mailbox, complete);
        if (keep) {
            outgoing.keep(mailbox, complete);
        }
        outgoing.send(mailbox, recipients, complete);
        return GraphAnswer.empty(202);
    }
}
