package org.outlookmail.mail.message;

import jakarta.mail.internet.AddressException;
import org.outlookmail.DiagnosisCode;

/** Something of a message that SMTP cannot be given, an address most of the time; its text says why, {@code getRef()} which. */
final class UnsendableException extends AddressException {

    private static final long serialVersionUID = 1L;

    private final DiagnosisCode code;

    private UnsendableException(DiagnosisCode code, String address, String why) {
        super(why, address);
        this.code = code;
    }

    /** No server would take it for what it is meant to be. */
    static UnsendableException malformed(String address, String why) {
        return new UnsendableException(DiagnosisCode.MESSAGE_INCOMPLETE, address, why);
    }

    /** An address as the world writes it, which cannot be told to a mail server without the risk that it means another. */
    static UnsendableException international(String address, String why) {
        return new UnsendableException(DiagnosisCode.ADDRESS_NOT_TRANSMISSIBLE, address, why);
    }

    DiagnosisCode code() {
        return code;
    }
}
