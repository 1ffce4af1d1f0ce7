package org.outlookmail.sandbox.imap;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.outlookmail.sandbox.mailstore.Mailbox;

/**
 * The commands of a session that is logged in, and what it has selected. For one thread at a time; nothing must be closed.
 */
public final class ImapCommands {
    private final Mailbox mailbox;
    private final Clock clock;
    private SelectedFolder selected;

    /** {@code clock} dates what is appended. */
    public ImapCommands(Mailbox mailbox, Clock clock) {
        this.mailbox = mailbox;
        this.clock = clock;
    }

    /** Whether a folder is selected. */
    public boolean hasSelected() {
        return selected != null;
    }

    /** Whether the selected folder has been removed, which ends the session. */
    public boolean gone() {
        return selected != null && !mailbox.has(selected.folder());
    }

    /** Runs a command: writes what it tells and gives its tagged result, without the tag. */
    public String run(Command command, OutputStream out) throws IOException {
        try {
            String result = answer(command, out);
            // Numbers must not move under a command that uses them (RFC 3501, 7.4.1).
            boolean numbers = switch (command.name()) {
                case "FETCH", "STORE", "SEARCH" -> !command.uids();
                default -> false;
            };
            tell(out, numbers);
            return result;
        } catch (BadCommandException e) {
            return "BAD Command Argument Error. 11 (" + e.getMessage() + ")";
        } catch (RefusedException | IllegalArgumentException e) {
            return "NO " + e.getMessage();
        }
    }

    private String answer(Command command, OutputStream out) throws IOException, BadCommandException, RefusedException {
        return switch (command.name()) {
            case "NOOP" -> "OK NOOP completed.";
            case "SELECT", "EXAMINE" -> select(command, out);
            case "CREATE", "DELETE", "RENAME", "SUBSCRIBE", "UNSUBSCRIBE", "LIST", "LSUB", "STATUS", "NAMESPACE" ->
                FolderCommands.run(command, mailbox, out);
            case "APPEND" -> MessageCommands.append(command, mailbox, clock);
            case "CHECK", "CLOSE", "UNSELECT", "EXPUNGE", "COPY", "MOVE", "FETCH", "STORE", "SEARCH" ->
                selected == null ? "BAD Command received in Invalid state." : answerSelected(command, out);
            default -> "BAD Command Error. 12";
        };
    }

    private String answerSelected(Command command, OutputStream out)
            throws IOException, BadCommandException, RefusedException {
        return switch (command.name()) {
            case "FETCH" -> FetchCommand.run(command, selected, out);
            case "STORE" -> StoreCommand.run(command, selected, out);
            case "SEARCH" -> SearchCommand.run(command, selected, out);
            case "COPY" -> MessageCommands.copy(command, selected, mailbox);
            case "MOVE" -> MessageCommands.move(command, selected, mailbox, out);
            case "EXPUNGE" -> MessageCommands.expunge(command, selected);
            case "CLOSE" -> {
                if (!selected.readOnly()) {
                    selected.folder().remove(selected.folder().having(Flags.DELETED));
                }
                selected = null;
                yield "OK CLOSE completed.";
            }
            case "UNSELECT" -> {
                selected = null;
                yield "OK UNSELECT completed.";
            }
            default -> "OK CHECK completed.";
        };
    }

    /** A SELECT that fails leaves nothing selected (RFC 3501, 6.3.1). */
    private String select(Command command, OutputStream out) throws IOException, BadCommandException, RefusedException {
        selected = null;
        Scanner in = new Scanner(command.arguments());
        String path = FolderName.read(in);
        in.expectEnd();
        boolean readOnly = command.name().equals("EXAMINE");
        selected = new SelectedFolder(FolderCommands.folder(mailbox, path), readOnly);
        String flags = Flags.written(Flags.SYSTEM);
        StringBuilder told = new StringBuilder();
        told.append("* ").append(selected.shown().size()).append(" EXISTS\r\n");
        told.append("* ").append(selected.recentCount()).append(" RECENT\r\n");
        told.append("* FLAGS ").append(flags).append("\r\n");
        told.append("* OK [PERMANENTFLAGS ")
                .append(readOnly ? "()" : flags.replace(")", " \\*)"))
                .append("] Permanent flags\r\n");
        for (int number = 1; number <= selected.shown().size(); number++) {
            if (!selected.shown().get(number - 1).message().has(Flags.SEEN)) {
                told.append("* OK [UNSEEN ").append(number).append("] Is the first unseen message\r\n");
                break;
            }
        }
        told.append("* OK [UIDVALIDITY ")
                .append(selected.folder().uidValidity())
                .append("] UIDVALIDITY value\r\n");
        told.append("* OK [UIDNEXT ")
                .append(selected.folder().nextUid())
                .append("] The next unique identifier value\r\n");
        write(out, told.toString());
        return readOnly ? "OK [READ-ONLY] EXAMINE completed." : "OK [READ-WRITE] SELECT completed.";
    }

    /** Tells what has changed in the selected folder, if there is one. */
    public void news(OutputStream out) throws IOException {
        tell(out, false);
    }

    private void tell(OutputStream out, boolean withoutRemovals) throws IOException {
        if (selected == null) {
            return;
        }
        SelectedFolder.Changes changes = selected.take(withoutRemovals);
        StringBuilder told = new StringBuilder();
        changes.removed().forEach(number -> told.append("* ").append(number).append(" EXPUNGE\r\n"));
        if (changes.grown()) {
            told.append("* ").append(selected.shown().size()).append(" EXISTS\r\n");
            told.append("* ").append(selected.recentCount()).append(" RECENT\r\n");
        }
        changes.flags()
                .forEach((number, flags) -> told.append("* ")
                        .append(number)
                        .append(" FETCH (FLAGS ")
                        .append(Flags.written(flags))
                        .append(")\r\n"));
        write(out, told.toString());
    }

    static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
