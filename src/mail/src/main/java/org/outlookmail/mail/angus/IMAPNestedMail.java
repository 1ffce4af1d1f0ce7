package org.outlookmail.mail.angus;

import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.FolderClosedException;
import jakarta.mail.MessageRemovedException;
import jakarta.mail.MessagingException;
import jakarta.mail.MethodNotSupportedException;
import org.eclipse.angus.mail.iap.ProtocolException;
import org.eclipse.angus.mail.imap.protocol.BODYSTRUCTURE;
import org.eclipse.angus.mail.imap.protocol.ENVELOPE;
import org.eclipse.angus.mail.imap.protocol.IMAPProtocol;

/**
 * A message within another one (RFC 2046, section 5.2.1), as Angus Mail's {@code IMAPNestedMessage}, which cannot be
 * extended, has it: it has neither folder nor number, and asks the one around it for the rest.
 *
 * <p>Thread rule: as every {@code Message}.
 */
final class IMAPNestedMail extends IMAPMail {

    private final IMAPMail around;

    IMAPNestedMail(IMAPMail around, BODYSTRUCTURE structure, ENVELOPE envelope, String section) {
        super(around);
        this.around = around;
        this.bs = structure;
        this.envelope = envelope;
        this.sectionId = section;
        setPeek(around.getPeek());
    }

    @Override
    public Folder getFolder() {
        return null;
    }

    @Override
    protected IMAPProtocol getProtocol() throws ProtocolException, FolderClosedException {
        return around.protocol();
    }

    @Override
    protected boolean isREV1() throws FolderClosedException {
        return around.rev1();
    }

    @Override
    protected Object getMessageCacheLock() {
        return around.lock();
    }

    @Override
    protected int getSequenceNumber() {
        return around.sequenceNumber();
    }

    @Override
    protected void checkExpunged() throws MessageRemovedException {
        around.requirePresent();
    }

    @Override
    public boolean isExpunged() {
        return around.isExpunged();
    }

    @Override
    protected int getFetchBlockSize() {
        return around.fetchBlockSize();
    }

    @Override
    protected boolean ignoreBodyStructureSize() {
        return around.ignoresStructureSize();
    }

    @Override
    public int getSize() throws MessagingException {
        return bs.size;
    }

    @Override
    public synchronized void setFlags(Flags flags, boolean set) throws MessagingException {
        told(() -> {
            throw new MethodNotSupportedException("a message within another one has no flags of its own");
        });
    }
}
