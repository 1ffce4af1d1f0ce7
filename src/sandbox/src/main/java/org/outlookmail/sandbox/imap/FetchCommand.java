package org.outlookmail.sandbox.imap;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.outlookmail.sandbox.mailstore.MailMessage;
import org.outlookmail.sandbox.mime.MimePart;

/** FETCH and UID FETCH (RFC 3501, 6.4.5 and 6.4.8). Stateless. */
final class FetchCommand {
    private static final DateTimeFormatter INTERNAL_DATE = DateTimeFormatter.ofPattern(
                    "dd-MMM-yyyy HH:mm:ss xx", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private FetchCommand() {}

    static String run(Command command, SelectedFolder selected, OutputStream out)
            throws BadCommandException, IOException {
        Scanner in = new Scanner(command.arguments());
        NumberSet set = NumberSet.read(in);
        in.expect(' ');
        List<FetchItem> items = FetchItem.readAll(in);
        in.expectEnd();
        long largest = selected.largest(command.uids());
        for (int number = 1; number <= selected.shown().size(); number++) {
            SelectedFolder.Shown shown = selected.shown().get(number - 1);
            if (set.has(command.uids() ? shown.uid() : number, largest)) {
                ImapCommands.write(out, "* " + number + " FETCH (");
                out.write(answer(shown, items, selected, command.uids()));
                ImapCommands.write(out, ")\r\n");
            }
        }
        return "OK FETCH completed.";
    }

    private static byte[] answer(
            SelectedFolder.Shown shown, List<FetchItem> items, SelectedFolder selected, boolean uids) {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        Lazy content = new Lazy(shown.message());
        boolean reads = items.stream().anyMatch(item -> item.section() != null && !item.peek());
        boolean marks = reads && !selected.readOnly() && !shown.message().has(Flags.SEEN);
        if (marks) {
            selected.folder().flag(shown.uid(), Set.of(Flags.SEEN), Set.of());
        }
        for (FetchItem item : items) {
            add(answer, item.name(), value(item, shown, content));
        }
        if (marks && items.stream().noneMatch(item -> item.name().equals("FLAGS"))) {
            add(answer, "FLAGS", latin1(Flags.written(shown.told())));
        }
        if (uids && items.stream().noneMatch(item -> item.name().equals("UID"))) {
            add(answer, "UID", latin1(Long.toString(shown.uid())));
        }
        return answer.toByteArray();
    }

    private static void add(ByteArrayOutputStream answer, String name, byte[] value) {
        answer.writeBytes(latin1((answer.size() == 0 ? "" : " ") + name + " "));
        answer.writeBytes(value);
    }

    private static byte[] value(FetchItem item, SelectedFolder.Shown shown, Lazy content) {
        if (item.section() != null) {
            return piece(item, item.section().in(content.part()));
        }
        return latin1(
                switch (item.name()) {
                    case "FLAGS" -> Flags.written(shown.told());
                    case "UID" -> Long.toString(shown.uid());
                    case "INTERNALDATE" ->
                        "\"" + INTERNAL_DATE.format(shown.message().received()) + "\"";
                    case "RFC822.SIZE" -> Integer.toString(shown.message().size());
                    case "ENVELOPE" -> Envelope.of(content.part());
                    case "BODY" -> BodyStructure.of(content.part(), false);
                    case "BODYSTRUCTURE" -> BodyStructure.of(content.part(), true);
                    default -> throw new IllegalStateException(item.name());
                });
    }

    private static byte[] piece(FetchItem item, Optional<byte[]> found) {
        if (found.isEmpty()) {
            return latin1("NIL");
        }
        byte[] octets = found.get();
        if (item.first() >= 0) {
            int from = (int) Math.min(octets.length, item.first());
            octets = Arrays.copyOfRange(octets, from, (int) Math.min(octets.length, from + item.count()));
        }
        ByteArrayOutputStream literal = new ByteArrayOutputStream(octets.length + 16);
        literal.writeBytes(latin1("{" + octets.length + "}\r\n"));
        literal.writeBytes(octets);
        return literal.toByteArray();
    }

    private static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The message taken apart, once something asks for it. */
    static final class Lazy {
        private final MailMessage message;
        private MimePart part;

        Lazy(MailMessage message) {
            this.message = message;
        }

        MimePart part() {
            if (part == null) {
                part = message.part();
            }
            return part;
        }
    }
}
