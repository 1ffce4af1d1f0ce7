package org.outlookmail.mail.angus;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Set;
import java.util.StringJoiner;
import org.eclipse.angus.mail.smtp.SMTPMessage;
import org.outlookmail.DiagnosedSendException;
import org.outlookmail.mail.message.HeaderGate;
import org.outlookmail.mail.message.OutgoingMessage;
import org.outlookmail.mail.message.SenderCheck;
import org.outlookmail.mail.message.SmtpMessageOptions;

/**
 * An outgoing message as Angus Mail sees it: the envelope is ours, the content is the application's and passes a
 * {@link HeaderGate}.
 *
 * <p>Thread rule: one thread. It belongs to one attempt to send.
 */
final class WireMessage extends SMTPMessage {

    private final OutgoingMessage outgoing;
    private final SenderCheck check;
    private DiagnosedSendException refusal;

    /** Whether texts have been made to leave unencoded. */
    private boolean eightBit;

    WireMessage(OutgoingMessage outgoing, SenderCheck check) {
        super((Session) null);
        this.outgoing = outgoing;
        this.check = check;
        SmtpMessageOptions options = outgoing.options();
        setEnvelopeFrom(outgoing.envelopeFrom().isEmpty() ? "<>" : outgoing.envelopeFrom());
        setNotifyOptions(options.reported());
        setReturnOption(options.returned());
        setSubmitter(options.submitter());
        setAllow8bitMIME(options.eightBit());
    }

    boolean needsUtf8() {
        return outgoing.needsUtf8();
    }

    /**
     * The parameters of MAIL: what the message needs, and what the application has set, or else the administrator.
     *
     * @param set the administrator's, perhaps null
     * @param offered whether the server knows 8BITMIME (RFC 6152)
     */
    String parameters(String set, boolean offered) {
        String further = outgoing.options().extension() == null
                ? set
                : outgoing.options().extension();
        boolean none = further == null || further.isBlank();
        Set<String> known = none ? Set.of() : SmtpMessageOptions.keywords(further);
        StringJoiner parameters = new StringJoiner(" ");
        if (!none) {
            parameters.add(further.trim());
        }
        if (needsUtf8() && !known.contains("SMTPUTF8")) {
            parameters.add("SMTPUTF8");
        }
        if ((needsUtf8() || eightBit) && offered && !known.contains("BODY")) {
            parameters.add("BODY=8BITMIME");
        }
        return parameters.toString();
    }

    /** Why its header was not let go, or null. */
    DiagnosedSendException refusal() {
        return refusal;
    }

    @Override
    public void writeTo(OutputStream out, String[] ignored) throws IOException, MessagingException {
        HeaderGate gate = new HeaderGate(outgoing, check, out);
        try {
            outgoing.writeTo(gate);
        } finally {
            refusal = gate.refusal();
        }
    }

    // What follows is what Angus Mail calls to let texts leave unencoded (allow8bitmime).

    @Override
    public boolean isMimeType(String mimeType) throws MessagingException {
        return outgoing.message().isMimeType(mimeType);
    }

    @Override
    public String getEncoding() throws MessagingException {
        return outgoing.message().getEncoding();
    }

    @Override
    public String getContentType() throws MessagingException {
        return outgoing.message().getContentType();
    }

    @Override
    public InputStream getInputStream() throws IOException, MessagingException {
        return outgoing.message().getInputStream();
    }

    @Override
    public Object getContent() throws IOException, MessagingException {
        return outgoing.message().getContent();
    }

    @Override
    public void setContent(Object content, String type) throws MessagingException {
        outgoing.message().setContent(content, type);
    }

    @Override
    public void setHeader(String name, String value) throws MessagingException {
        outgoing.message().setHeader(name, value);
    }

    @Override
    public void saveChanges() throws MessagingException {
        outgoing.message().saveChanges();
        eightBit = true;
    }
}
