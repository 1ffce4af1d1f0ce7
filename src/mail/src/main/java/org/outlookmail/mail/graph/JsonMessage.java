package org.outlookmail.mail.graph;

import jakarta.mail.BodyPart;
import jakarta.mail.Header;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimePart;
import jakarta.mail.internet.MimeUtility;
import jakarta.mail.internet.ParseException;
import java.io.IOException;
import java.io.UnsupportedEncodingException;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.outlookmail.DiagnosedSendException;

/**
 * A message that is too large for Graph in one piece, taken apart into what its JSON has fields for: subject, people, one body,
 * attachments, and such header fields as it takes. What has no place there is refused, never left out; but of a text that is
 * there in HTML too, Exchange makes the plain one anew.
 */
final class JsonMessage {

    /** More are refused ({@code InvalidInternetMessageHeaderCollection}). */
    private static final int MAX_HEADERS = 5;

    /** What Exchange writes itself, or what the fields of JSON say. */
    private static final Set<String> SAID = Set.of(
            "from",
            "sender",
            "reply-to",
            "to",
            "cc",
            "bcc",
            "subject",
            "date",
            "message-id",
            "mime-version",
            "content-type",
            "content-transfer-encoding",
            "content-disposition",
            "content-description",
            "content-language",
            "content-id",
            "in-reply-to",
            "references",
            "importance",
            "disposition-notification-to",
            "return-receipt-to",
            "received",
            "return-path");

    /** By which the headers of a thread are set: PidTagInReplyToId and PidTagInternetReferences. */
    private static final Map<String, String> MAPI =
            Map.of("In-Reply-To", "String 0x1042", "References", "String 0x1039");

    /** Structures whose octets mean something. */
    private static final List<String> SEALED = List.of(
            "multipart/signed",
            "multipart/encrypted",
            "multipart/report",
            "application/pkcs7-mime",
            "application/x-pkcs7-mime",
            "text/calendar");

    /** Of a text. */
    private static final Set<String> FORMS = Set.of("text/plain", "text/html");

    private final Envelope envelope;
    private final MimeMessage message;
    private final Map<String, Object> fields = new LinkedHashMap<>();
    private final List<Attachment> attachments = new ArrayList<>();
    private String html;
    private String plain;

    private JsonMessage(Envelope envelope, MimeMessage message) {
        this.envelope = envelope;
        this.message = message;
    }

    /**
     * Takes it apart.
     *
     * @param message as it leaves
     * @param hidden who is to get it without being named
     * @throws DiagnosedSendException if something of it has no place in JSON
     */
    static JsonMessage of(Envelope envelope, MimeMessage message, List<String> hidden)
            throws MessagingException, IOException {
        JsonMessage json = new JsonMessage(envelope, message);
        json.people(hidden);
        json.headers();
        json.part(message, "the body", false, false);
        json.body();
        return json;
    }

    /** Without its attachments. */
    Map<String, Object> fields() {
        return fields;
    }

    List<Attachment> attachments() {
        return attachments;
    }

    private void people(List<String> hidden) throws MessagingException {
        fields.put("subject", message.getSubject() == null ? "" : message.getSubject());
        single("from", "From");
        single("sender", "Sender");
        fields.put("toRecipients", many("To"));
        fields.put("ccRecipients", many("Cc"));
        fields.put("replyTo", many("Reply-To"));
        List<Map<String, Object>> bcc = new ArrayList<>();
        for (String each : hidden) {
            bcc.add(recipient(each, null));
        }
        fields.put("bccRecipients", bcc);
    }

    private void single(String name, String field) throws MessagingException {
        List<Map<String, Object>> addresses = many(field);
        if (addresses.size() > 1) {
            throw envelope.carried("several addresses in the field " + field, "its JSON takes one");
        }
        if (!addresses.isEmpty()) {
            fields.put(name, addresses.get(0));
        }
    }

    private List<Map<String, Object>> many(String field) throws MessagingException {
        List<Map<String, Object>> all = new ArrayList<>();
        String value = message.getHeader(field, ",");
        if (value == null) {
            return all;
        }
        try {
            for (InternetAddress each : InternetAddress.parseHeader(value, false)) {
                if (each.isGroup()) {
                    throw envelope.carried("a group in the field " + field, "its JSON knows addresses alone");
                }
                all.add(recipient(each.getAddress(), each.getPersonal()));
            }
            return all;
        } catch (AddressException unreadable) {
            throw envelope.carried("the field " + field, "it cannot be read: " + unreadable.getMessage());
        }
    }

    private static Map<String, Object> recipient(String address, String name) {
        Map<String, Object> email = new LinkedHashMap<>();
        email.put("address", address);
        if (name != null && !name.isEmpty()) {
            email.put("name", name);
        }
        return Map.of("emailAddress", email);
    }

    private void headers() throws MessagingException {
        List<Map<String, Object>> own = new ArrayList<>();
        Enumeration<Header> all = message.getAllHeaders();
        while (all.hasMoreElements()) {
            Header header = all.nextElement();
            String name = header.getName().toLowerCase(Locale.ROOT);
            if (name.startsWith("x-")) {
                own.add(Map.of("name", header.getName(), "value", MimeUtility.unfold(header.getValue())));
            } else if (!SAID.contains(name)) {
                throw envelope.carried(
                        "the field " + header.getName(),
                        "the message is too large for one piece, and of other fields Graph takes only those that begin with"
                                + " X-");
            }
        }
        if (own.size() > MAX_HEADERS) {
            throw envelope.carried(
                    own.size() + " fields that begin with X-",
                    "the message is too large for one piece, and of such it takes 5");
        }
        if (!own.isEmpty()) {
            fields.put("internetMessageHeaders", own);
        }
        thread();
        String importance = text("Importance").toLowerCase(Locale.ROOT);
        if (Set.of("low", "normal", "high").contains(importance)) {
            fields.put("importance", importance);
        }
        if (!text("Disposition-Notification-To").isEmpty()) {
            fields.put("isReadReceiptRequested", true);
        }
        if (!text("Return-Receipt-To").isEmpty()) {
            fields.put("isDeliveryReceiptRequested", true);
        }
        if (!text("Message-ID").isEmpty()) {
            fields.put("internetMessageId", text("Message-ID"));
        }
    }

    private void thread() throws MessagingException {
        List<Map<String, Object>> properties = new ArrayList<>();
        for (Map.Entry<String, String> each : MAPI.entrySet()) {
            if (!text(each.getKey()).isEmpty()) {
                properties.add(Map.of("id", each.getValue(), "value", text(each.getKey())));
            }
        }
        if (!properties.isEmpty()) {
            fields.put("singleValueExtendedProperties", properties);
        }
    }

    private String text(String field) throws MessagingException {
        String value = message.getHeader(field, " ");
        return value == null ? "" : MimeUtility.unfold(value).strip();
    }

    /**
     * Finds the place of a part.
     *
     * @param where for people
     * @param related whether it belongs to a text in HTML, which shows it
     * @param alternative whether it is one form of several of the same
     */
    private void part(Part part, String where, boolean related, boolean alternative)
            throws MessagingException, IOException {
        String type = type(part);
        if (SEALED.contains(type)) {
            throw envelope.carried(where + " (" + type + ")", "it would not arrive as it was made in pieces");
        }
        if (type.startsWith("multipart/")) {
            inner(
                    (Multipart) part.getContent(),
                    where,
                    related || type.equals("multipart/related"),
                    alternative || type.equals("multipart/alternative"));
        } else if (!text(part, type, where, alternative)) {
            attachments.add(Attachment.of((MimePart) part, type, related, attachments.size() + 1));
        }
    }

    private void inner(Multipart parts, String where, boolean related, boolean alternative)
            throws MessagingException, IOException {
        for (int index = 0; index < parts.getCount(); index++) {
            BodyPart each = parts.getBodyPart(index);
            String name = (where.equals("the body") ? "part " : where + ".") + (index + 1);
            String type = type(each);
            if (isAlternative(parts)
                    && !FORMS.contains(type)
                    && !SEALED.contains(type)
                    && !type.startsWith("multipart/")) {
                throw envelope.carried(
                        name + ", a further form of the text (" + type + ")",
                        "its JSON knows plain text and HTML, and as a file it would be something else");
            }
            part(each, name, related, alternative);
        }
    }

    private static boolean isAlternative(Multipart parts) {
        return parts.getContentType().toLowerCase(Locale.ROOT).startsWith("multipart/alternative");
    }

    /** Whether it is the text that is read first, in one of its two forms. */
    private boolean text(Part part, String type, String where, boolean alternative)
            throws MessagingException, IOException {
        if (!FORMS.contains(type)
                || Part.ATTACHMENT.equalsIgnoreCase(part.getDisposition())
                || part.getFileName() != null) {
            return false;
        }
        boolean taken = type.equals("text/html") ? html != null : plain != null;
        boolean another = type.equals("text/html") ? plain != null : html != null;
        if (taken || (another && !alternative)) {
            throw envelope.carried(
                    where + ", a further text",
                    "the message is too large for one piece, and in pieces it has one text");
        }
        String content = String.valueOf(part.getContent());
        if (type.equals("text/html")) {
            html = content;
        } else {
            plain = content;
        }
        return true;
    }

    private void body() {
        fields.put(
                "body",
                Map.of(
                        "contentType",
                        html == null ? "text" : "html",
                        "content",
                        html != null ? html : plain == null ? "" : plain));
    }

    private static String type(Part part) throws MessagingException {
        try {
            return new ContentType(part.getContentType()).getBaseType().toLowerCase(Locale.ROOT);
        } catch (ParseException unreadable) {
            return "application/octet-stream";
        }
    }

    /** A file that belongs to a message. */
    record Attachment(MimePart part, String type, String name, String contentId, boolean inline) {

        static Attachment of(MimePart part, String type, boolean related, int number) throws MessagingException {
            String id = part.getContentID() == null ? "" : part.getContentID().replaceAll("[<>\\s]", "");
            String name = name(part);
            String called = !name.isEmpty() ? name : !id.isEmpty() ? id : "attachment-" + number;
            boolean inline = !id.isEmpty() && (related || Part.INLINE.equalsIgnoreCase(part.getDisposition()));
            return new Attachment(part, type, called, id, inline);
        }

        private static String name(MimePart part) throws MessagingException {
            String name = part.getFileName();
            try {
                return name == null ? "" : MimeUtility.decodeText(name);
            } catch (UnsupportedEncodingException unknown) {
                return name;
            }
        }

        /** What JSON says of it beside its content. */
        Map<String, Object> fields() {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("name", name);
            fields.put("contentType", type);
            fields.put("isInline", inline);
            if (!contentId.isEmpty()) {
                fields.put("contentId", contentId);
            }
            return fields;
        }
    }
}
