package org.outlookmail.mail;

import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.UIDFolder;

/**
 * A folder that is read by IMAP, whose messages have UIDs (RFC 3501, section 2.3.1.1).
 *
 * <p>Thread rule: as every {@code Folder}.
 */
public final class MailboxUidFolder extends MailboxFolder implements UIDFolder {

    MailboxUidFolder(MailboxStore owner, String name) {
        super(owner, name);
    }

    private static UIDFolder uids(Folder inner) {
        return (UIDFolder) inner;
    }

    @Override
    public long getUIDValidity() throws MessagingException {
        return calls().ask("looked at", inner -> uids(inner).getUIDValidity());
    }

    @Override
    public long getUIDNext() throws MessagingException {
        return calls().ask("looked at", inner -> uids(inner).getUIDNext());
    }

    @Override
    public Message getMessageByUID(long uid) throws MessagingException {
        return calls().open("read", inner -> uids(inner).getMessageByUID(uid));
    }

    @Override
    public Message[] getMessagesByUID(long start, long end) throws MessagingException {
        return calls().open("read", inner -> uids(inner).getMessagesByUID(start, end));
    }

    @Override
    public Message[] getMessagesByUID(long[] wanted) throws MessagingException {
        return calls().open("read", inner -> uids(inner).getMessagesByUID(wanted));
    }

    @Override
    public long getUID(Message message) throws MessagingException {
        return calls().open("read", inner -> uids(inner).getUID(message));
    }
}
