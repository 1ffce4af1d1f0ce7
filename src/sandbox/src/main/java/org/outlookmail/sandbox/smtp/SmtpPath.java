package org.outlookmail.sandbox.smtp;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The argument of MAIL or RCPT (RFC 5321, 4.1.2).
 *
 * @param address without its angle brackets; empty for the null sender
 * @param parameters ESMTP parameters, names in upper case, values as sent (empty if none)
 */
record SmtpPath(String address, Map<String, String> parameters) {

    /** Reads {@code FROM:<a@b> SIZE=1} after its {@code keyword}; empty if it cannot be read. */
    static Optional<SmtpPath> read(String keyword, String argument) {
        if (!argument.regionMatches(true, 0, keyword + ":", 0, keyword.length() + 1)) {
            return Optional.empty();
        }
        String rest = argument.substring(keyword.length() + 1).trim();
        int end = end(rest);
        if (end < 0) {
            return Optional.empty();
        }
        String address = rest.substring(1, end);
        // A source route is to be ignored (RFC 5321, appendix C).
        if (address.startsWith("@") && address.contains(":")) {
            address = address.substring(address.indexOf(':') + 1);
        }
        Map<String, String> parameters = new HashMap<>();
        for (String parameter : rest.substring(end + 1).trim().split(" +", -1)) {
            if (!parameter.isEmpty()) {
                int equals = parameter.indexOf('=');
                String name = equals < 0 ? parameter : parameter.substring(0, equals);
                parameters.put(name.toUpperCase(Locale.ROOT), equals < 0 ? "" : parameter.substring(equals + 1));
            }
        }
        return Optional.of(new SmtpPath(address, Map.copyOf(parameters)));
    }

    /** The closing bracket, where those in a quoted local part do not count. */
    private static int end(String text) {
        if (!text.startsWith("<")) {
            return -1;
        }
        boolean quoted = false;
        for (int i = 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == '>' && !quoted) {
                return i;
            }
        }
        return -1;
    }

    /** Whether it looks like local@domain. */
    boolean isAddress() {
        int at = address.lastIndexOf('@');
        boolean spaced = address.chars().anyMatch(c -> c <= ' ' || c == 0x7f);
        return at > 0 && at < address.length() - 1 && (!spaced || address.startsWith("\""));
    }

    /** Whether it needs SMTPUTF8 (RFC 6531). */
    boolean isInternational() {
        return !StandardCharsets.US_ASCII.newEncoder().canEncode(address);
    }
}
