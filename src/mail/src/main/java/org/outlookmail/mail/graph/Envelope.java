package org.outlookmail.mail.graph;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.InternetHeaders;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.outlookmail.DiagnosedSendException;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.mail.MailAccount;
import org.outlookmail.mail.message.MessageFacts;
import org.outlookmail.mail.message.OutgoingMessage;
import org.outlookmail.mail.message.SmtpMessageOptions;

/**
 * An envelope in the words of Graph, which has none: it sends to whom the header names. Whoever is in the envelope and not in
 * the header becomes a Bcc; whoever is in the header and not in the envelope would get what is not for him, so that nothing
 * is sent.
 */
final class Envelope {

    private final MailAccount account;
    private final OutgoingMessage message;

    Envelope(MailAccount account, OutgoingMessage message) {
        this.account = account;
        this.message = message;
    }

    /**
     * The recipients of the envelope that the header does not name.
     *
     * @param header as it leaves
     * @throws DiagnosedSendException if the header names others, or the envelope asks for what Graph does not know
     */
    List<String> hidden(InternetHeaders header) throws DiagnosedSendException {
        requireKnown();
        Map<String, String> wanted = new LinkedHashMap<>();
        Arrays.stream(message.recipients()).forEach(each -> wanted.put(key(each), each.getAddress()));
        List<String> hidden = new ArrayList<>(wanted.keySet());
        for (String field : List.of("To", "Cc")) {
            for (InternetAddress named : named(header, field)) {
                if (!wanted.containsKey(key(named))) {
                    throw withheld(field, named);
                }
                hidden.remove(key(named));
            }
        }
        return hidden.stream().map(wanted::get).toList();
    }

    /** A field of these, as a line of a header without its end; empty for none. */
    static String bcc(List<String> hidden) {
        return hidden.isEmpty() ? "" : hidden.stream().collect(Collectors.joining(",\r\n ", "Bcc: ", "\r\n"));
    }

    private static String key(InternetAddress address) {
        return String.valueOf(address.getAddress()).toLowerCase(Locale.ROOT);
    }

    private List<InternetAddress> named(InternetHeaders header, String field) throws DiagnosedSendException {
        List<InternetAddress> named = new ArrayList<>();
        String value = header.getHeader(field, ",");
        if (value == null) {
            return named;
        }
        try {
            for (InternetAddress each : InternetAddress.parseHeader(value, false)) {
                InternetAddress[] members = each.isGroup() ? each.getGroup(false) : null;
                named.addAll(members == null ? List.of(each) : List.of(members));
            }
            return named;
        } catch (AddressException unreadable) {
            throw carried("the field " + field, "it cannot be read: " + unreadable.getMessage());
        }
    }

    /** What SMTP's commands would say and Graph has no word for. */
    private void requireKnown() throws DiagnosedSendException {
        SmtpMessageOptions options = message.options();
        if (options.reported() != 0 || options.returned() != 0) {
            throw carried("a request for delivery reports (RFC 3461)", "it is part of SMTP's envelope");
        }
        if (options.extension() != null && !options.extension().isBlank()) {
            throw carried("further parameters of MAIL", "they are part of SMTP's envelope");
        }
        String from = options.from();
        if (!from.isEmpty()
                && message.originators().from().stream().noneMatch(from::equalsIgnoreCase)
                && !from.equalsIgnoreCase(account.mailbox())) {
            throw carried("the sender " + from + " of the envelope", "reports go to the mailbox alone");
        }
    }

    private DiagnosedSendException withheld(String field, InternetAddress named) {
        Map<String, String> details = facts();
        details.put("field", field);
        details.put("address", named.getAddress());
        return message.refused(
                account.diagnosis(
                        DiagnosisCode.GRAPH_RECIPIENT_WITHHELD,
                        "The field " + field + " of a message of " + account.mailbox() + " names " + named.getAddress()
                                + ", who is not among its recipients.",
                        details),
                null);
    }

    /**
     * Something that would not arrive as it is.
     *
     * @param what a field, a part, or something of the envelope
     * @param why in short
     */
    DiagnosedSendException carried(String what, String why) {
        Map<String, String> details = facts();
        details.put("part", what);
        return message.refused(
                account.diagnosis(
                        DiagnosisCode.GRAPH_CANNOT_CARRY,
                        "Graph cannot carry " + what + " of a message of " + account.mailbox() + ": " + why + ".",
                        details),
                null);
    }

    private Map<String, String> facts() {
        Map<String, String> details = new LinkedHashMap<>();
        details.put("mailbox", account.mailbox());
        details.put("server", account.out().server().toString());
        details.put("subject", MessageFacts.subject(message.message()));
        details.put("messageId", message.messageId());
        return details;
    }
}
