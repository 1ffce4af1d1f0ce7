package org.outlookmail.sandbox.imap;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.outlookmail.sandbox.mailstore.MailFolder;
import org.outlookmail.sandbox.mailstore.Mailbox;

/** APPEND, COPY, MOVE (RFC 6851) and EXPUNGE, with the UIDs that UIDPLUS tells (RFC 4315). Stateless. */
final class MessageCommands {
    private static final Pattern DATE = Pattern.compile("\" ?([^\"]{1,40})\" ");
    private static final DateTimeFormatter DATE_TIME = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .appendPattern("d-MMM-uuuu HH:mm:ss xx")
            .toFormatter(Locale.ENGLISH);

    private MessageCommands() {}

    static String append(Command command, Mailbox mailbox, Clock clock) throws BadCommandException, RefusedException {
        Scanner in = new Scanner(command.arguments());
        MailFolder target = target(in, mailbox);
        in.expect(' ');
        Set<String> flags = Set.of();
        if (in.follows('(')) {
            flags = Flags.read(in);
            in.expect(' ');
        }
        Matcher date = in.next(DATE);
        Instant received = date == null ? clock.instant() : instant(date.group(1));
        if (!in.follows('{')) {
            throw new BadCommandException("the literal with the message is missing");
        }
        byte[] octets = in.string().getBytes(StandardCharsets.ISO_8859_1);
        in.expectEnd();
        long uid = target.append(octets, flags, received);
        return "OK [APPENDUID " + target.uidValidity() + " " + uid + "] APPEND completed.";
    }

    private static Instant instant(String text) throws BadCommandException {
        try {
            return OffsetDateTime.parse(text, DATE_TIME).toInstant();
        } catch (DateTimeParseException e) {
            throw new BadCommandException("\"" + text + "\" is no date such as \"01-Feb-2026 10:00:00 +0000\"");
        }
    }

    /** A client may make the folder and try again. */
    private static MailFolder target(Scanner in, Mailbox mailbox) throws BadCommandException, RefusedException {
        String path = FolderName.read(in);
        return mailbox.folder(path).orElseThrow(() -> new RefusedException("[TRYCREATE] " + path + " doesn't exist."));
    }

    static String copy(Command command, SelectedFolder selected, Mailbox mailbox)
            throws BadCommandException, RefusedException {
        Scanner in = new Scanner(command.arguments());
        List<Long> uids = uids(in, command, selected);
        MailFolder target = target(in, mailbox);
        in.expectEnd();
        Map<Long, Long> copied = selected.folder().copy(uids, target);
        return "OK " + code(target, copied) + "COPY completed.";
    }

    static String move(Command command, SelectedFolder selected, Mailbox mailbox, OutputStream out)
            throws IOException, BadCommandException, RefusedException {
        Scanner in = new Scanner(command.arguments());
        List<Long> uids = uids(in, command, selected);
        MailFolder target = target(in, mailbox);
        in.expectEnd();
        checkWritable(selected);
        Map<Long, Long> moved = selected.folder().move(uids, target);
        if (!moved.isEmpty()) {
            // Before the removals, so that the client knows which these are.
            ImapCommands.write(out, "* OK " + code(target, moved) + "Moved UIDs.\r\n");
        }
        return "OK MOVE completed.";
    }

    private static List<Long> uids(Scanner in, Command command, SelectedFolder selected) throws BadCommandException {
        NumberSet set = NumberSet.read(in);
        in.expect(' ');
        return selected.named(set, command.uids()).stream()
                .map(SelectedFolder.Shown::uid)
                .toList();
    }

    private static String code(MailFolder target, Map<Long, Long> uids) {
        return uids.isEmpty()
                ? ""
                : "[COPYUID " + target.uidValidity() + " " + listed(uids.keySet()) + " " + listed(uids.values()) + "] ";
    }

    private static String listed(Collection<Long> uids) {
        return uids.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    /** All that are marked as deleted, or with UID those among them that are named. */
    static String expunge(Command command, SelectedFolder selected) throws BadCommandException, RefusedException {
        checkWritable(selected);
        List<Long> deleted = selected.folder().having(Flags.DELETED);
        if (command.uids()) {
            Scanner in = new Scanner(command.arguments());
            NumberSet set = NumberSet.read(in);
            in.expectEnd();
            long largest = selected.largest(true);
            deleted = deleted.stream().filter(uid -> set.has(uid, largest)).toList();
        }
        selected.folder().remove(deleted);
        return "OK EXPUNGE completed.";
    }

    /** What is refused in a folder that was opened by EXAMINE. */
    static void checkWritable(SelectedFolder selected) throws RefusedException {
        if (selected.readOnly()) {
            throw new RefusedException("The folder was opened to be read only.");
        }
    }
}
