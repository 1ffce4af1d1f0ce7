package org.outlookmail.mail.message;

import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.internet.AddressException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.outlookmail.DiagnosedSendException;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;

/** Says why a message is not sent when no server had a say in it. */
final class MessageRefusal {

    private MessageRefusal() {}

    /** @param why perhaps null */
    static Diagnosis diagnosis(String mailbox, Message message, DiagnosisCode code, Exception why) {
        String address = why instanceof AddressException named ? named.getRef() : null;
        Map<String, String> details = new LinkedHashMap<>();
        details.put("mailbox", mailbox);
        details.put("subject", MessageFacts.subject(message));
        details.put("address", address);
        details.put(
                "reason", why instanceof UnsendableException ? why.getMessage() : why == null ? null : why.toString());
        return Diagnosis.of(code, summary(mailbox, address, why), details);
    }

    private static String summary(String mailbox, String address, Exception why) {
        if (address != null) {
            return "A message of " + mailbox + " was not sent because of " + address + ": " + why.getMessage() + ".";
        }
        return why == null
                ? "The message has no recipients."
                : why instanceof UnsendableException
                        ? "A message of " + mailbox + " was not sent: " + why.getMessage() + "."
                        : "The message could not be made ready to be sent.";
    }

    /** As Jakarta Mail's callers expect it: nobody got the message. */
    static DiagnosedSendException exception(
            Diagnosis diagnosis, Exception cause, Address[] validUnsent, Address[] invalid) {
        return new DiagnosedSendException(diagnosis, cause, new Address[0], validUnsent, invalid);
    }
}
