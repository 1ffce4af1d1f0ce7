package org.outlookmail.mail.message;

import jakarta.mail.internet.AddressException;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.outlookmail.DiagnosedSendException;
import org.outlookmail.Diagnosis;

/**
 * Holds a message's header back until its end, and lets it go only if all of it may leave: what has been checked is what
 * leaves, even if the message writes another header than it had shown. The content after it passes through.
 *
 * <p>Thread rule: one thread. It belongs to one writing of one message; {@link #finish} ends it, nobody closes it.
 */
public final class HeaderGate extends FilterOutputStream {

    /** Four times what Exchange Online takes. */
    private static final int LARGEST = 1024 * 1024;

    /** The header was refused; nothing has left. */
    static final class RefusedException extends IOException {

        private static final long serialVersionUID = 1L;

        RefusedException(DiagnosedSendException why) {
            super(why);
        }
    }

    private final OutgoingMessage message;
    private final SenderCheck check;
    private final ByteArrayOutputStream header = new ByteArrayOutputStream(2048);
    private int lineLength;
    private boolean afterCarriageReturn;
    private boolean ended;
    private boolean open;
    private DiagnosedSendException refusal;

    public HeaderGate(OutgoingMessage message, SenderCheck check, OutputStream out) {
        super(out);
        this.message = message;
        this.check = check;
    }

    /** Why nothing has left, or null. */
    public DiagnosedSendException refusal() {
        return refusal;
    }

    @Override
    public void write(int octet) throws IOException {
        if (open) {
            out.write(octet);
        } else {
            hold(octet & 0xff);
        }
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
        int next = offset;
        while (!open && next < offset + length) {
            hold(octets[next++] & 0xff);
        }
        if (next < offset + length) {
            out.write(octets, next, offset + length - next);
        }
    }

    /** The header leaves in one piece. */
    @Override
    public void flush() throws IOException {
        if (open) {
            out.flush();
        }
    }

    /** All has been written; a message may be nothing but a header. */
    void finish() throws IOException {
        if (refusal != null) { // which the message may have caught while it wrote
            throw new RefusedException(refusal);
        }
        if (!open) {
            release();
        }
    }

    private void hold(int octet) throws IOException {
        if (refusal != null) {
            throw new RefusedException(refusal);
        }
        boolean lineEnd = octet == '\r' || octet == '\n';
        if (ended) { // by a CR, to which an LF may belong
            release();
            if (octet != '\n') {
                out.write(octet);
            }
        } else if (lineEnd && lineLength == 0 && !(afterCarriageReturn && octet == '\n')) {
            ended = true;
            if (octet == '\n') {
                release();
            }
        } else {
            header.write(octet);
            lineLength = lineEnd ? 0 : lineLength + 1;
            afterCarriageReturn = octet == '\r';
            if (header.size() > LARGEST) {
                throw refused(message.refused(UnsendableException.malformed(null, "its header is too large")));
            }
        }
    }

    private void release() throws IOException {
        List<HeaderField> leaving = new ArrayList<>();
        try {
            for (String written : HeaderBlock.split(header.toString(StandardCharsets.ISO_8859_1))) {
                HeaderField field = HeaderField.of(decoded(message.leavesAs(written)));
                if (!field.blind()) {
                    leaving.add(field);
                }
            }
            Originators originators = new HeaderBlock(leaving).originators(message.setEnvelope());
            Optional<Diagnosis> objection = check.objection(originators);
            if (objection.isPresent()) {
                throw refused(message.refused(objection.get(), null));
            }
        } catch (AddressException unclear) {
            throw refused(message.refused(unclear));
        }
        for (HeaderField field : leaving) {
            out.write(field.text().getBytes(StandardCharsets.UTF_8));
            out.write('\r');
            out.write('\n');
        }
        out.write('\r');
        out.write('\n');
        open = true;
    }

    private String decoded(String octets) throws UnsendableException {
        if (EnvelopeAddress.ascii(octets)) {
            return octets;
        }
        String name = octets.replaceFirst("(?s):.*", "");
        if (!message.needsUtf8()) {
            throw UnsendableException.international(
                    name, "the message writes a field that is not ASCII and that it had not shown before");
        }
        return HeaderField.utf8(octets.getBytes(StandardCharsets.ISO_8859_1))
                .orElseThrow(() -> UnsendableException.malformed(name, "the field is neither ASCII nor UTF-8"));
    }

    private RefusedException refused(DiagnosedSendException why) {
        refusal = why;
        return new RefusedException(why);
    }
}
