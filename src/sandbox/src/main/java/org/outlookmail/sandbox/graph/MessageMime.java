package org.outlookmail.sandbox.graph;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.activation.DataHandler;
import jakarta.mail.BodyPart;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/** Makes and changes the MIME of a message as JSON asks for. Stateless. */
final class MessageMime {
    private static final int MAX_HEADERS = 5;
    private static final Map<String, String> MAPI =
            Map.of("string 0x1042", "In-Reply-To", "string 0x1039", "References");

    private MessageMime() {}

    /** A message that keeps its Message-ID. */
    private static final class Kept extends MimeMessage {
        Kept(byte[] octets) throws MessagingException {
            super(session(), new ByteArrayInputStream(octets));
        }

        Kept() {
            super(session());
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            if (getHeader("Message-ID") == null) {
                super.updateMessageID();
            }
        }
    }

    private static Session session() {
        Properties lenient = new Properties();
        lenient.setProperty("mail.mime.address.strict", "false");
        return Session.getInstance(lenient);
    }

    /** A change of a message; what it throws is the client's fault. */
    private interface Change {
        void of(Kept message) throws MessagingException, IOException, GraphException;
    }

    /** A new message of JSON, with its attachments. */
    static byte[] create(JsonNode json, String mailbox) throws GraphException {
        return changed(new Kept(), message -> {
            message.setFrom(new InternetAddress(mailbox, false));
            message.setText("", StandardCharsets.UTF_8.name());
            apply(message, json);
            for (JsonNode attachment : json.path("attachments")) {
                attach(message, attachment);
            }
        });
    }

    /** The message with what JSON says of subject, body and people. */
    static byte[] patch(byte[] octets, JsonNode json) throws GraphException {
        return changed(parsed(octets), message -> apply(message, json));
    }

    /** The message with a further attachment. */
    static byte[] attach(byte[] octets, JsonNode attachment) throws GraphException {
        return changed(parsed(octets), message -> attach(message, attachment));
    }

    /** The message without one of its attachments, by its place among them. */
    static byte[] detach(byte[] octets, int index) throws GraphException {
        return changed(parsed(octets), message -> {
            Multipart mixed = (Multipart) message.getContent();
            // The first part is the body.
            mixed.removeBodyPart(index + 1);
            message.setContent(mixed);
        });
    }

    private static Kept parsed(byte[] octets) throws GraphException {
        try {
            return new Kept(octets);
        } catch (MessagingException e) {
            throw malformed(e);
        }
    }

    private static byte[] changed(Kept message, Change change) throws GraphException {
        try {
            change.of(message);
            message.saveChanges();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            message.writeTo(out);
            return out.toByteArray();
        } catch (MessagingException | IOException e) {
            throw malformed(e);
        }
    }

    private static GraphException malformed(Exception e) {
        return GraphException.badRequest("ErrorInvalidRequest", "The message cannot be made: " + e.getMessage());
    }

    private static void apply(Kept message, JsonNode json) throws MessagingException, GraphException, IOException {
        if (json.has("subject")) {
            message.setSubject(json.path("subject").asText(), StandardCharsets.UTF_8.name());
        }
        if (json.path("from").has("emailAddress")) {
            message.setFrom(address(json.path("from")));
        }
        recipients(message, Message.RecipientType.TO, json.path("toRecipients"));
        recipients(message, Message.RecipientType.CC, json.path("ccRecipients"));
        recipients(message, Message.RecipientType.BCC, json.path("bccRecipients"));
        if (json.path("replyTo").isArray()) {
            message.setReplyTo(addresses(json.path("replyTo")));
        }
        if (json.has("importance")) {
            message.setHeader("Importance", json.path("importance").asText());
        }
        if (json.path("body").has("content")) {
            body(message, json.path("body"));
        }
        headers(message, json);
    }

    private static void headers(Kept message, JsonNode json) throws MessagingException, GraphException {
        if (json.path("internetMessageHeaders").size() > MAX_HEADERS) {
            throw GraphException.badRequest(
                    "InvalidInternetMessageHeaderCollection",
                    "Maximum number of headers in one message should be less than or equal to 5.");
        }
        for (JsonNode header : json.path("internetMessageHeaders")) {
            String name = header.path("name").asText();
            if (!name.toLowerCase(Locale.ROOT).matches("x-[!-9;-~]+")) {
                throw GraphException.badRequest(
                        "InvalidInternetMessageHeader",
                        "The internet message header name '" + name + "' should start with 'x-' or 'X-'.");
            }
            message.addHeader(name, header.path("value").asText().replaceAll("[\\r\\n]+", " "));
        }
        if (json.hasNonNull("internetMessageId")) {
            message.setHeader(
                    "Message-ID", json.path("internetMessageId").asText().replaceAll("[\\r\\n]+", " "));
        }
        for (JsonNode property : json.path("singleValueExtendedProperties")) {
            String name = MAPI.get(property.path("id").asText().toLowerCase(Locale.ROOT));
            if (name != null) {
                message.setHeader(name, property.path("value").asText().replaceAll("[\\r\\n]+", " "));
            }
        }
    }

    private static void body(Part part, JsonNode body) throws MessagingException, IOException {
        String content = body.path("content").asText();
        String type = body.path("contentType").asText("text").equalsIgnoreCase("html") ? "html" : "plain";
        Part text = part;
        while (text.getContent() instanceof Multipart inside && inside.getCount() > 0) {
            text = inside.getBodyPart(0);
        }
        text.setContent(content, "text/" + type + "; charset=utf-8");
    }

    private static void attach(Kept message, JsonNode attachment)
            throws MessagingException, IOException, GraphException {
        if (!attachment
                .path("@odata.type")
                .asText("#microsoft.graph.fileAttachment")
                .endsWith("fileAttachment")) {
            throw GraphException.badRequest("ErrorInvalidRequest", "Only file attachments are taken here.");
        }
        byte[] content;
        try {
            content = Base64.getDecoder().decode(attachment.path("contentBytes").asText());
        } catch (IllegalArgumentException e) {
            throw GraphException.badRequest("ErrorInvalidRequest", "contentBytes is no base64.");
        }
        MimeBodyPart part = new MimeBodyPart();
        String type = attachment.path("contentType").asText("application/octet-stream");
        part.setDataHandler(new DataHandler(new ByteArrayDataSource(content, type)));
        part.setHeader("Content-Transfer-Encoding", "base64");
        part.setFileName(attachment.path("name").asText("attachment"));
        boolean inline = attachment.path("isInline").asBoolean();
        part.setDisposition(inline ? Part.INLINE : Part.ATTACHMENT);
        if (attachment.hasNonNull("contentId")) {
            part.setContentID("<" + attachment.path("contentId").asText().replaceAll("[<>\\r\\n]", "") + ">");
        }
        mixed(message).addBodyPart(part);
    }

    /** The multipart of the message, made around its body if there is none. */
    private static Multipart mixed(Kept message) throws MessagingException, IOException {
        if (message.isMimeType("multipart/mixed") && message.getContent() instanceof Multipart mixed) {
            message.setContent(mixed);
            return mixed;
        }
        // Until then the header does not name the type of what was set.
        message.saveChanges();
        BodyPart body = new MimeBodyPart();
        body.setContent(message.getContent(), message.getContentType());
        message.removeHeader("Content-Transfer-Encoding");
        MimeMultipart mixed = new MimeMultipart();
        mixed.addBodyPart(body);
        message.setContent(mixed);
        return mixed;
    }

    private static void recipients(Kept message, Message.RecipientType type, JsonNode list)
            throws MessagingException, UnsupportedEncodingException {
        if (list.isArray()) {
            message.setRecipients(type, addresses(list));
        }
    }

    private static InternetAddress[] addresses(JsonNode list) throws AddressException, UnsupportedEncodingException {
        List<InternetAddress> addresses = new ArrayList<>();
        for (JsonNode recipient : list) {
            addresses.add(address(recipient));
        }
        return addresses.toArray(InternetAddress[]::new);
    }

    private static InternetAddress address(JsonNode recipient) throws AddressException, UnsupportedEncodingException {
        JsonNode email = recipient.path("emailAddress");
        InternetAddress address = new InternetAddress(email.path("address").asText(), false);
        String name = email.path("name").asText();
        if (!name.isEmpty() && !name.equals(address.getAddress())) {
            address.setPersonal(name, StandardCharsets.UTF_8.name());
        }
        return address;
    }
}
