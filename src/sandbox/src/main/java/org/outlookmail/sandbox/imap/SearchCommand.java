package org.outlookmail.sandbox.imap;

import com.icegreen.greenmail.store.StoredMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** SEARCH and UID SEARCH (RFC 3501, 6.4.4), in US-ASCII alone, as with Exchange. Stateless. */
final class SearchCommand {
    private static final Pattern CHARSET = Pattern.compile("CHARSET ", Pattern.CASE_INSENSITIVE);

    private SearchCommand() {}

    static String run(Command command, EngineSession session, OutputStream out)
            throws BadCommandException, IOException {
        Scanner in = new Scanner(command.arguments());
        if (in.next(CHARSET) != null) {
            String charset = in.string();
            if (!charset.equalsIgnoreCase("US-ASCII")) {
                return "NO [BADCHARSET (US-ASCII)] The specified charset is not supported.";
            }
            in.expect(' ');
        }
        Predicate<SearchKeys.Candidate> wanted = SearchKeys.read(in);
        in.expectEnd();
        SelectedFolder folder = session.getSelected();
        List<StoredMessage> messages = folder.shown();
        long largestUid = folder.largest(true);
        StringBuilder found = new StringBuilder("* SEARCH");
        for (int number = 1; number <= messages.size(); number++) {
            StoredMessage message = messages.get(number - 1);
            if (wanted.test(new SearchKeys.Candidate(message, number, messages.size(), largestUid))) {
                found.append(' ').append(command.uids() ? message.getUid() : number);
            }
        }
        out.write(found.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
        return "OK SEARCH completed.";
    }
}
