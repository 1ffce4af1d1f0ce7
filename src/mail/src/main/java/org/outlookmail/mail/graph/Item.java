package org.outlookmail.mail.graph;

import jakarta.mail.Flags;
import jakarta.mail.internet.InternetAddress;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;

/**
 * A message as a list of Graph has shown it: its id, its envelope, and its flags, which are kept up with what is done here. All
 * {@link GraphMessage}s of one message share it.
 *
 * <p>Thread rule: guarded by its folder.
 */
final class Item {

    /** What is asked of each message in a list: an envelope and its flags. */
    static final String FIELDS = "$select=id,subject,from,sender,toRecipients,ccRecipients,bccRecipients,replyTo,"
            + "sentDateTime,receivedDateTime,internetMessageId,isRead,isDraft,flag,categories";

    private final String id;
    private final Json json;
    private final Flags flags = new Flags();
    private boolean gone;

    Item(Json json) {
        this.json = json;
        this.id = json.text("id");
        flag(Flags.Flag.SEEN, json.flag("isRead").orElse(false));
        flag(Flags.Flag.DRAFT, json.flag("isDraft").orElse(false));
        flag(Flags.Flag.FLAGGED, json.text("flag", "flagStatus").equals("flagged"));
        json.texts("categories").forEach(flags::add);
    }

    private void flag(Flags.Flag flag, boolean set) {
        if (set) {
            flags.add(flag);
        }
    }

    /** Immutable: it stays when the message moves within its mailbox. */
    String id() {
        return id;
    }

    Flags flags() {
        return flags;
    }

    /** Has these flags alone. */
    void flagged(Flags those) {
        flags.clearSystemFlags();
        flags.clearUserFlags();
        flags.add(those);
    }

    /** Whether it is no longer in its folder. */
    boolean gone() {
        return gone;
    }

    void goes() {
        gone = true;
    }

    String subject() {
        return json.has("subject") ? json.text("subject") : null;
    }

    String messageId() {
        return json.text("internetMessageId").isEmpty() ? null : json.text("internetMessageId");
    }

    Date received() {
        return date("receivedDateTime");
    }

    Date sent() {
        return date("sentDateTime");
    }

    /** As Graph has written it, for a filter. */
    String receivedText() {
        return json.text("receivedDateTime");
    }

    private Date date(String name) {
        try {
            return json.text(name).isEmpty() ? null : Date.from(Instant.parse(json.text(name)));
        } catch (DateTimeException unreadable) {
            return null;
        }
    }

    /** One address, such as that of {@code from}. */
    Optional<InternetAddress> one(String name) {
        return address(json.object(name));
    }

    /** Several, such as those of {@code toRecipients}. */
    List<InternetAddress> many(String name) {
        List<InternetAddress> addresses = new ArrayList<>();
        json.list(name).forEach(each -> address(each).ifPresent(addresses::add));
        return addresses;
    }

    private static Optional<InternetAddress> address(Json recipient) {
        Json email = recipient.object("emailAddress");
        String address = email.text("address");
        String name = email.text("name");
        if (address.isEmpty()) {
            return Optional.empty();
        }
        InternetAddress made = new InternetAddress();
        made.setAddress(address);
        if (!name.isEmpty() && !name.equals(address)) {
            try {
                made.setPersonal(name, StandardCharsets.UTF_8.name());
            } catch (UnsupportedEncodingException impossible) {
                throw new IllegalStateException("every JDK has UTF-8", impossible);
            }
        }
        return Optional.of(made);
    }
}
