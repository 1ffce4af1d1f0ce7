package org.outlookmail.sandbox.imap;

import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.store.FolderListener;
import com.icegreen.greenmail.store.StoredMessage;
import jakarta.mail.Flags;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** STORE and UID STORE (RFC 3501, 6.4.6). Stateless. */
final class StoreCommand {
    private static final Pattern HOW = Pattern.compile("([+-]?)FLAGS(\\.SILENT)?", Pattern.CASE_INSENSITIVE);

    private StoreCommand() {}

    static String run(Command command, EngineSession session) throws BadCommandException, FolderException {
        Scanner in = new Scanner(command.arguments());
        NumberSet set = NumberSet.read(in);
        in.expect(' ');
        Matcher how = in.require(HOW, "FLAGS");
        in.expect(' ');
        Flags flags = flags(in);
        in.expectEnd();
        SelectedFolder folder = session.getSelected();
        if (folder.isReadonly()) {
            return "NO STORE failed: the folder was opened to be read only.";
        }
        FolderListener silent = how.group(2) == null ? null : folder;
        List<StoredMessage> messages = folder.getMessages();
        long largest = folder.largest(messages, command.uids());
        for (int number = 1; number <= messages.size(); number++) {
            long uid = messages.get(number - 1).getUid();
            if (!set.has(command.uids() ? uid : number, largest)) {
                continue;
            }
            if (how.group(1).isEmpty()) {
                folder.replaceFlags(flags, uid, silent, command.uids());
            } else {
                folder.setFlags(flags, how.group(1).equals("+"), uid, silent, command.uids());
            }
        }
        return "OK STORE completed.";
    }

    /** In parentheses, where there may be none, or without them. */
    private static Flags flags(Scanner in) throws BadCommandException {
        Flags flags = new Flags();
        boolean list = in.accept('(');
        if (list && in.accept(')')) {
            return flags;
        }
        do {
            add(flags, in.flag());
        } while (in.accept(' '));
        if (list) {
            in.expect(')');
        }
        return flags;
    }

    private static void add(Flags flags, String name) throws BadCommandException {
        switch (name.toLowerCase(Locale.ROOT)) {
            case "\\answered" -> flags.add(Flags.Flag.ANSWERED);
            case "\\deleted" -> flags.add(Flags.Flag.DELETED);
            case "\\draft" -> flags.add(Flags.Flag.DRAFT);
            case "\\flagged" -> flags.add(Flags.Flag.FLAGGED);
            case "\\seen" -> flags.add(Flags.Flag.SEEN);
            default -> {
                if (name.startsWith("\\")) {
                    throw new BadCommandException(name + " cannot be stored");
                }
                flags.add(name);
            }
        }
    }
}
