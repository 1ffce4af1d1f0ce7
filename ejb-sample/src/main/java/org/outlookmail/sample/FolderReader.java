package org.outlookmail.sample;

import jakarta.mail.Address;
import jakarta.mail.FetchProfile;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.UIDFolder;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Optional;

/**
 * Reads messages of an open folder, whoever opened it. Open it with {@link Folder#READ_ONLY} (RFC 3501, EXAMINE), so that
 * reading leaves no {@code \Seen} behind.
 *
 * <p>Thread rule: as the folder, one thread at a time. It closes nothing.
 */
final class FolderReader {

    private final Folder folder;

    FolderReader(Folder open) {
        folder = open;
    }

    /** The newest messages, newest first, in one FETCH for all instead of several for each. */
    List<MailSummary> newest(int limit) throws MessagingException {
        int count = folder.getMessageCount();
        if (count <= 0) {
            return List.of();
        }
        Message[] messages = folder.getMessages(Math.max(1, count - limit + 1), count);
        fetch(messages);
        List<MailSummary> summaries = new ArrayList<>(messages.length);
        for (int i = messages.length - 1; i >= 0; i--) {
            // Another client may expunge while we look.
            if (!messages[i].isExpunged()) {
                summaries.add(summary(messages[i]));
            }
        }
        return summaries;
    }

    /** One message with its text; empty if the folder has no such message or no such numbers. */
    Optional<MailText> text(long uid) throws MessagingException {
        if (!(folder instanceof UIDFolder numbered)) {
            return Optional.empty();
        }
        Message message = numbered.getMessageByUID(uid);
        if (message == null) {
            return Optional.empty();
        }
        fetch(new Message[] {message});
        BodyText body = BodyText.of(message);
        return Optional.of(new MailText(summary(message), body.text(), body.converted()));
    }

    private void fetch(Message[] messages) throws MessagingException {
        FetchProfile profile = new FetchProfile();
        profile.add(FetchProfile.Item.ENVELOPE);
        profile.add(FetchProfile.Item.FLAGS);
        profile.add(FetchProfile.Item.SIZE);
        profile.add(UIDFolder.FetchProfileItem.UID);
        folder.fetch(messages, profile);
    }

    private MailSummary summary(Message message) throws MessagingException {
        Address[] authors = message.getFrom();
        return new MailSummary(
                folder instanceof UIDFolder numbered ? (Long) numbered.getUID(message) : null,
                message instanceof MimeMessage mime ? mime.getMessageID() : null,
                authors == null || authors.length == 0 ? null : text(authors[0]),
                recipients(message),
                message.getSubject(),
                text(message.getSentDate()),
                text(message.getReceivedDate()),
                message.isSet(Flags.Flag.SEEN),
                message.getSize() < 0 ? null : (Integer) message.getSize());
    }

    private static List<String> recipients(Message message) throws MessagingException {
        Address[] to = message.getRecipients(Message.RecipientType.TO);
        return to == null
                ? List.of()
                : Arrays.stream(to).map(FolderReader::text).toList();
    }

    private static String text(Address address) {
        return address instanceof InternetAddress internet ? internet.toUnicodeString() : address.toString();
    }

    private static String text(Date date) {
        return date == null ? null : date.toInstant().toString();
    }
}
