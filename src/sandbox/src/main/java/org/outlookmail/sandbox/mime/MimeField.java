package org.outlookmail.sandbox.mime;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The value of a field such as Content-Type (RFC 2045, 5.1), its parameters as they were written, those of RFC 2231 not put
 * together. Immutable.
 *
 * @param value what stands before the first semicolon; empty if there is no such field
 * @param parameters by their names as written, in their order
 */
public record MimeField(String value, Map<String, String> parameters) {
    private static final Pattern PARAMETER =
            Pattern.compile(";\\s*([^\\s=;\"]+)\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*+)\"|([^;\\s]*))");

    /** Reads an unfolded field; null is a field that is not there. */
    static MimeField read(String field) {
        Map<String, String> parameters = new LinkedHashMap<>();
        if (field == null) {
            return new MimeField("", parameters);
        }
        int semicolon = field.indexOf(';');
        Matcher next = PARAMETER.matcher(field);
        while (semicolon >= 0 && next.find()) {
            String quoted = next.group(2);
            parameters.putIfAbsent(next.group(1), quoted == null ? next.group(3) : quoted.replaceAll("\\\\(.)", "$1"));
        }
        return new MimeField((semicolon < 0 ? field : field.substring(0, semicolon)).strip(), parameters);
    }

    /** A parameter, whatever the case of its name; empty if it is not there. */
    public String parameter(String name) {
        return parameters.entrySet().stream()
                .filter(each -> each.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
    }

    /** The value in lower case. */
    public String lowerCase() {
        return value.toLowerCase(Locale.ROOT);
    }
}
