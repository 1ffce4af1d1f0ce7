package org.outlookmail.sandbox.imap;

import java.io.IOException;
import java.io.OutputStream;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** SEARCH and UID SEARCH (RFC 3501, 6.4.4), in US-ASCII alone, as with Exchange. Stateless. */
final class SearchCommand {
    private static final Pattern CHARSET = Pattern.compile("CHARSET ", Pattern.CASE_INSENSITIVE);

    private SearchCommand() {}

    static String run(Command command, SelectedFolder selected, OutputStream out)
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
        StringBuilder found = new StringBuilder("* SEARCH");
        for (int number = 1; number <= selected.shown().size(); number++) {
            SelectedFolder.Shown shown = selected.shown().get(number - 1);
            if (wanted.test(new SearchKeys.Candidate(shown, number, selected))) {
                found.append(' ').append(command.uids() ? shown.uid() : number);
            }
        }
        ImapCommands.write(out, found.append("\r\n").toString());
        return "OK SEARCH completed.";
    }
}
