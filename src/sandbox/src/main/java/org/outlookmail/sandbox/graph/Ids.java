package org.outlookmail.sandbox.graph;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.outlookmail.sandbox.mailstore.MailFolder;
import org.outlookmail.sandbox.mailstore.MailMessage;
import org.outlookmail.sandbox.mailstore.Mailbox;

/**
 * The ids of messages: those that change when a message is moved, and the immutable ones for who asks for them. Both find the
 * message. Stateless.
 */
final class Ids {
    private static final String IMMUTABLE = "AAkALg";
    private static final String ORDINARY = "AAMkAD";

    private Ids() {}

    /** The id by which an answer names the message. */
    static String of(MailMessage message, boolean immutable) {
        MailMessage.Place place = message.place();
        return immutable
                ? IMMUTABLE + encoded(message.id())
                : ORDINARY + encoded(place.folder().id() + "/" + place.uid());
    }

    /** The immutable id of a message of which only the store's id is left. */
    static String immutable(String id) {
        return IMMUTABLE + encoded(id);
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** The message that an id names. */
    static MailMessage find(Mailbox mailbox, String id) throws GraphException {
        boolean immutable = id.startsWith(IMMUTABLE);
        if (!immutable && !id.startsWith(ORDINARY)) {
            throw GraphException.idMalformed();
        }
        String inside;
        try {
            inside = new String(
                    Base64.getUrlDecoder().decode(id.substring(IMMUTABLE.length())), StandardCharsets.US_ASCII);
        } catch (IllegalArgumentException e) {
            throw GraphException.idMalformed();
        }
        Optional<MailMessage> found = immutable ? mailbox.message(inside) : placed(mailbox, inside);
        return found.orElseThrow(GraphException::itemNotFound);
    }

    private static Optional<MailMessage> placed(Mailbox mailbox, String inside) throws GraphException {
        String[] parts = inside.split("/", -1);
        if (parts.length != 2 || !parts[1].matches("\\d{1,18}")) {
            throw GraphException.idMalformed();
        }
        return mailbox.folders().stream()
                .filter(folder -> folder.id().equals(parts[0]))
                .findFirst()
                .flatMap(folder -> folder.message(Long.parseLong(parts[1])));
    }

    /** The folder that an id or a well-known name names. */
    static MailFolder folder(Mailbox mailbox, String id) throws GraphException {
        Optional<String> path = WellKnown.path(id);
        Optional<MailFolder> found = path.isPresent()
                ? mailbox.folder(path.get())
                : mailbox.folders().stream()
                        .filter(each -> each.id().equals(id))
                        .findFirst();
        return found.orElseThrow(GraphException::itemNotFound);
    }
}
