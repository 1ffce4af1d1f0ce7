package org.outlookmail.sample;

import java.util.List;

/**
 * A message in a list. What the server does not tell is null, and so absent from the JSON.
 *
 * @param uid its number in the folder (RFC 3501, section 2.3.1.1); null over POP3
 * @param messageId its Message-ID, in angle brackets
 * @param from the first author, such as {@code Ann <ann@contoso.com>}
 * @param to the recipients of the To field; perhaps empty
 * @param subject decoded
 * @param sentDate the Date field, an ISO 8601 instant
 * @param receivedDate when the mailbox took it in, an ISO 8601 instant
 * @param seen whether somebody has read it
 * @param size in bytes; null if unknown
 */
public record MailSummary(
        Long uid,
        String messageId,
        String from,
        List<String> to,
        String subject,
        String sentDate,
        String receivedDate,
        boolean seen,
        Integer size) {

    public MailSummary {
        to = List.copyOf(to);
    }
}
