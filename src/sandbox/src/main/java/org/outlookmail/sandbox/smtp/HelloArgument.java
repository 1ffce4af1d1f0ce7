package org.outlookmail.sandbox.smtp;

import java.util.regex.Pattern;

/** What EHLO and HELO may be followed by (RFC 5321, section 4.1.1.1); Exchange refuses anything else. */
final class HelloArgument {

    private static final int LONGEST = 255;

    private static final String LABEL = "[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?";
    private static final Pattern DOMAIN = Pattern.compile(LABEL + "(\\." + LABEL + ")*");
    private static final Pattern LITERAL =
            Pattern.compile("(?i)\\[(\\d{1,3}(\\.\\d{1,3}){3}|IPv6:[0-9a-f:]*:[0-9a-f:.]*)]");

    private HelloArgument() {}

    static boolean valid(String name) {
        return name.length() <= LONGEST
                && (DOMAIN.matcher(name).matches() || LITERAL.matcher(name).matches());
    }
}
