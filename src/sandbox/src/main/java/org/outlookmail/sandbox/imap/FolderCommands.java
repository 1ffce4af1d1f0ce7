package org.outlookmail.sandbox.imap;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.outlookmail.sandbox.mailstore.MailFolder;
import org.outlookmail.sandbox.mailstore.Mailbox;

/** What is done with folders (RFC 3501, 6.3; NAMESPACE of RFC 2342). Stateless. */
final class FolderCommands {
    private FolderCommands() {}

    static String run(Command command, Mailbox mailbox, OutputStream out)
            throws IOException, BadCommandException, RefusedException {
        Scanner in = new Scanner(command.arguments());
        switch (command.name()) {
            case "NAMESPACE" ->
                ImapCommands.write(out, "* NAMESPACE ((\"\" \"" + Mailbox.SEPARATOR + "\")) NIL NIL\r\n");
            case "LIST", "LSUB" -> list(command.name(), in, mailbox, out);
            case "STATUS" -> status(in, mailbox, out);
            case "CREATE" -> mailbox.create(last(in));
            case "DELETE" -> mailbox.delete(folder(mailbox, last(in)));
            case "RENAME" -> {
                String old = FolderName.read(in);
                in.expect(' ');
                mailbox.rename(folder(mailbox, old), last(in));
            }
            default -> folder(mailbox, last(in)).subscribe(command.name().equals("SUBSCRIBE"));
        }
        return "OK " + command.name() + " completed.";
    }

    private static String last(Scanner in) throws BadCommandException {
        String path = FolderName.read(in);
        in.expectEnd();
        return path;
    }

    /** The folder of that path. */
    static MailFolder folder(Mailbox mailbox, String path) throws RefusedException {
        return mailbox.folder(path).orElseThrow(() -> new RefusedException(path + " doesn't exist."));
    }

    private static void list(String name, Scanner in, Mailbox mailbox, OutputStream out)
            throws IOException, BadCommandException {
        String reference = in.string();
        in.expect(' ');
        String wanted = in.string();
        in.expectEnd();
        if (wanted.isEmpty()) {
            // Only the separator is asked for.
            ImapCommands.write(out, "* " + name + " (\\Noselect) \"" + Mailbox.SEPARATOR + "\" \"\"\r\n");
            return;
        }
        Pattern pattern = FolderName.pattern(reference, wanted);
        for (MailFolder folder : mailbox.folders()) {
            if (pattern.matcher(folder.path()).matches() && (name.equals("LIST") || folder.subscribed())) {
                String children = mailbox.hasChildren(folder) ? "\\HasChildren" : "\\HasNoChildren";
                String use = folder.use().isEmpty() ? "" : " " + folder.use();
                ImapCommands.write(
                        out,
                        "* " + name + " (" + children + use + ") \"" + Mailbox.SEPARATOR + "\" "
                                + FolderName.written(folder.path()) + "\r\n");
            }
        }
    }

    private static void status(Scanner in, Mailbox mailbox, OutputStream out)
            throws IOException, BadCommandException, RefusedException {
        MailFolder folder = folder(mailbox, FolderName.read(in));
        in.expect(' ');
        in.expect('(');
        List<String> values = new ArrayList<>();
        do {
            String item = in.atom().toUpperCase(Locale.ROOT);
            long value = switch (item) {
                case "MESSAGES" -> folder.messages().size();
                case "RECENT" -> folder.recent(false).size();
                case "UIDNEXT" -> folder.nextUid();
                case "UIDVALIDITY" -> folder.uidValidity();
                case "UNSEEN" ->
                    folder.messages().size() - folder.having(Flags.SEEN).size();
                default -> throw new BadCommandException(item + " is no status");
            };
            values.add(item + " " + value);
        } while (in.accept(' '));
        in.expect(')');
        in.expectEnd();
        ImapCommands.write(
                out, "* STATUS " + FolderName.written(folder.path()) + " (" + String.join(" ", values) + ")\r\n");
    }
}
