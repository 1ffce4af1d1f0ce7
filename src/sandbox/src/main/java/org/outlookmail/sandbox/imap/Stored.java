package org.outlookmail.sandbox.imap;

import com.icegreen.greenmail.foedus.util.MsgRangeFilter;
import com.icegreen.greenmail.store.MailFolder;
import com.icegreen.greenmail.store.StoredMessage;
import jakarta.mail.MessagingException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** What GreenMail's store holds. Stateless. */
public final class Stored {
    private static final MsgRangeFilter ALL = new MsgRangeFilter("1:*", false);

    private Stored() {}

    /** The messages of a folder now: a copy made in its lock, which its list of all messages is not. */
    public static List<StoredMessage> in(MailFolder folder) {
        return folder.getMessages(ALL);
    }

    /** All octets of a message, header and body. */
    public static byte[] octets(StoredMessage stored) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        try {
            stored.getMimeMessage().writeTo(octets);
        } catch (IOException e) {
            throw new UncheckedIOException("A stored message cannot be read", e);
        } catch (MessagingException e) {
            throw new IllegalStateException("A stored message cannot be read", e);
        }
        return octets.toByteArray();
    }
}
