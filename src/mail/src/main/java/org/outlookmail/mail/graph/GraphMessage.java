package org.outlookmail.mail.graph;

import jakarta.activation.DataHandler;
import jakarta.mail.Address;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Header;
import jakarta.mail.IllegalWriteException;
import jakarta.mail.Message;
import jakarta.mail.MessageRemovedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Date;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import org.outlookmail.mail.FolderCalls;
import org.outlookmail.mail.MailboxFolder;
import org.outlookmail.mail.OwnReply;

/**
 * A message that is read over Graph: its envelope comes with the list of the folder, its MIME when somebody asks for more.
 *
 * <p>Thread rule: as every {@code Message}.
 */
final class GraphMessage extends MimeMessage {

    private final GraphFolder wire;
    private final MailboxFolder owner;
    private final int opening;
    private Item item;
    private Spool mime;

    /**
     * @param number from 1, or 0 if only the item is known
     * @param item null if only the number is known
     */
    GraphMessage(GraphFolder wire, int number, Item item) {
        super(wire, number);
        this.wire = wire;
        this.owner = wire.owner();
        this.opening = wire.openings();
        this.session = owner.owner().session();
        this.item = item;
    }

    boolean isOf(GraphFolder folder) {
        return wire == folder && opening == folder.openings();
    }

    /** What Graph has shown of it; fetched with the others of its page. */
    Item item() throws MessagingException {
        synchronized (wire) {
            wire.requireOpening(opening);
            if (item == null) {
                item = wire.item(msgnum);
            }
            if (item.gone()) {
                throw new MessageRemovedException("the message was removed");
            }
            return item;
        }
    }

    /** Null as long as only the number is known. */
    Item known() {
        return item;
    }

    void number(int number) {
        setMessageNumber(number);
    }

    void removed() {
        setExpunged(true);
    }

    /** Also one that was found out to be gone while something else was asked. */
    @Override
    public boolean isExpunged() {
        return super.isExpunged() || (item != null && item.gone());
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

    /** Looked up if the message was found by something else. */
    @Override
    public int getMessageNumber() {
        if (msgnum == 0) {
            try {
                msgnum = told(() -> wire.number(item));
            } catch (MessagingException unknown) {
                throw new IllegalStateException("the number of the message is not known: " + unknown, unknown);
            }
        }
        return msgnum;
    }

    @Override
    public Message reply(boolean all, boolean setAnswered) throws MessagingException {
        return told(() -> OwnReply.withoutSelf(owner.owner(), this, super.reply(all, setAnswered)));
    }

    @Override
    protected MimeMessage createMimeMessage(Session its) throws MessagingException {
        return new OwnReply(its, owner.owner().mailbox());
    }

    // The envelope, as it came with the list.

    private static Address[] array(List<InternetAddress> addresses) {
        return addresses.isEmpty() ? null : addresses.toArray(Address[]::new);
    }

    @Override
    public Address[] getFrom() throws MessagingException {
        return told(() ->
                array(item().one("from").or(() -> item.one("sender")).stream().toList()));
    }

    @Override
    public Address getSender() throws MessagingException {
        return told(() -> item().one("sender").orElse(null));
    }

    @Override
    public Address[] getReplyTo() throws MessagingException {
        return told(() -> {
            List<InternetAddress> asked = item().many("replyTo");
            return asked.isEmpty() ? getFrom() : array(asked);
        });
    }

    @Override
    public Address[] getRecipients(Message.RecipientType type) throws MessagingException {
        Optional<String> field = type == Message.RecipientType.TO
                ? Optional.of("toRecipients")
                : type == Message.RecipientType.CC
                        ? Optional.of("ccRecipients")
                        : type == Message.RecipientType.BCC ? Optional.of("bccRecipients") : Optional.empty();
        return field.isPresent() ? told(() -> array(item().many(field.get()))) : told(() -> super.getRecipients(type));
    }

    @Override
    public String getSubject() throws MessagingException {
        return told(() -> item().subject());
    }

    @Override
    public Date getSentDate() throws MessagingException {
        return told(() -> item().sent());
    }

    @Override
    public Date getReceivedDate() throws MessagingException {
        return told(() -> item().received());
    }

    @Override
    public String getMessageID() throws MessagingException {
        return told(() -> item().messageId());
    }

    // Flags.

    @Override
    public synchronized Flags getFlags() throws MessagingException {
        return told(() -> (Flags) item().flags().clone());
    }

    @Override
    public synchronized boolean isSet(Flags.Flag flag) throws MessagingException {
        return told(() -> item().flags().contains(flag));
    }

    @Override
    public synchronized void setFlags(Flags changed, boolean set) throws MessagingException {
        owner.setFlags(new Message[] {this}, changed, set);
    }

    // The rest, from the MIME.

    private synchronized void load() throws MessagingException {
        if (mime == null) {
            Spool fetched = wire.mime(item());
            boolean parsed = false;
            try {
                parse(fetched.content());
                mime = fetched;
                parsed = true;
            } catch (IOException unreadable) {
                throw new MessagingException("the message could not be read: " + unreadable.getMessage(), unreadable);
            } finally {
                if (!parsed) {
                    MessageContents.discard(fetched);
                }
            }
        }
    }

    private void seen() throws MessagingException {
        wire.seen(item());
    }

    /** In octets, of which Graph says nothing before the message is there. */
    @Override
    public int getSize() throws MessagingException {
        return told(() -> {
            load();
            return super.getSize();
        });
    }

    @Override
    public int getLineCount() {
        return -1;
    }

    @Override
    protected InputStream getContentStream() throws MessagingException {
        return told(() -> {
            load();
            seen();
            return super.getContentStream();
        });
    }

    @Override
    public Object getContent() throws IOException, MessagingException {
        return content(() -> {
            load();
            seen();
            return super.getContent();
        });
    }

    @Override
    public void writeTo(OutputStream out, String[] ignored) throws IOException, MessagingException {
        content(() -> {
            load();
            seen();
            super.writeTo(out, ignored);
            return null;
        });
    }

    @Override
    public synchronized DataHandler getDataHandler() throws MessagingException {
        return told(() -> {
            load();
            return super.getDataHandler();
        });
    }

    /** Of the identifier alone the list says what the header does, so that who looks for a message need not fetch it. */
    @Override
    public String[] getHeader(String name) throws MessagingException {
        return told(() -> {
            if (mime == null && name.equalsIgnoreCase("Message-ID") && item().messageId() != null) {
                return new String[] {item().messageId()};
            }
            load();
            return super.getHeader(name);
        });
    }

    @Override
    public String getHeader(String name, String delimiter) throws MessagingException {
        String[] values = getHeader(name);
        return values == null ? null : delimiter == null ? values[0] : String.join(delimiter, values);
    }

    @Override
    public Enumeration<Header> getAllHeaders() throws MessagingException {
        return told(() -> {
            load();
            return super.getAllHeaders();
        });
    }

    @Override
    public Enumeration<Header> getMatchingHeaders(String[] names) throws MessagingException {
        return told(() -> {
            load();
            return super.getMatchingHeaders(names);
        });
    }

    @Override
    public Enumeration<Header> getNonMatchingHeaders(String[] names) throws MessagingException {
        return told(() -> {
            load();
            return super.getNonMatchingHeaders(names);
        });
    }

    @Override
    public Enumeration<String> getAllHeaderLines() throws MessagingException {
        return told(() -> {
            load();
            return super.getAllHeaderLines();
        });
    }

    @Override
    public Enumeration<String> getMatchingHeaderLines(String[] names) throws MessagingException {
        return told(() -> {
            load();
            return super.getMatchingHeaderLines(names);
        });
    }

    @Override
    public Enumeration<String> getNonMatchingHeaderLines(String[] names) throws MessagingException {
        return told(() -> {
            load();
            return super.getNonMatchingHeaderLines(names);
        });
    }

    // A message of a mailbox cannot be changed.

    private static IllegalWriteException readOnly() {
        return new IllegalWriteException("a message of a mailbox cannot be changed; make a copy of it");
    }

    @Override
    public void setHeader(String name, String value) throws MessagingException {
        throw readOnly();
    }

    @Override
    public void addHeader(String name, String value) throws MessagingException {
        throw readOnly();
    }

    @Override
    public void removeHeader(String name) throws MessagingException {
        throw readOnly();
    }

    @Override
    public void addHeaderLine(String line) throws MessagingException {
        throw readOnly();
    }

    @Override
    public synchronized void setDataHandler(DataHandler handler) throws MessagingException {
        throw readOnly();
    }

    @Override
    public void saveChanges() throws MessagingException {
        throw readOnly();
    }
}
