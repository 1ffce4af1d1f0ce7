package org.outlookmail.mail.message;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.io.UnsupportedEncodingException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.outlookmail.OneLine;

/**
 * One field of a message's header (RFC 5322, section 2.2). Immutable.
 *
 * @param name in lower case
 * @param text the whole field with its folds, without the line end after it
 */
record HeaderField(String name, String text) {

    static final String LINE_END = "\r\n|\r|\n";

    /** The blanks are of section 4.5.1; some servers see the field behind them. */
    private static final Pattern NAME = Pattern.compile("([!-9;-~]+)[ \\t]*:");

    private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\x7F]");

    private static final Pattern MESSAGE_ID = Pattern.compile("\\s*<([^<>@\\s]+)@([^<>@\\s]+)>\\s*");

    private static final Set<String> WITH_ADDRESSES = Set.of(
            "from",
            "sender",
            "reply-to",
            "to",
            "cc",
            "resent-from",
            "resent-sender",
            "resent-reply-to",
            "resent-to",
            "resent-cc",
            "return-receipt-to",
            "disposition-notification-to",
            "errors-to");

    /** Of those for whom they are meant, nobody else may see them (RFC 5322, sections 3.6.3 and 3.6.6). */
    private static final Set<String> BLIND = Set.of("bcc", "resent-bcc");

    /**
     * Reads a field as the server will see it: a line break that is no fold would begin another one.
     *
     * @throws UnsendableException if it is none, or more than one
     */
    static HeaderField of(String text) throws UnsendableException {
        Matcher named = NAME.matcher(text);
        if (!named.lookingAt()) {
            // Such as the line "From ..." before a message in an mbox, or a name with blanks in it.
            throw UnsendableException.malformed(
                    null, "the line \"" + OneLine.of(text.split(LINE_END, 2)[0]) + "\" of its header is no field");
        }
        HeaderField field = new HeaderField(named.group(1).toLowerCase(Locale.ROOT), text);
        String[] lines = text.split(LINE_END, -1);
        for (int i = 1; i < lines.length; i++) {
            if (!folded(lines[i])) {
                throw UnsendableException.malformed(null, "the field " + named.group(1) + " has a line break in it");
            }
        }
        if (text.indexOf('\0') >= 0) {
            throw UnsendableException.malformed(null, "the field " + named.group(1) + " has a NUL in it");
        }
        return field;
    }

    /** Whether a line belongs to the field before it. */
    static boolean folded(String line) {
        return line.startsWith(" ") || line.startsWith("\t");
    }

    boolean blind() {
        return BLIND.contains(name);
    }

    boolean international() {
        return !EnvelopeAddress.ascii(text);
    }

    /** The addresses in it, strictly. */
    List<EnvelopeAddress> addresses() throws AddressException {
        if (CONTROL.matcher(text).find()) {
            throw UnsendableException.malformed(null, "the field " + name + " has a control character in it");
        }
        if (goesOnBehindBracket(value())) {
            throw UnsendableException.malformed(null, "the field " + name + " goes on behind the > of an address");
        }
        List<EnvelopeAddress> addresses = new ArrayList<>();
        for (InternetAddress address : InternetAddress.parse(value(), true)) {
            addresses.add(EnvelopeAddress.of(address.getAddress()));
        }
        return addresses;
    }

    /** Jakarta Mail passes over what stands there, however strict; another reader may take it for the address. */
    private static boolean goesOnBehindBracket(String value) {
        boolean quoted = false;
        boolean closed = false;
        int comments = 0;
        for (int at = 0; at < value.length(); at++) {
            char c = value.charAt(at);
            if (c == '\\') {
                at++; // RFC 5322, section 3.2.1: whatever it is, it is text.
            } else if (quoted) {
                quoted = c != '"';
            } else if (c == '(' || (c == ')' && comments > 0)) {
                comments += c == '(' ? 1 : -1;
            } else if (comments == 0 && !Character.isWhitespace(c)) {
                if (closed && c != ',' && c != ';') {
                    return true;
                }
                quoted = c == '"';
                closed = c == '>';
            }
        }
        return false;
    }

    private String value() {
        String meant = meant();
        return meant.substring(meant.indexOf(':') + 1).replaceAll(LINE_END, "").trim();
    }

    /**
     * The same field in ASCII, for servers that know no other: domains as A-labels, names encoded (RFC 2047). Empty if that
     * is impossible.
     */
    Optional<String> inAscii() {
        try {
            String told = name.equals("message-id") ? messageId() : WITH_ADDRESSES.contains(name) ? encoded() : null;
            return Optional.ofNullable(told).filter(EnvelopeAddress::ascii);
        } catch (AddressException | UnsupportedEncodingException none) {
            return Optional.empty();
        }
    }

    private String encoded() throws AddressException, UnsupportedEncodingException {
        InternetAddress[] addresses = InternetAddress.parse(value(), true);
        for (InternetAddress address : addresses) {
            address.setAddress(EnvelopeAddress.of(address.getAddress()).toString());
            if (address.getPersonal() != null) {
                address.setPersonal(address.getPersonal(), StandardCharsets.UTF_8.name());
            }
        }
        String start = text.substring(0, text.indexOf(':') + 1) + " ";
        return start + InternetAddress.toString(addresses, start.length());
    }

    /** Jakarta Mail takes the machine's name for its domain. */
    private String messageId() throws UnsendableException {
        Matcher id = MESSAGE_ID.matcher(value());
        return id.matches()
                ? "Message-ID: <" + id.group(1) + '@' + InternationalDomain.toAscii(id.group(), id.group(2)) + '>'
                : null;
    }

    /**
     * What is meant: characters up to U+00FF are octets that Jakarta Mail has read without {@code mail.mime.allowutf8}, if they
     * make sense as UTF-8; else they are what an application has written.
     */
    String meant() {
        return octetsOfUtf8(text).orElse(text);
    }

    /** The text whose octets in UTF-8 somebody has taken for characters; empty if it is none of these. */
    static Optional<String> octetsOfUtf8(String text) {
        boolean octets = !EnvelopeAddress.ascii(text) && text.chars().allMatch(c -> c <= 0xff);
        return octets ? utf8(text.getBytes(StandardCharsets.ISO_8859_1)) : Optional.empty();
    }

    /** The text that the octets are in UTF-8; empty if they are something else. */
    static Optional<String> utf8(byte[] octets) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets))
                    .toString());
        } catch (CharacterCodingException other) {
            return Optional.empty();
        }
    }
}
