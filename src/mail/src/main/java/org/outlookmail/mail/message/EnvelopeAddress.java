package org.outlookmail.mail.message;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An address as it may stand in MAIL and RCPT: {@code Mailbox} of RFC 5321, section 4.1.2, with the letters of all
 * languages where RFC 6531 allows them. Nothing stands around it: no brackets, comments, source routes or blanks. What
 * cannot be read so is refused, never cut or guessed, for the guess may be somebody else. Immutable.
 *
 * @param localPart as it was given; beyond ASCII it needs SMTPUTF8
 * @param domain as the server gets it: ASCII, an international domain as A-labels (RFC 5890)
 */
record EnvelopeAddress(String localPart, String domain) {

    /** Commands end after 512 octets (RFC 5321, section 4.5.3.1.4); longer local parts than the 64 of that section exist. */
    private static final int LONGEST = 450;

    private static final int LONGEST_DOMAIN = 255;

    /** An international domain may become shorter, by less than half. Nothing longer is looked at. */
    private static final int LONGEST_GIVEN = 2 * LONGEST;

    private static final String ATEXT = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~\\x{80}-\\x{10FFFF}-]+";
    private static final String QUOTED = "\"(?:[ !#-\\[\\]-~\\x{80}-\\x{10FFFF}]|\\\\[ -~])++\"";

    /**
     * Several {@code @} belong to no address; one in quotes does. What is repeated never gives back, for the JDK would keep
     * a stack frame of each repetition.
     */
    private static final Pattern MAILBOX =
            Pattern.compile("(" + ATEXT + "(?:\\." + ATEXT + ")*+|" + QUOTED + ")@([^@]+)", Pattern.DOTALL);

    private static final String OCTET = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";

    /** RFC 5321, section 4.1.3. */
    private static final Pattern LITERAL =
            Pattern.compile("\\[(?:" + OCTET + "(?:\\." + OCTET + "){3}|(?i:IPv6):[0-9A-Fa-f:.]{2,45})]");

    /**
     * Reads an address.
     *
     * @param text perhaps null
     * @throws UnsendableException that says what is wrong with it
     */
    static EnvelopeAddress of(String text) throws UnsendableException {
        if (text == null || text.isEmpty()) {
            throw UnsendableException.malformed(text, "the address is empty");
        }
        if (text.length() > LONGEST_GIVEN) {
            throw UnsendableException.malformed(text, "it is too long");
        }
        if (HeaderField.octetsOfUtf8(text).isPresent()) {
            throw UnsendableException.international(
                    text, "it is UTF-8 that was read as something else; set mail.mime.allowutf8 where it is read");
        }
        refuseInvisible(text);
        Matcher mailbox = MAILBOX.matcher(text);
        if (!mailbox.matches()) {
            throw UnsendableException.malformed(text, "it is not of the form local-part@domain (RFC 5321)");
        }
        String domain = mailbox.group(2);
        String told = LITERAL.matcher(domain).matches() ? domain : InternationalDomain.toAscii(text, domain);
        EnvelopeAddress address = new EnvelopeAddress(mailbox.group(1), told);
        if (told.length() > LONGEST_DOMAIN || address.toString().getBytes(StandardCharsets.UTF_8).length > LONGEST) {
            throw UnsendableException.malformed(text, "it is too long");
        }
        return address;
    }

    /** What a reader does not see, or sees as something else: controls, blanks, half of a character, unassigned ones. */
    private static void refuseInvisible(String text) throws UnsendableException {
        int bad =
                text.codePoints().filter(EnvelopeAddress::invisible).findFirst().orElse(-1);
        if (bad >= 0) {
            throw UnsendableException.malformed(text, String.format("the character U+%04X stands in no address", bad));
        }
    }

    private static boolean invisible(int character) {
        if (character < 0x80) {
            return character < ' ' || character == 0x7f;
        }
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    /** Whether a server can be told it only after it has offered SMTPUTF8 (RFC 6531). */
    boolean needsUtf8() {
        return !ascii(localPart);
    }

    static boolean ascii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }

    /** As the server gets it, without brackets. */
    @Override
    public String toString() {
        return localPart + '@' + domain;
    }
}
