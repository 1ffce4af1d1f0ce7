package org.outlookmail;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The address of a mailbox: {@code Local-part@Domain} of RFC 5321, section 4.1.2, with a dot-string before the one
 * {@code @} and a domain of letters, digits and hyphens after it (RFC 1123, section 2.1). Nothing that could mean
 * something else where it is written, to a server or into a list of what is allowed: no control characters, no blanks, no
 * quoted strings, no address literals, no letters beyond ASCII, of which some have an ASCII letter as their other case. A
 * domain in another script is written with its A-labels ({@code xn--}, RFC 5890).
 *
 * <p>In lower case, as mail servers compare them; so two are equal if they are the same mailbox. Immutable.
 *
 * @param localPart what stands before the {@code @}, in lower case
 * @param domain what stands after it, in lower case
 */
public record MailboxAddress(String localPart, String domain) {

    // RFC 5321, section 4.5.3.1, and RFC 3696, erratum 1690.
    private static final int LONGEST = 254;
    private static final int LONGEST_LOCAL_PART = 64;

    private static final String ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
    private static final Pattern LOCAL_PART = Pattern.compile(ATOM + "(?:\\." + ATOM + ")*");

    private static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
    private static final Pattern DOMAIN = Pattern.compile(LABEL + "(?:\\." + LABEL + ")*");

    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if they are none
     */
    public MailboxAddress {
        boolean fits = localPart.length() <= LONGEST_LOCAL_PART && localPart.length() + domain.length() < LONGEST;
        if (!fits || !LOCAL_PART.matcher(localPart).matches() || !isDomain(domain)) {
            throw new IllegalArgumentException("not the address of a mailbox");
        }
        localPart = localPart.toLowerCase(Locale.ROOT);
        domain = domain.toLowerCase(Locale.ROOT);
    }

    /**
     * Reads an address; nothing may stand around it.
     *
     * @param text perhaps null
     * @return empty if it is none
     */
    public static Optional<MailboxAddress> of(String text) {
        int at = text == null ? -1 : text.indexOf('@');
        if (at < 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(new MailboxAddress(text.substring(0, at), text.substring(at + 1)));
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    /**
     * Whether a text can be the address of a mailbox.
     *
     * @param text perhaps null
     */
    public static boolean isAddress(String text) {
        return of(text).isPresent();
    }

    /**
     * Whether a text can stand after the {@code @}.
     *
     * @param text not null
     */
    public static boolean isDomain(String text) {
        return text.length() < LONGEST && DOMAIN.matcher(text).matches();
    }

    /** The address, in lower case. */
    @Override
    public String toString() {
        return localPart + '@' + domain;
    }
}
