package org.outlookmail.sandbox.imap;

import java.util.regex.Pattern;
import org.eclipse.angus.mail.imap.protocol.BASE64MailboxDecoder;
import org.eclipse.angus.mail.imap.protocol.BASE64MailboxEncoder;
import org.outlookmail.sandbox.mailstore.Mailbox;

/** Names of folders on the wire, in modified UTF-7 (RFC 3501, 5.1.3). Stateless. */
final class FolderName {
    private FolderName() {}

    /** The path that an argument names, a separator at its end left out. */
    static String read(Scanner in) throws BadCommandException {
        String path = decoded(in.string());
        return path.endsWith(String.valueOf(Mailbox.SEPARATOR)) ? path.substring(0, path.length() - 1) : path;
    }

    private static String decoded(String wire) {
        return BASE64MailboxDecoder.decode(wire);
    }

    /** A path as it is written. */
    static String written(String path) {
        return ImapStrings.nstring(BASE64MailboxEncoder.encode(path));
    }

    /** What LIST asks for: % stands for anything within a level, * for anything. */
    static Pattern pattern(String reference, String wanted) {
        StringBuilder pattern = new StringBuilder();
        for (char each : decoded(reference + wanted).toCharArray()) {
            switch (each) {
                case '*' -> pattern.append(".*");
                case '%' -> pattern.append("[^").append(Mailbox.SEPARATOR).append("]*");
                default -> pattern.append(Pattern.quote(String.valueOf(each)));
            }
        }
        return Pattern.compile(pattern.toString(), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL);
    }
}
