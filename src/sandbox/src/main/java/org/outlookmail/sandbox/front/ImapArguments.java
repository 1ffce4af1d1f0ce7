package org.outlookmail.sandbox.front;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the strings behind an IMAP command: atoms, quoted ones, and literals in their place (RFC 3501, 4). Stateless. */
final class ImapArguments {
    private static final Pattern STRING =
            Pattern.compile(" *(?:\"((?:[^\"\\\\\\r\\n]|\\\\[\"\\\\])*)\"|\\{(\\d{1,6})\\+?}\\r?\\n|([^\\s\"{]+))");

    private ImapArguments() {}

    /** The strings in {@code text}, a char for each byte, as UTF-8; none if it is not a list of strings. */
    static List<String> strings(String text) {
        List<String> strings = new ArrayList<>();
        Matcher next = STRING.matcher(text);
        int position = 0;
        while (position < text.length() && !text.substring(position).isBlank()) {
            if (!next.region(position, text.length()).lookingAt()) {
                return List.of();
            }
            position = next.end();
            if (next.group(2) == null) {
                String quoted = next.group(1);
                strings.add(utf8(quoted == null ? next.group(3) : quoted.replaceAll("\\\\(.)", "$1")));
            } else {
                int end = position + Integer.parseInt(next.group(2));
                if (end > text.length()) {
                    return List.of();
                }
                strings.add(utf8(text.substring(position, end)));
                position = end;
            }
        }
        return strings;
    }

    private static String utf8(String bytes) {
        return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}
