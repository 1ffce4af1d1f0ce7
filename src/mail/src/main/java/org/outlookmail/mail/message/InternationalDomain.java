package org.outlookmail.mail.message;

import java.net.IDN;
import java.text.Normalizer;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/**
 * Domains as DNS has them. The JDK converts by IDNA 2003, which maps some letters to others ({@code ß} to {@code ss},
 * full width letters to ASCII) where IDNA 2008 has another domain or none; so only what comes back unchanged counts.
 */
final class InternationalDomain {

    /** RFC 1123, section 2.1. A domain name in an address does not end with a dot (RFC 5321, section 2.3.5). */
    private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?");

    private InternationalDomain() {}

    /**
     * The domain in A-labels; one of ASCII stays as it is.
     *
     * @param address what to name if that is impossible
     */
    static String toAscii(String address, String domain) throws UnsendableException {
        StringJoiner told = new StringJoiner(".");
        for (String label : domain.split("\\.", -1)) {
            told.add(EnvelopeAddress.ascii(label) ? label : aLabel(address, label));
        }
        for (String label : told.toString().split("\\.", -1)) {
            if (!LABEL.matcher(label).matches()) {
                throw UnsendableException.malformed(
                        address, "\"" + label + "\" is no part of a domain (letters, digits and hyphens, 63 at most)");
            }
        }
        return told.toString();
    }

    private static String aLabel(String address, String label) throws UnsendableException {
        String wanted = Normalizer.normalize(label, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
        try {
            String told = IDN.toASCII(wanted, IDN.USE_STD3_ASCII_RULES);
            if (told.startsWith("xn--")
                    && IDN.toUnicode(told, IDN.USE_STD3_ASCII_RULES).equals(wanted)) {
                return told;
            }
        } catch (IllegalArgumentException none) {
            throw UnsendableException.international(
                    address, "\"" + label + "\" cannot be part of a domain (" + none.getMessage() + ")");
        }
        throw UnsendableException.international(
                address, "\"" + label + "\" could be taken for another domain; write it with its A-labels (xn--)");
    }
}
