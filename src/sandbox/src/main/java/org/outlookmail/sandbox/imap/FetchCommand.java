package org.outlookmail.sandbox.imap;

import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.store.MessageFlags;
import com.icegreen.greenmail.store.StoredMessage;
import jakarta.mail.Flags;
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
import org.outlookmail.sandbox.mime.MimePart;

/** FETCH and UID FETCH (RFC 3501, 6.4.5 and 6.4.8). Stateless. */
final class FetchCommand {
    private static final DateTimeFormatter INTERNAL_DATE = DateTimeFormatter.ofPattern(
                    "dd-MMM-yyyy HH:mm:ss xx", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private FetchCommand() {}

    static String run(Command command, EngineSession session, OutputStream out)
            throws BadCommandException, FolderException, IOException {
        Scanner in = new Scanner(command.arguments());
        NumberSet set = NumberSet.read(in);
        in.expect(' ');
        List<FetchItem> items = FetchItem.readAll(in);
        in.expectEnd();
        SelectedFolder folder = session.getSelected();
        List<StoredMessage> messages = folder.shown();
        long largest = folder.largest(command.uids());
        for (int number = 1; number <= messages.size(); number++) {
            StoredMessage message = messages.get(number - 1);
            if (set.has(command.uids() ? message.getUid() : number, largest)) {
                out.write(("* " + number + " FETCH (").getBytes(StandardCharsets.US_ASCII));
                out.write(answer(message, items, folder, command.uids()));
                out.write(")\r\n".getBytes(StandardCharsets.US_ASCII));
            }
        }
        return "OK FETCH completed.";
    }

    private static byte[] answer(StoredMessage message, List<FetchItem> items, SelectedFolder folder, boolean uids)
            throws FolderException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        Lazy content = new Lazy(message);
        for (FetchItem item : items) {
            add(answer, item.name(), value(item, message, content));
        }
        boolean reads = items.stream().anyMatch(item -> item.section() != null && !item.peek());
        if (reads && !folder.isReadonly() && !message.isSet(Flags.Flag.SEEN) && folder.has(message)) {
            folder.setFlags(new Flags(Flags.Flag.SEEN), true, message.getUid(), folder, uids);
            folder.told(message);
            add(answer, "FLAGS", latin1(MessageFlags.format(message.getFlags())));
        }
        if (uids && items.stream().noneMatch(item -> item.name().equals("UID"))) {
            add(answer, "UID", latin1(Long.toString(message.getUid())));
        }
        return answer.toByteArray();
    }

    private static void add(ByteArrayOutputStream answer, String name, byte[] value) {
        answer.writeBytes(latin1((answer.size() == 0 ? "" : " ") + name + " "));
        answer.writeBytes(value);
    }

    private static byte[] value(FetchItem item, StoredMessage message, Lazy content) {
        if (item.section() != null) {
            return piece(item, item.section().in(content.part()));
        }
        return latin1(
                switch (item.name()) {
                    case "FLAGS" -> MessageFlags.format(message.getFlags());
                    case "UID" -> Long.toString(message.getUid());
                    case "INTERNALDATE" ->
                        "\"" + INTERNAL_DATE.format(message.getReceivedDate().toInstant()) + "\"";
                    case "RFC822.SIZE" -> Integer.toString(content.part().size());
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
        private final StoredMessage message;
        private MimePart part;

        Lazy(StoredMessage message) {
            this.message = message;
        }

        MimePart part() {
            if (part == null) {
                part = MimePart.of(Stored.octets(message));
            }
            return part;
        }
    }
}
