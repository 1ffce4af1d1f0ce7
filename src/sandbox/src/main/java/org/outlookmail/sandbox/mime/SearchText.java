package org.outlookmail.sandbox.mime;

import java.util.List;
import java.util.Locale;

/** Whether something is in a message, decoded and whatever its case (RFC 3501, 6.4.4). Stateless. */
public final class SearchText {
    private SearchText() {}

    /** Whether a field of that name has the text, which is in lower case; any field if it is empty. */
    public static boolean inField(MimePart message, String name, String text) {
        return message.headers(name).stream().anyMatch(value -> decoded(value).contains(text));
    }

    /** Whether the header has the text. */
    public static boolean inHeader(MimePart message, String text) {
        return message.fields().stream()
                .anyMatch(field -> decoded(field.name() + ": " + field.value()).contains(text));
    }

    /** Whether one of the texts in the body has the text. */
    public static boolean inBody(MimePart part, String text) {
        if (part.message().isPresent()) {
            MimePart message = part.message().get();
            return inHeader(message, text) || inBody(message, text);
        }
        List<MimePart> parts = part.parts();
        if (!parts.isEmpty()) {
            return parts.stream().anyMatch(each -> inBody(each, text));
        }
        return part.type().lowerCase().startsWith("text/")
                && Decoded.text(part).toLowerCase(Locale.ROOT).contains(text);
    }

    private static String decoded(String value) {
        return Decoded.field(value).toLowerCase(Locale.ROOT);
    }
}
