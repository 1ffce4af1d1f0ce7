package org.outlookmail.mail.angus;

import jakarta.activation.DataHandler;
import jakarta.mail.Header;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Enumeration;
import org.eclipse.angus.mail.imap.IMAPBodyPart;
import org.eclipse.angus.mail.imap.protocol.BODYSTRUCTURE;

/**
 * Angus Mail's part of an IMAP message, whose failures are diagnosed.
 *
 * <p>Thread rule: as every {@code Part}.
 */
final class ImapPart extends IMAPBodyPart {

    private final IMAPMail mail;
    private final BODYSTRUCTURE structure;
    private final String section;

    ImapPart(BODYSTRUCTURE structure, String section, IMAPMail mail) {
        super(structure, section, mail);
        this.structure = structure;
        this.section = section;
        this.mail = mail;
    }

    @Override
    protected InputStream getContentStream() throws MessagingException {
        return mail.stream(super::getContentStream);
    }

    @Override
    public InputStream getMimeStream() throws MessagingException {
        return mail.stream(super::getMimeStream);
    }

    @Override
    public InputStream getRawInputStream() throws MessagingException {
        return mail.told(super::getRawInputStream);
    }

    @Override
    public InputStream getInputStream() throws IOException, MessagingException {
        return mail.content(super::getInputStream);
    }

    @Override
    public Object getContent() throws IOException, MessagingException {
        return mail.content(super::getContent);
    }

    @Override
    public void writeTo(OutputStream out) throws IOException, MessagingException {
        mail.content(() -> {
            super.writeTo(out);
            return null;
        });
    }

    /** As Angus Mail has it, with parts and messages inside that are ours too. */
    @Override
    public synchronized DataHandler getDataHandler() throws MessagingException {
        return mail.told(() -> {
            if (dh == null) {
                if (structure.isMulti()) {
                    dh = new DataHandler(new ImapParts(this, structure.bodies, section, mail));
                } else if (structure.isNested() && mail.rev1() && structure.envelope != null) {
                    dh = new DataHandler(
                            new IMAPNestedMail(mail, structure.bodies[0], structure.envelope, section),
                            getContentType());
                }
            }
            return super.getDataHandler();
        });
    }

    @Override
    public String getFileName() throws MessagingException {
        return mail.told(super::getFileName);
    }

    @Override
    public String[] getHeader(String name) throws MessagingException {
        return mail.told(() -> super.getHeader(name));
    }

    @Override
    public Enumeration<Header> getAllHeaders() throws MessagingException {
        return mail.told(super::getAllHeaders);
    }

    @Override
    public Enumeration<Header> getMatchingHeaders(String[] names) throws MessagingException {
        return mail.told(() -> super.getMatchingHeaders(names));
    }

    @Override
    public Enumeration<Header> getNonMatchingHeaders(String[] names) throws MessagingException {
        return mail.told(() -> super.getNonMatchingHeaders(names));
    }

    @Override
    public Enumeration<String> getAllHeaderLines() throws MessagingException {
        return mail.told(super::getAllHeaderLines);
    }

    @Override
    public Enumeration<String> getMatchingHeaderLines(String[] names) throws MessagingException {
        return mail.told(() -> super.getMatchingHeaderLines(names));
    }

    @Override
    public Enumeration<String> getNonMatchingHeaderLines(String[] names) throws MessagingException {
        return mail.told(() -> super.getNonMatchingHeaderLines(names));
    }
}
