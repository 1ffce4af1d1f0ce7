package org.outlookmail.mail.angus;

import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Header;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Enumeration;
import org.eclipse.angus.mail.pop3.POP3Message;
import org.outlookmail.mail.FolderCalls;
import org.outlookmail.mail.MailboxFolder;
import org.outlookmail.mail.OwnReply;

/**
 * Angus Mail's POP3 message, of the application's folder and session. What asks the server is diagnosed; everything else
 * that a message tells comes from that.
 *
 * <p>Thread rule: as every {@code Message}.
 */
final class Pop3Mail extends POP3Message {

    private final Pop3WireFolder wire;
    private final MailboxFolder owner;

    Pop3Mail(Pop3WireFolder wire, int number) throws MessagingException {
        super(wire, number);
        this.wire = wire;
        owner = wire.owner();
        session = owner.owner().session();
    }

    private <T> T told(FolderCalls.Reading<T> call) throws MessagingException {
        return owner.calls().read(wire, call);
    }

    private <T> T content(FolderCalls.ContentReading<T> call) throws MessagingException, IOException {
        return owner.calls().content(wire, call);
    }

    @Override
    public Folder getFolder() {
        return owner;
    }

    @Override
    public Message reply(boolean all, boolean setAnswered) throws MessagingException {
        return told(() -> OwnReply.withoutSelf(owner.owner(), this, super.reply(all, setAnswered)));
    }

    @Override
    protected MimeMessage createMimeMessage(Session its) throws MessagingException {
        return new OwnReply(its, owner.owner().mailbox());
    }

    @Override
    public synchronized void setFlags(Flags flags, boolean set) throws MessagingException {
        owner.marks(flags, set);
        super.setFlags(flags, set);
    }

    @Override
    public int getSize() throws MessagingException {
        return told(super::getSize);
    }

    @Override
    protected synchronized InputStream getContentStream() throws MessagingException {
        return told(super::getContentStream);
    }

    @Override
    public InputStream getMimeStream() throws MessagingException {
        return told(super::getMimeStream);
    }

    @Override
    public InputStream top(int lines) throws MessagingException {
        return told(() -> super.top(lines));
    }

    @Override
    public Object getContent() throws IOException, MessagingException {
        return content(super::getContent);
    }

    @Override
    public InputStream getInputStream() throws IOException, MessagingException {
        return content(super::getInputStream);
    }

    @Override
    public synchronized void writeTo(OutputStream out, String[] ignored) throws IOException, MessagingException {
        content(() -> {
            super.writeTo(out, ignored);
            return null;
        });
    }

    @Override
    public String[] getHeader(String name) throws MessagingException {
        return told(() -> super.getHeader(name));
    }

    @Override
    public String getHeader(String name, String delimiter) throws MessagingException {
        return told(() -> super.getHeader(name, delimiter));
    }

    @Override
    public Enumeration<Header> getAllHeaders() throws MessagingException {
        return told(super::getAllHeaders);
    }

    @Override
    public Enumeration<Header> getMatchingHeaders(String[] names) throws MessagingException {
        return told(() -> super.getMatchingHeaders(names));
    }

    @Override
    public Enumeration<Header> getNonMatchingHeaders(String[] names) throws MessagingException {
        return told(() -> super.getNonMatchingHeaders(names));
    }

    @Override
    public Enumeration<String> getAllHeaderLines() throws MessagingException {
        return told(super::getAllHeaderLines);
    }

    @Override
    public Enumeration<String> getMatchingHeaderLines(String[] names) throws MessagingException {
        return told(() -> super.getMatchingHeaderLines(names));
    }

    @Override
    public Enumeration<String> getNonMatchingHeaderLines(String[] names) throws MessagingException {
        return told(() -> super.getNonMatchingHeaderLines(names));
    }
}
