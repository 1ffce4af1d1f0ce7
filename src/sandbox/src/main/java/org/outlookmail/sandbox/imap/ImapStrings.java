package org.outlookmail.sandbox.imap;

import java.util.Map;

/** Writes strings as IMAP has them (RFC 3501, 4.3). Stateless. */
final class ImapStrings {
    private static final int LONGEST_QUOTED = 1000;

    private ImapStrings() {}

    /** A string, or NIL for null: quoted if that is possible, else a literal, a char for each octet. */
    static String nstring(String text) {
        if (text == null) {
            return "NIL";
        }
        boolean plain = text.length() <= LONGEST_QUOTED && text.chars().allMatch(each -> each >= ' ' && each < 127);
        if (plain) {
            return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
        }
        // A literal holds no NUL.
        String octets = text.replace('\0', '?');
        return "{" + octets.length() + "}\r\n" + octets;
    }

    /** The list of attributes and values, or NIL. */
    static String parameters(Map<String, String> parameters) {
        if (parameters.isEmpty()) {
            return "NIL";
        }
        StringBuilder list = new StringBuilder("(");
        parameters.forEach((name, value) -> list.append(list.length() == 1 ? "" : " ")
                .append(nstring(name))
                .append(' ')
                .append(nstring(value)));
        return list.append(')').toString();
    }
}
