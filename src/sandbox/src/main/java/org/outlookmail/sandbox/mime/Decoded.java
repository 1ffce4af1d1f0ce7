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

/** What parts and fields mean, their encodings undone (RFC 2045, RFC 2047). Stateless. */
public final class Decoded {
    private Decoded() {}

    /** The content of a part; as it stands, if its encoding cannot be undone. */
    public static byte[] octets(MimePart part) {
        try (InputStream in = MimeUtility.decode(new ByteArrayInputStream(part.body()), part.encoding())) {
            return in.readAllBytes();
        } catch (MessagingException | IOException undecodable) {
            return part.body();
        }
    }

    /** The text of a part, in its charset. */
    public static String text(MimePart part) {
        return new String(octets(part), charset(part.type().parameter("charset")));
    }

    private static Charset charset(String name) {
        try {
            return name.isEmpty() ? StandardCharsets.US_ASCII : Charset.forName(MimeUtility.javaCharset(name));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            return StandardCharsets.ISO_8859_1;
        }
    }

    /** A field's value; if its chars are octets, UTF-8 in it is read as such (RFC 6532). */
    public static String field(String value) {
        boolean octets = value.chars().allMatch(each -> each <= 0xFF);
        String utf8 = new String(value.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        String text = octets && utf8.indexOf('\uFFFD') < 0 ? utf8 : value;
        try {
            return MimeUtility.decodeText(text);
        } catch (UnsupportedEncodingException unknown) {
            return text;
        }
    }
}
