package org.outlookmail.sandbox.mime;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A message or a part of one (RFC 2045, RFC 2046): where its header and its body stand among the octets, and its parts.
 * Whatever cannot be a multipart or a message, such as a multipart without a boundary, is plain text (RFC 2045, 5.2), so that
 * it can be described and read. Immutable, but for the octets, which are shared and nobody changes.
 */
public final class MimePart {
    /** Deeper nesting is no longer taken apart: a message must not overflow the stack. */
    private static final int MAX_DEPTH = 40;

    private static final Pattern TYPE = Pattern.compile("[!#$%&'*+.^_`|~0-9a-z{}-]+/[!#$%&'*+.^_`|~0-9a-z{}-]+");
    private static final MimeField PLAIN = MimeField.read("text/plain; charset=us-ascii");
    private static final MimeField OPAQUE = MimeField.read("application/octet-stream");

    private final byte[] octets;
    private final int start;
    private final int bodyStart;
    private final int end;
    private final List<Field> fields;
    private final MimeField type;
    private final List<MimePart> parts;
    private final MimePart message;

    /**
     * A header field as it stands.
     *
     * @param name without the colon
     * @param lines the whole field with its line ends, a char for each octet
     */
    public record Field(String name, String lines) {
        /** The unfolded value. */
        public String value() {
            return lines.substring(lines.indexOf(':') + 1)
                    .replaceAll("\\r?\\n(?=[ \\t])", "")
                    .strip();
        }
    }

    private MimePart(byte[] octets, int start, int end, String defaultType, int depth) {
        this.octets = octets;
        this.start = start;
        this.end = end;
        this.fields = new ArrayList<>();
        this.bodyStart = readHeader();
        MimeField declared = header("Content-Type").map(MimeField::read).orElse(MimeField.read(defaultType));
        List<MimePart> inside = List.of();
        MimePart nested = null;
        MimeField known = TYPE.matcher(declared.lowerCase()).matches() ? declared : PLAIN;
        if (known.lowerCase().startsWith("multipart/")) {
            String boundary = known.parameter("boundary");
            if (!boundary.isEmpty() && depth < MAX_DEPTH) {
                inside = split(boundary, known.lowerCase().equals("multipart/digest"), depth);
            }
            known = inside.isEmpty() ? PLAIN : known;
        } else if (known.lowerCase().equals("message/rfc822")) {
            boolean readable = List.of("7bit", "8bit", "binary").contains(encoding());
            if (readable && depth < MAX_DEPTH) {
                nested = new MimePart(octets, bodyStart, end, "text/plain; charset=us-ascii", depth + 1);
            }
            known = nested == null ? OPAQUE : known;
        }
        this.type = known;
        this.parts = inside;
        this.message = nested;
    }

    /** Takes a message apart. */
    public static MimePart of(byte[] octets) {
        return new MimePart(octets, 0, octets.length, "text/plain; charset=us-ascii", 0);
    }

    /** Reads the fields; gives where the body begins. */
    private int readHeader() {
        int position = start;
        while (position < end) {
            int next = nextLine(position);
            if (isBlank(position, next)) {
                return next;
            }
            while (next < end && (octets[next] == ' ' || octets[next] == '\t') && !isBlank(next, nextLine(next))) {
                next = nextLine(next);
            }
            String lines = text(position, next);
            int colon = lines.indexOf(':');
            if (colon > 0) {
                fields.add(new Field(lines.substring(0, colon).strip(), lines));
            }
            position = next;
        }
        return end;
    }

    private List<MimePart> split(String boundary, boolean digest, int depth) {
        String delimiter = "--" + boundary;
        List<MimePart> found = new ArrayList<>();
        int from = -1;
        for (int line = bodyStart; line < end; line = nextLine(line)) {
            String text =
                    startsWith(line, delimiter) ? text(line, nextLine(line)).stripTrailing() : "";
            boolean last = text.equals(delimiter + "--");
            if (!last && !text.equals(delimiter)) {
                continue;
            }
            if (from >= 0) {
                found.add(part(from, line, digest, depth));
            }
            from = nextLine(line);
            if (last) {
                return found;
            }
        }
        // A message that was cut short has no last delimiter.
        if (from >= 0) {
            found.add(part(from, end, digest, depth));
        }
        return found;
    }

    /** The line end before a delimiter belongs to the delimiter (RFC 2046, 5.1.1). */
    private MimePart part(int from, int delimiter, boolean digest, int depth) {
        int to = delimiter;
        if (to > from && to < end && octets[to - 1] == '\n') {
            to -= to - 1 > from && octets[to - 2] == '\r' ? 2 : 1;
        }
        return new MimePart(octets, from, to, digest ? "message/rfc822" : "text/plain; charset=us-ascii", depth + 1);
    }

    private boolean startsWith(int position, String text) {
        byte[] wanted = text.getBytes(StandardCharsets.ISO_8859_1);
        return end - position >= wanted.length
                && Arrays.equals(octets, position, position + wanted.length, wanted, 0, wanted.length);
    }

    private int nextLine(int position) {
        int next = position;
        while (next < end && octets[next] != '\n') {
            next++;
        }
        return Math.min(end, next + 1);
    }

    private boolean isBlank(int from, int to) {
        return text(from, Math.min(to, from + 3)).matches("\\r?\\n");
    }

    private String text(int from, int to) {
        return new String(octets, from, to - from, StandardCharsets.ISO_8859_1);
    }

    /** All of it. */
    public byte[] whole() {
        return Arrays.copyOfRange(octets, start, end);
    }

    /** How many octets all of it has. */
    public int size() {
        return end - start;
    }

    /** The header with the blank line that ends it. */
    public byte[] header() {
        return Arrays.copyOfRange(octets, start, bodyStart);
    }

    /** What follows the header, in its transfer encoding. */
    public byte[] body() {
        return Arrays.copyOfRange(octets, bodyStart, end);
    }

    /** How many octets the body has. */
    public int bodySize() {
        return end - bodyStart;
    }

    /** How many lines the body has. */
    public int bodyLines() {
        int lines = 0;
        for (int line = bodyStart; line < end; line = nextLine(line)) {
            lines++;
        }
        return lines;
    }

    /** The fields of the header in their order. */
    public List<Field> fields() {
        return fields;
    }

    /** The first field of that name, unfolded, a char for each octet. */
    public Optional<String> header(String name) {
        return headers(name).stream().findFirst();
    }

    /** All fields of that name, unfolded. */
    public List<String> headers(String name) {
        return fields.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(Field::value)
                .toList();
    }

    /** The message without the fields of these names. */
    public byte[] without(Set<String> names) {
        ByteArrayOutputStream left = new ByteArrayOutputStream(size());
        for (Field field : fields) {
            if (names.stream().noneMatch(field.name()::equalsIgnoreCase)) {
                left.writeBytes(field.lines().getBytes(StandardCharsets.ISO_8859_1));
            }
        }
        left.writeBytes(new byte[] {'\r', '\n'});
        left.writeBytes(body());
        return left.toByteArray();
    }

    /** What it is; multipart only if it has parts, message/rfc822 only if there is a message in it. */
    public MimeField type() {
        return type;
    }

    /** The transfer encoding in lower case. */
    public String encoding() {
        String encoding =
                MimeField.read(header("Content-Transfer-Encoding").orElse(null)).lowerCase();
        return encoding.isEmpty() ? "7bit" : encoding;
    }

    /** Content-Disposition. */
    public MimeField disposition() {
        return MimeField.read(header("Content-Disposition").orElse(null));
    }

    /** The parts of a multipart, else none. */
    public List<MimePart> parts() {
        return parts;
    }

    /** The message that a message/rfc822 holds. */
    public Optional<MimePart> message() {
        return Optional.ofNullable(message);
    }
}
