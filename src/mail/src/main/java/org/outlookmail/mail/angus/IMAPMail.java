package org.outlookmail.mail.angus;

import jakarta.activation.DataHandler;
import jakarta.mail.Address;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.FolderClosedException;
import jakarta.mail.Header;
import jakarta.mail.Message;
import jakarta.mail.MessageRemovedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.SharedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Date;
import java.util.Enumeration;
import org.eclipse.angus.mail.iap.ProtocolException;
import org.eclipse.angus.mail.imap.IMAPMessage;
import org.eclipse.angus.mail.imap.protocol.FetchItem;
import org.eclipse.angus.mail.imap.protocol.IMAPProtocol;
import org.outlookmail.mail.DiagnosedStream;
import org.outlookmail.mail.FolderCalls;
import org.outlookmail.mail.MailboxFolder;
import org.outlookmail.mail.OwnReply;

/**
 * Angus Mail's IMAP message, of the application's folder and session, whose failures are diagnosed. Apache Camel knows by the
 * first letters of the class that it may ask for {@code setPeek}.
 *
 * <p>Thread rule: as every {@code Message}.
 */
class IMAPMail extends IMAPMessage {

    private final ImapWireFolder wire;
    private final MailboxFolder owner;
    private final int opening;

    IMAPMail(ImapWireFolder wire, int number) {
        super(wire, number);
        this.wire = wire;
        owner = wire.owner();
        session = owner.owner().session();
        opening = wire.openings();
    }

    /** One that is within another one. */
    IMAPMail(IMAPMail around) {
        super(around.session);
        wire = around.wire;
        owner = around.owner;
        opening = around.opening;
    }

    boolean isOf(ImapWireFolder folder) {
        return wire == folder;
    }

    /** Whether its number counts: after another opening that may be another message's. */
    boolean isOfThisOpening(ImapWireFolder folder) {
        return isOf(folder) && opening == folder.openings();
    }

    /** Angus Mail falls over the folder that is closed. */
    @Override
    protected int getSequenceNumber() {
        if (!wire.opened()) {
            throw new IllegalStateException("the message is of a folder that was closed; get it again");
        }
        return super.getSequenceNumber();
    }

    /** -1 as long as it is not known. */
    long uid() {
        return getUID();
    }

    final <T> T told(FolderCalls.Reading<T> call) throws MessagingException {
        return owner.calls().read(wire, call);
    }

    final <T> T content(FolderCalls.ContentReading<T> call) throws MessagingException, IOException {
        return owner.calls().content(wire, call);
    }

    final InputStream stream(FolderCalls.Reading<InputStream> call) throws MessagingException {
        InputStream read = told(call);
        return read instanceof SharedInputStream ? read : new DiagnosedStream(read, owner.calls());
    }

    // What Angus Mail keeps to a message and its package, for the messages within this one.

    final IMAPProtocol protocol() throws ProtocolException, FolderClosedException {
        return getProtocol();
    }

    final boolean rev1() throws FolderClosedException {
        return isREV1();
    }

    final Object lock() {
        return getMessageCacheLock();
    }

    final int sequenceNumber() {
        return getSequenceNumber();
    }

    final void requirePresent() throws MessageRemovedException {
        checkExpunged();
    }

    final int fetchBlockSize() {
        return getFetchBlockSize();
    }

    final boolean ignoresStructureSize() {
        return ignoreBodyStructureSize();
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
    public Address[] getFrom() throws MessagingException {
        return told(super::getFrom);
    }

    @Override
    public Address getSender() throws MessagingException {
        return told(super::getSender);
    }

    @Override
    public Address[] getRecipients(Message.RecipientType type) throws MessagingException {
        return told(() -> super.getRecipients(type));
    }

    @Override
    public Address[] getAllRecipients() throws MessagingException {
        return told(super::getAllRecipients);
    }

    @Override
    public Address[] getReplyTo() throws MessagingException {
        return told(super::getReplyTo);
    }

    @Override
    public String getSubject() throws MessagingException {
        return told(super::getSubject);
    }

    @Override
    public Date getSentDate() throws MessagingException {
        return told(super::getSentDate);
    }

    @Override
    public Date getReceivedDate() throws MessagingException {
        return told(super::getReceivedDate);
    }

    @Override
    public int getSize() throws MessagingException {
        return told(super::getSize);
    }

    @Override
    public long getSizeLong() throws MessagingException {
        return told(super::getSizeLong);
    }

    @Override
    public int getLineCount() throws MessagingException {
        return told(super::getLineCount);
    }

    @Override
    public String[] getContentLanguage() throws MessagingException {
        return told(super::getContentLanguage);
    }

    @Override
    public String getInReplyTo() throws MessagingException {
        return told(super::getInReplyTo);
    }

    @Override
    public synchronized String getContentType() throws MessagingException {
        return told(super::getContentType);
    }

    @Override
    public boolean isMimeType(String type) throws MessagingException {
        return told(() -> super.isMimeType(type));
    }

    @Override
    public String getDisposition() throws MessagingException {
        return told(super::getDisposition);
    }

    @Override
    public String getEncoding() throws MessagingException {
        return told(super::getEncoding);
    }

    @Override
    public String getContentID() throws MessagingException {
        return told(super::getContentID);
    }

    @Override
    public String getContentMD5() throws MessagingException {
        return told(super::getContentMD5);
    }

    @Override
    public String getDescription() throws MessagingException {
        return told(super::getDescription);
    }

    @Override
    public String getMessageID() throws MessagingException {
        return told(super::getMessageID);
    }

    @Override
    public String getFileName() throws MessagingException {
        return told(super::getFileName);
    }

    @Override
    protected InputStream getContentStream() throws MessagingException {
        return stream(super::getContentStream);
    }

    @Override
    public InputStream getMimeStream() throws MessagingException {
        return stream(super::getMimeStream);
    }

    @Override
    public InputStream getRawInputStream() throws MessagingException {
        return told(super::getRawInputStream);
    }

    @Override
    public InputStream getInputStream() throws IOException, MessagingException {
        return content(super::getInputStream);
    }

    @Override
    public Object getContent() throws IOException, MessagingException {
        return content(super::getContent);
    }

    @Override
    public void writeTo(OutputStream out) throws IOException, MessagingException {
        content(() -> {
            super.writeTo(out);
            return null;
        });
    }

    @Override
    public void writeTo(OutputStream out, String[] ignored) throws IOException, MessagingException {
        content(() -> {
            super.writeTo(out, ignored);
            return null;
        });
    }

    /** As Angus Mail has it, with parts and messages inside that are ours too. */
    @Override
    public synchronized DataHandler getDataHandler() throws MessagingException {
        return told(() -> {
            boolean loaded = content != null || contentStream != null;
            if (dh == null && !loaded) {
                super.getLineCount(); // Fetches the structure.
                if (bs.isMulti()) {
                    dh = new DataHandler(new ImapParts(this, bs.bodies, sectionId, this));
                } else if (bs.isNested() && isREV1() && bs.envelope != null) {
                    String section = sectionId == null ? "1" : sectionId + ".1";
                    dh = new DataHandler(
                            new IMAPNestedMail(this, bs.bodies[0], bs.envelope, section), super.getContentType());
                }
            }
            return super.getDataHandler();
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

    @Override
    public synchronized Flags getFlags() throws MessagingException {
        return told(super::getFlags);
    }

    @Override
    public synchronized boolean isSet(Flags.Flag flag) throws MessagingException {
        return told(() -> super.isSet(flag));
    }

    @Override
    public synchronized void setFlags(Flags flags, boolean set) throws MessagingException {
        told(() -> {
            owner.marks(flags, set);
            super.setFlags(flags, set);
            return null;
        });
    }

    @Override
    public synchronized long getModSeq() throws MessagingException {
        return told(super::getModSeq);
    }

    @Override
    public synchronized Object getItem(FetchItem item) throws MessagingException {
        return told(() -> super.getItem(item));
    }
}
