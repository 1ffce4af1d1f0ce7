package org.outlookmail.mail.message;

import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.util.SharedByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.outlookmail.DiagnosedSendException;
import org.outlookmail.DiagnosisCode;

/**
 * Makes messages of one mailbox ready to be sent; what is wrong with one is found here, without any server.
 *
 * <p>Thread rule: free for any thread; a message belongs to one.
 */
public final class MessagePreparation {

    private static final Address[] NOBODY = new Address[0];

    private final String mailbox;
    private final Map<String, String> mailProperties;
    private final String protocol;

    /** Made at its first use, which most connections never have. */
    private volatile Session session;

    /**
     * @param mailbox whose messages; not null
     * @param mailProperties of Angus Mail, as far as they say how a message is made; not null
     * @param protocol by which it will be sent, as those properties name it; not null
     */
    public MessagePreparation(String mailbox, Map<String, String> mailProperties, String protocol) {
        this.mailbox = mailbox;
        this.mailProperties = mailProperties;
        this.protocol = protocol;
    }

    /** A missing From becomes the mailbox, and the changes are saved; it goes to whom its header names. */
    public OutgoingMessage complete(Message message) throws DiagnosedSendException {
        Address[] recipients = null;
        try {
            MimeMessage mime = mime(message);
            addSender(mime);
            mime.saveChanges();
            recipients = mime.getAllRecipients();
            return checked(mime, recipients);
        } catch (MessagingException | RuntimeException unusable) {
            throw refusal(message, recipients, unusable);
        }
    }

    /**
     * A missing From becomes the mailbox; nothing else is changed but what Jakarta Mail saves when it writes.
     *
     * @param recipients perhaps null
     */
    public OutgoingMessage complete(Message message, Address[] recipients) throws DiagnosedSendException {
        try {
            MimeMessage mime = mime(message);
            if (addSender(mime)) {
                mime.saveChanges();
            } else {
                settle(mime);
            }
            return checked(mime, recipients);
        } catch (IOException | MessagingException | RuntimeException unusable) {
            throw refusal(message, recipients, unusable);
        }
    }

    private static MimeMessage mime(Message message) throws MessagingException {
        if (message instanceof MimeMessage mime) {
            return mime;
        }
        throw UnsendableException.malformed(null, "only a MimeMessage can be sent");
    }

    private boolean addSender(Message message) throws MessagingException {
        Address[] from = message.getFrom();
        boolean missing = from == null || from.length == 0;
        if (missing) {
            message.setFrom(new InternetAddress(mailbox));
        }
        return missing;
    }

    /**
     * Has a message that nobody has saved save itself, which it would else do when it is written and after its header has been
     * looked at. Its content is not touched, for some can be read only once; so not if the class writes in a way of its own.
     */
    private static void settle(MimeMessage message) throws IOException, MessagingException {
        try {
            if (message.getClass()
                            .getMethod("writeTo", OutputStream.class, String[].class)
                            .getDeclaringClass()
                    == MimeMessage.class) {
                message.writeTo(new UntilContent(), null);
            }
        } catch (NoSuchMethodException impossible) {
            throw new IllegalStateException(impossible);
        } catch (UntilContent.ReachedException done) {
            // Only the header had to be written.
        }
    }

    private OutgoingMessage checked(MimeMessage message, Address[] recipients) throws MessagingException {
        HeaderBlock header = HeaderBlock.of(message.getAllHeaderLines());
        SmtpMessageOptions options = SmtpMessageOptions.of(message);
        List<OutgoingMessage.Recipient> told = Recipients.of(recipients);
        Originators originators =
                header.originators(Optional.of(options.from()).filter(from -> !from.isEmpty() && !from.equals("<>")));
        String from = envelopeFrom(options, originators);
        String needsUtf8 = told.stream()
                .map(recipient -> recipient.told().getAddress())
                .filter(address -> !EnvelopeAddress.ascii(address))
                .findFirst()
                .or(() -> Optional.of(from).filter(address -> !EnvelopeAddress.ascii(address)))
                .or(() -> header.needsUtf8().map(field -> field.text().replaceAll("\\s+", " ")))
                .orElse(null);
        return new OutgoingMessage(
                mailbox, message, from, told, options, originators, header.replacements(), needsUtf8);
    }

    /** In Angus Mail's order, without its last resort, the operating system's user. */
    private String envelopeFrom(SmtpMessageOptions options, Originators originators) throws UnsendableException {
        String from = options.from();
        if (from.isEmpty()) {
            from = SmtpMessageOptions.from(mailProperties.get("mail." + protocol + ".from"));
        }
        if (from.isEmpty()) {
            from = originators.from().stream()
                    .findFirst()
                    .or(originators::sender)
                    .orElse(mailbox);
        }
        return from.equals("<>") ? "" : from;
    }

    private DiagnosedSendException refusal(Message message, Address[] recipients, Exception failure) {
        if (failure instanceof Recipients.InvalidException invalid) {
            UnsendableException first = invalid.first();
            return MessageRefusal.exception(
                    MessageRefusal.diagnosis(mailbox, message, first.code(), first),
                    first,
                    invalid.valid(),
                    invalid.invalid());
        }
        Exception why = failure instanceof Recipients.NoneException ? null : failure;
        DiagnosisCode code =
                failure instanceof UnsendableException known ? known.code() : DiagnosisCode.MESSAGE_INCOMPLETE;
        return MessageRefusal.exception(
                MessageRefusal.diagnosis(mailbox, message, code, why), why, Recipients.listed(recipients), NOBODY);
    }

    /** The message as it is now, with a header as it will leave; a copy that nobody else can change. */
    public OutgoingMessage frozen(OutgoingMessage outgoing, SenderCheck check) throws DiagnosedSendException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        try {
            outgoing.writeTo(content, check);
            // Shared, so that the octets are not copied once more.
            return outgoing.as(new MimeMessage(session(), new SharedByteArrayInputStream(content.toByteArray())));
        } catch (DiagnosedSendException forbidden) {
            throw forbidden;
        } catch (MessagingException | IOException | RuntimeException unusable) {
            throw outgoing.refused(
                    MessageRefusal.diagnosis(mailbox, outgoing.message(), DiagnosisCode.MESSAGE_INCOMPLETE, unusable),
                    unusable);
        }
    }

    /** With the settings of the account, for encodings may change once more; what it reads is UTF-8 at most. */
    private Session session() {
        Session known = session;
        if (known == null) {
            Properties properties = new Properties();
            properties.putAll(mailProperties);
            properties.put("mail.mime.allowutf8", "true");
            known = Session.getInstance(properties);
            session = known;
        }
        return known;
    }

    /** Takes a header and no content. */
    private static final class UntilContent extends OutputStream {

        /** The content begins. */
        static final class ReachedException extends IOException {

            private static final long serialVersionUID = 1L;
        }

        private int before = '\n';

        @Override
        public void write(int octet) throws IOException {
            if (octet == '\r' && before == '\n') {
                throw new ReachedException();
            }
            before = octet;
        }
    }
}
