package org.outlookmail.sample;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParsingException;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reads the JSON of one mail to send. By hand rather than by JSON-B, which stops at the first fault and cannot say what
 * it expected; here every fault is collected.
 *
 * <p>Thread rule: one request, one thread.
 */
final class DraftReader {

    private static final Set<String> FIELDS = Set.of("from", "to", "subject", "text", "via");
    private static final String ADDRESS = "an e-mail address such as ann@contoso.com";
    private static final String ADDRESSES = "an array of one or more e-mail addresses such as [\"ann@contoso.com\"]";
    /** RFC 5322, section 2.1.1, allows 998 characters in a line; Exchange Online shows 255 of a subject. */
    private static final int MAX_SUBJECT_CHARACTERS = 255;

    private final JsonObject json;
    private final Complaints complaints = new Complaints();

    private DraftReader(JsonObject json) {
        this.json = json;
    }

    /**
     * Reads a draft.
     *
     * @param body JSON in UTF-8 (RFC 8259); not null
     * @throws InvalidRequestException with everything that is wrong
     */
    static MailDraft read(byte[] body) {
        return new DraftReader(parse(body)).draft();
    }

    private static JsonObject parse(byte[] body) {
        Complaints complaints = new Complaints();
        try (JsonReader reader = Json.createReader(new ByteArrayInputStream(body))) {
            return reader.readObject();
        } catch (JsonParsingException malformed) {
            // Not the parser's own message, which repeats the input, nor its column, which is wrong at the end of it.
            complaints.add(
                    "body",
                    "well-formed JSON",
                    "a mistake in line " + malformed.getLocation().getLineNumber());
        } catch (JsonException | IllegalStateException notAnObject) {
            complaints.add("body", "a JSON object in UTF-8", "something else, or nothing");
        }
        complaints.throwIfAny();
        throw new IllegalStateException("unreachable: a complaint was made");
    }

    private MailDraft draft() {
        InternetAddress from = null;
        if (present("from")) {
            from = address("from", json.get("from"));
        }
        List<InternetAddress> to = recipients();
        String subject = subject();
        String text = string("text", "the text of the mail");
        Via via = present("via") ? complaints.via(string("via", Via.EXPECTED)) : Via.FACTORY;
        for (String field : json.keySet()) {
            if (!FIELDS.contains(field)) {
                complaints.add(field, "one of the fields from, to, subject, text, via", "a field that is not known");
            }
        }
        complaints.throwIfAny();
        return new MailDraft(from, to, subject, text, via);
    }

    private List<InternetAddress> recipients() {
        List<InternetAddress> addresses = new ArrayList<>();
        if (!present("to")) {
            complaints.missing("to", ADDRESSES);
        } else if (json.get("to").getValueType() != JsonValue.ValueType.ARRAY) {
            complaints.add("to", ADDRESSES, json.get("to").toString());
        } else if (json.getJsonArray("to").isEmpty()) {
            complaints.add("to", ADDRESSES, "an empty array");
        } else {
            int index = 0;
            for (JsonValue value : json.getJsonArray("to")) {
                InternetAddress address = address("to[" + index++ + "]", value);
                if (address != null) {
                    addresses.add(address);
                }
            }
        }
        return addresses;
    }

    /** An address, or null after a complaint. */
    private InternetAddress address(String field, JsonValue value) {
        InternetAddress address = value instanceof JsonString text ? parsed(text.getString()) : null;
        if (address == null) {
            complaints.add(field, ADDRESS, value.toString());
        }
        return address;
    }

    /** One address (RFC 5322, section 3.4), or null if the text is anything else, such as a list or a group. */
    private static InternetAddress parsed(String text) {
        if (Complaints.hasControlCharacter(text)) {
            return null;
        }
        try {
            InternetAddress address = new InternetAddress(text.strip(), true);
            return address.isGroup() ? null : address;
        } catch (AddressException malformed) {
            return null;
        }
    }

    private String subject() {
        String subject = string("subject", "the subject of the mail");
        if (Complaints.hasControlCharacter(subject) || subject.length() > MAX_SUBJECT_CHARACTERS) {
            complaints.add(
                    "subject",
                    "one line of at most " + MAX_SUBJECT_CHARACTERS + " characters without control characters",
                    json.get("subject").toString());
        }
        return subject;
    }

    /** A text, or the empty text after a complaint. */
    private String string(String field, String meaning) {
        if (!present(field)) {
            complaints.missing(field, meaning);
        } else if (json.get(field) instanceof JsonString text) {
            return text.getString();
        } else {
            complaints.add(
                    field, meaning + ", as a JSON string", json.get(field).toString());
        }
        return "";
    }

    private boolean present(String field) {
        return json.containsKey(field) && !json.isNull(field);
    }
}
