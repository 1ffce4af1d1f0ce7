package org.outlookmail.mail.message;

import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.outlookmail.DiagnosedSendException;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;

/**
 * A message that has been completed and checked, with the envelope it goes in. The envelope is fixed: whatever the
 * application does with its addresses afterwards changes nothing.
 *
 * <p>Thread rule: one thread at a time.
 */
public final class OutgoingMessage {

    /** Jakarta Mail leaves these out while it writes; the gate does so for classes that write in a way of their own. */
    private static final String[] NOT_SENT = {"Bcc", "Resent-Bcc", "Content-Length"};

    /** One of the envelope's recipients: as it was given, and as the server is told. */
    record Recipient(InternetAddress given, InternetAddress told) {}

    private final String mailbox;
    private final MimeMessage message;
    private final String envelopeFrom;
    private final List<Recipient> recipients;
    private final SmtpMessageOptions options;
    private final Originators originators;
    private final Map<String, String> replacements;
    private final String needsUtf8;

    /**
     * @param mailbox whose it is
     * @param envelopeFrom as the server is told; empty for the null sender
     * @param needsUtf8 which address or field needs SMTPUTF8; null if none does
     */
    OutgoingMessage(
            String mailbox,
            MimeMessage message,
            String envelopeFrom,
            List<Recipient> recipients,
            SmtpMessageOptions options,
            Originators originators,
            Map<String, String> replacements,
            String needsUtf8) {
        this.mailbox = mailbox;
        this.message = message;
        this.envelopeFrom = envelopeFrom;
        this.recipients = List.copyOf(recipients);
        this.options = options;
        this.originators = originators;
        this.replacements = Map.copyOf(replacements);
        this.needsUtf8 = needsUtf8;
    }

    /** The same in another form, whose header is what has left through a {@link HeaderGate}. */
    OutgoingMessage as(MimeMessage copy) {
        return new OutgoingMessage(mailbox, copy, envelopeFrom, recipients, options, originators, Map.of(), needsUtf8);
    }

    public MimeMessage message() {
        return message;
    }

    /** The sender of the envelope, as the server is told; empty for the null sender. */
    public String envelopeFrom() {
        return envelopeFrom;
    }

    public SmtpMessageOptions options() {
        return options;
    }

    /** The recipients of the envelope, as the server is told. */
    public InternetAddress[] recipients() {
        return recipients.stream().map(Recipient::told).toArray(InternetAddress[]::new);
    }

    /** As they were given, for those the server was told. */
    public Address[] given(Address[] told) {
        List<Address> given = new ArrayList<>();
        for (Address each : told) {
            given.add(recipients.stream()
                    .filter(recipient -> recipient.told().equals(each))
                    .findFirst()
                    .<Address>map(Recipient::given)
                    .orElse(each));
        }
        return given.toArray(Address[]::new);
    }

    /** In whose name it leaves. */
    public Originators originators() {
        return originators;
    }

    /** How many octets it has at least as it leaves; 0 if nothing is known of that. */
    public long atLeastOctets() {
        return MessageSize.atLeast(message);
    }

    /** Its Message-ID, perhaps null. */
    public String messageId() {
        return MessageFacts.header(message, "Message-ID");
    }

    Optional<String> setEnvelope() {
        return originators.envelope();
    }

    public boolean needsUtf8() {
        return needsUtf8 != null;
    }

    /**
     * Writes it as it leaves (RFC 5322), without what is not sent, such as Bcc. The header is looked at as it does.
     *
     * @param check in whose name it may leave
     * @throws MessagingException diagnosed, if it may not; then nothing of it was written
     */
    public void writeTo(OutputStream out, SenderCheck check) throws IOException, MessagingException {
        HeaderGate gate = new HeaderGate(this, check, out);
        try {
            writeTo(gate);
        } catch (IOException | MessagingException | RuntimeException failure) {
            if (gate.refusal() != null) {
                throw gate.refusal();
            }
            throw failure;
        }
    }

    public void writeTo(HeaderGate gate) throws IOException, MessagingException {
        message.writeTo(gate, NOT_SENT);
        gate.finish();
        gate.flush();
    }

    /** What leaves for a field that Jakarta Mail has written; each char an octet. */
    String leavesAs(String written) {
        return replacements.getOrDefault(written, written);
    }

    /** The server has not offered SMTPUTF8. */
    public DiagnosedSendException unspeakable() {
        return refused(UnsendableException.international(
                needsUtf8, "it is not ASCII, and the server does not offer SMTPUTF8 (RFC 6531)"));
    }

    /** The message is not sent, for a reason of its own. */
    DiagnosedSendException refused(AddressException why) {
        DiagnosisCode code = why instanceof UnsendableException known ? known.code() : DiagnosisCode.MESSAGE_INCOMPLETE;
        return refused(MessageRefusal.diagnosis(mailbox, message, code, why), why);
    }

    /**
     * The message is not sent: what Jakarta Mail's callers expect of that, with all recipients among the valid and unsent.
     *
     * @param cause perhaps null
     */
    public DiagnosedSendException refused(Diagnosis diagnosis, Exception cause) {
        return MessageRefusal.exception(
                diagnosis, cause, recipients.stream().map(Recipient::given).toArray(Address[]::new), new Address[0]);
    }

    @Override
    public String toString() {
        return "OutgoingMessage[" + messageId() + " to " + Arrays.toString(recipients()) + "]";
    }
}
