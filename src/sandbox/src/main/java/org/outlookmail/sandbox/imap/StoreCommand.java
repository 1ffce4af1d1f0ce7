package org.outlookmail.sandbox.imap;

import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.store.MessageFlags;
import com.icegreen.greenmail.store.StoredMessage;
import jakarta.mail.Flags;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** STORE and UID STORE (RFC 3501, 6.4.6). Stateless. */
final class StoreCommand {
    private static final Pattern HOW = Pattern.compile("([+-]?)FLAGS(\\.SILENT)?", Pattern.CASE_INSENSITIVE);

    private StoreCommand() {}

    static String run(Command command, EngineSession session, OutputStream out)
            throws BadCommandException, FolderException, IOException {
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
        long largest = folder.largest(command.uids());
        for (int number = 1; number <= folder.shown().size(); number++) {
            StoredMessage message = folder.shown().get(number - 1);
            if (!set.has(command.uids() ? message.getUid() : number, largest) || !folder.has(message)) {
                continue;
            }
            if (how.group(1).isEmpty()) {
                folder.replaceFlags(flags, message.getUid(), folder, command.uids());
            } else {
                folder.setFlags(flags, how.group(1).equals("+"), message.getUid(), folder, command.uids());
            }
            folder.told(message);
            if (how.group(2) == null) {
                String uid = command.uids() ? " UID " + message.getUid() : "";
                String told =
                        "* " + number + " FETCH (FLAGS " + MessageFlags.format(message.getFlags()) + uid + ")\r\n";
                out.write(told.getBytes(StandardCharsets.US_ASCII));
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
