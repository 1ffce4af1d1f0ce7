package org.outlookmail.sandbox.control;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.outlookmail.sandbox.OutboundMessage;
import org.outlookmail.sandbox.StoredMessage;

/** Messages as the control API shows them: the MIME text only when asked for. Stateless. */
final class Views {
    private Views() {}

    /** A stored message; {@code raw} is null unless asked for. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Stored(
            long uid,
            String folder,
            String received,
            List<String> flags,
            int size,
            List<StoredMessage.Header> headers,
            String raw) {}

    /** A message for outside; {@code raw} is null unless asked for. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Outbound(
            String mailbox,
            String envelopeFrom,
            List<String> recipients,
            List<String> envelope,
            String accepted,
            int size,
            String raw) {}

    static List<Stored> stored(List<StoredMessage> messages, boolean raw) {
        return messages.stream()
                .map(message -> new Stored(
                        message.uid(),
                        message.folder(),
                        message.received().toString(),
                        message.flags(),
                        message.size(),
                        message.headers(),
                        raw ? message.mime() : null))
                .toList();
    }

    static List<Outbound> outbound(List<OutboundMessage> messages, boolean raw) {
        return messages.stream()
                .map(message -> new Outbound(
                        message.mailbox(),
                        message.envelopeFrom(),
                        message.recipients(),
                        message.envelope(),
                        message.accepted().toString(),
                        message.size(),
                        raw ? message.mime() : null))
                .toList();
    }
}
