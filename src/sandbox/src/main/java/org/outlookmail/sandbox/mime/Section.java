package org.outlookmail.sandbox.mime;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The piece of a message that a section names (RFC 3501, 6.4.5). Immutable.
 *
 * @param path the numbers of the part; none for the message itself
 * @param what the piece of the part
 * @param fields in lower case, for the two that name fields
 */
public record Section(List<Integer> path, What what, Set<String> fields) {
    /** Which piece. */
    public enum What {
        /** The body of a part, or the whole message. */
        ALL,
        /** The header of a message. */
        HEADER,
        /** The fields named. */
        FIELDS,
        /** The fields that are not named. */
        FIELDS_NOT,
        /** The body of a message. */
        TEXT,
        /** The header of a part. */
        MIME
    }

    /** The octets; empty if the message has no such piece. */
    public Optional<byte[]> in(MimePart root) {
        MimePart part = root;
        for (int i = 0; i < path.size(); i++) {
            Optional<MimePart> next = step(part, path.get(i), i);
            if (next.isEmpty()) {
                return Optional.empty();
            }
            part = next.get();
        }
        if (path.isEmpty()) {
            return Optional.of(piece(part));
        }
        return switch (what) {
            case ALL -> Optional.of(part.body());
            case MIME -> Optional.of(part.header());
            default -> part.message().map(this::piece);
        };
    }

    /** A message that is no multipart has itself as part 1. */
    private Optional<MimePart> step(MimePart from, int number, int depth) {
        MimePart part = depth == 0 ? from : from.message().orElse(from);
        if (!part.parts().isEmpty()) {
            return number <= part.parts().size() ? Optional.of(part.parts().get(number - 1)) : Optional.empty();
        }
        boolean ofMessage = depth == 0 || from.message().isPresent();
        return ofMessage && number == 1 ? Optional.of(part) : Optional.empty();
    }

    private byte[] piece(MimePart message) {
        return switch (what) {
            case ALL -> message.whole();
            case HEADER, MIME -> message.header();
            case TEXT -> message.body();
            case FIELDS, FIELDS_NOT -> chosen(message);
        };
    }

    private byte[] chosen(MimePart message) {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (MimePart.Field field : message.fields()) {
            if (fields.contains(field.name().toLowerCase(Locale.ROOT)) == (what == What.FIELDS)) {
                lines.writeBytes(field.lines().getBytes(StandardCharsets.ISO_8859_1));
            }
        }
        lines.writeBytes(new byte[] {'\r', '\n'});
        return lines.toByteArray();
    }
}
