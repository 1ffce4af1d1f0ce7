package org.outlookmail.sandbox.imap;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeUtility;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.outlookmail.sandbox.mime.MimePart;

/** ENVELOPE (RFC 3501, 7.4.2). Stateless. */
final class Envelope {
    private static final String NO_HOST = "MISSING-DOMAIN";
    private static final String END_OF_GROUP = "(NIL NIL NIL NIL)";

    private Envelope() {}

    static String of(MimePart message) {
        String from = addresses(message, "From");
        return "(" + text(message, "Date") + " " + text(message, "Subject") + " " + from + " "
                + orElse(addresses(message, "Sender"), from) + " " + orElse(addresses(message, "Reply-To"), from) + " "
                + addresses(message, "To") + " " + addresses(message, "Cc") + " " + addresses(message, "Bcc") + " "
                + text(message, "In-Reply-To") + " " + text(message, "Message-ID") + ")";
    }

    /** The server fills in Sender and Reply-To. */
    private static String orElse(String addresses, String from) {
        return addresses.equals("NIL") ? from : addresses;
    }

    private static String text(MimePart message, String name) {
        return ImapStrings.nstring(message.header(name).orElse(null));
    }

    private static String addresses(MimePart message, String name) {
        StringBuilder list = new StringBuilder();
        List<String> fields = message.headers(name);
        if (fields.isEmpty()) {
            return "NIL";
        }
        String value = String.join(", ", fields);
        try {
            for (InternetAddress address : InternetAddress.parseHeader(value, false)) {
                append(list, address);
            }
        } catch (AddressException unreadable) {
            list.setLength(0);
            list.append(address(value, "INVALID-ADDRESS", "SYNTAX-ERROR"));
        }
        return list.length() == 0 ? "NIL" : "(" + list + ")";
    }

    private static void append(StringBuilder list, InternetAddress address) throws AddressException {
        if (!address.isGroup()) {
            list.append(single(address));
            return;
        }
        String text = address.getAddress();
        list.append(address(null, text.substring(0, text.indexOf(':')).strip(), null));
        for (InternetAddress member : address.getGroup(false)) {
            list.append(single(member));
        }
        list.append(END_OF_GROUP);
    }

    /** Without a host it would be a group, so who has none is given one. */
    private static String single(InternetAddress address) {
        String text = address.getAddress();
        int at = text.lastIndexOf('@');
        return address(
                encoded(address.getPersonal()),
                at < 0 ? text : text.substring(0, at),
                at < 0 ? NO_HOST : text.substring(at + 1));
    }

    private static String encoded(String personal) {
        try {
            return personal == null ? null : MimeUtility.encodeWord(personal, StandardCharsets.UTF_8.name(), "Q");
        } catch (UnsupportedEncodingException e) {
            throw new IllegalStateException("This JDK has no UTF-8", e);
        }
    }

    private static String address(String name, String mailbox, String host) {
        return "(" + ImapStrings.nstring(name) + " NIL " + ImapStrings.nstring(mailbox) + " "
                + ImapStrings.nstring(host) + ")";
    }
}
