package org.outlookmail.sandbox.imap;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.outlookmail.sandbox.mailstore.MailFolder;

/** STORE and UID STORE (RFC 3501, 6.4.6). Stateless. */
final class StoreCommand {
    private static final Pattern HOW = Pattern.compile("([+-]?)FLAGS(\\.SILENT)?", Pattern.CASE_INSENSITIVE);

    private StoreCommand() {}

    static String run(Command command, SelectedFolder selected, OutputStream out)
            throws BadCommandException, RefusedException, IOException {
        Scanner in = new Scanner(command.arguments());
        NumberSet set = NumberSet.read(in);
        in.expect(' ');
        Matcher how = in.require(HOW, "FLAGS");
        in.expect(' ');
        Set<String> flags = Flags.read(in);
        in.expectEnd();
        MessageCommands.checkWritable(selected);
        List<SelectedFolder.Shown> named = selected.named(set, command.uids());
        for (SelectedFolder.Shown each : named) {
            change(selected.folder(), each, how.group(1), flags);
            Set<String> told = each.told();
            if (how.group(2) == null) {
                int number = selected.shown().indexOf(each) + 1;
                String uid = command.uids() ? " UID " + each.uid() : "";
                ImapCommands.write(out, "* " + number + " FETCH (FLAGS " + Flags.written(told) + uid + ")\r\n");
            }
        }
        return "OK STORE completed.";
    }

    private static void change(MailFolder folder, SelectedFolder.Shown shown, String how, Set<String> flags) {
        switch (how) {
            case "+" -> folder.flag(shown.uid(), flags, Set.of());
            case "-" -> folder.flag(shown.uid(), Set.of(), flags);
            default -> folder.flag(shown.uid(), flags, shown.message().flags());
        }
    }
}
