package org.outlookmail.mail.message;

import jakarta.mail.internet.AddressException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The header of a message: fields in their order (RFC 5322, section 3.6). Immutable.
 *
 * @param fields not null
 */
record HeaderBlock(List<HeaderField> fields) {

    HeaderBlock {
        fields = List.copyOf(fields);
    }

    /** As Jakarta Mail keeps it, each field a string. */
    static HeaderBlock of(Enumeration<String> lines) throws UnsendableException {
        List<HeaderField> fields = new ArrayList<>();
        while (lines.hasMoreElements()) {
            fields.add(HeaderField.of(lines.nextElement()));
        }
        return new HeaderBlock(fields);
    }

    /** The fields of a header as it is written; a break of any kind ends a line, for on the wire it will be CR LF. */
    static List<String> split(String text) {
        List<String> fields = new ArrayList<>();
        int start = 0;
        int line = 0;
        while (line < text.length()) {
            int end = line;
            while (end < text.length() && text.charAt(end) != '\r' && text.charAt(end) != '\n') {
                end++;
            }
            int next = Math.min(text.length(), end + (text.startsWith("\r\n", end) ? 2 : 1));
            if (next == text.length() || !HeaderField.folded(text.substring(next, next + 1))) {
                fields.add(text.substring(start, end));
                start = next;
            }
            line = next;
        }
        return fields;
    }

    /**
     * In whose name it is.
     *
     * @param envelope the sender of the envelope, if the application has set one
     * @throws AddressException if that is not clear: a field twice, or something in it that is no address
     */
    Originators originators(Optional<String> envelope) throws AddressException {
        List<String> sender = addresses("sender", true);
        if (sender.size() > 1) {
            throw UnsendableException.malformed(null, "Sender names more than one address (RFC 5322, section 3.6.2)");
        }
        List<String> resent = new ArrayList<>(addresses("resent-from", false));
        resent.addAll(addresses("resent-sender", false));
        return new Originators(addresses("from", true), sender.stream().findFirst(), resent, envelope);
    }

    private List<String> addresses(String name, boolean once) throws AddressException {
        List<String> addresses = new ArrayList<>();
        int count = 0;
        for (HeaderField field : fields) {
            if (field.name().equals(name)) {
                count++;
                field.addresses().forEach(address -> addresses.add(address.toString()));
            }
        }
        if (once && count > 1) {
            throw UnsendableException.malformed(
                    null, "the header has " + count + " fields " + name + " (RFC 5322, section 3.6, allows one)");
        }
        return addresses;
    }

    /** The first field that no server may get without SMTPUTF8 (RFC 6531). */
    Optional<HeaderField> needsUtf8() {
        return fields.stream()
                .filter(field -> !field.blind()
                        && field.international()
                        && field.inAscii().isEmpty())
                .findFirst();
    }

    /**
     * What has to leave instead of fields that are not ASCII. Jakarta Mail writes them in one of two ways, as UTF-8 or cut to
     * the lowest eight bits of each character ({@code mail.mime.allowutf8}); both are keys, each char an octet.
     */
    Map<String, String> replacements() {
        Map<String, String> replacements = new HashMap<>();
        for (HeaderField field : fields) {
            if (field.international()) {
                String leaves = utf8(field.inAscii().orElseGet(field::meant));
                replacements.put(cut(field.text()), leaves);
                replacements.put(utf8(field.text()), leaves);
            }
        }
        return replacements;
    }

    private static String utf8(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    private static String cut(String text) {
        StringBuilder cut = new StringBuilder(text.length());
        text.chars().forEach(c -> cut.append((char) (c & 0xff)));
        return cut.toString();
    }
}
