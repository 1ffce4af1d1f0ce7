package org.outlookmail.sandbox;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/**
 * A message for people outside the box. Nothing leaves the box: it stays in this list.
 *
 * @param mailbox the mailbox that sent it
 * @param envelopeFrom the address of MAIL FROM, empty for the null sender
 * @param recipients only those outside
 * @param envelope the MAIL and RCPT commands that were accepted, as the client wrote them
 * @param accepted when, by the box's clock
 * @param size in bytes
 * @param mime the message, one char per byte (ISO 8859-1)
 */
public record OutboundMessage(
        String mailbox,
        String envelopeFrom,
        List<String> recipients,
        List<String> envelope,
        Instant accepted,
        int size,
        String mime) {

    /** Copies the lists. */
    public OutboundMessage {
        envelope = List.copyOf(envelope);
        recipients = List.copyOf(recipients);
    }

    /** The message's bytes. */
    public byte[] bytes() {
        return mime.getBytes(StandardCharsets.ISO_8859_1);
    }
}
