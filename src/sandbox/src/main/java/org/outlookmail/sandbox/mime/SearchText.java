package org.outlookmail.sandbox.mime;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UnsupportedEncodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.List;
import java.util.Locale;

/** What SEARCH compares with, decoded and in lower case (RFC 3501, 6.4.4). Stateless. */
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
        return part.type().lowerCase().startsWith("text/") && text(part).contains(text);
    }

    private static String text(MimePart part) {
        try (InputStream in = MimeUtility.decode(new ByteArrayInputStream(part.body()), part.encoding())) {
            return new String(in.readAllBytes(), charset(part.type().parameter("charset"))).toLowerCase(Locale.ROOT);
        } catch (MessagingException | IOException undecodable) {
            // As it stands, then: a message with a fault in its encoding is still found by what is readable in it.
            return new String(part.body(), StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        }
    }

    private static Charset charset(String name) {
        try {
            return name.isEmpty() ? StandardCharsets.US_ASCII : Charset.forName(MimeUtility.javaCharset(name));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            return StandardCharsets.ISO_8859_1;
        }
    }

    private static String decoded(String value) {
        try {
            return MimeUtility.decodeText(value).toLowerCase(Locale.ROOT);
        } catch (UnsupportedEncodingException unknown) {
            return value.toLowerCase(Locale.ROOT);
        }
    }
}
