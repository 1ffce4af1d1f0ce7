package org.outlookmail.mail.angus;

import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.MultipartDataSource;
import jakarta.mail.internet.MimePart;
import jakarta.mail.internet.MimePartDataSource;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.angus.mail.imap.protocol.BODYSTRUCTURE;

/** The parts of a multipart that IMAP has told the structure of, numbered as RFC 3501, section 6.4.5, has it. Immutable. */
final class ImapParts extends MimePartDataSource implements MultipartDataSource {

    private final List<ImapPart> parts;

    ImapParts(MimePart around, BODYSTRUCTURE[] structures, String section, IMAPMail mail) {
        super(around);
        List<ImapPart> found = new ArrayList<>();
        for (BODYSTRUCTURE structure : structures) {
            String number = Integer.toString(found.size() + 1);
            found.add(new ImapPart(structure, section == null ? number : section + "." + number, mail));
        }
        parts = List.copyOf(found);
    }

    @Override
    public int getCount() {
        return parts.size();
    }

    @Override
    public BodyPart getBodyPart(int index) throws MessagingException {
        return parts.get(index);
    }
}
