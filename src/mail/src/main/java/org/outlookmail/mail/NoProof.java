package org.outlookmail.mail;

import jakarta.mail.MessagingException;
import java.util.Map;
import org.outlookmail.DiagnosedMessagingException;
import org.outlookmail.DiagnosisCode;

/** No proof at all: a relay knows this server by its address. Reading needs one, and that is said. */
public final class NoProof implements Proof {

    private final MailAccount account;
    private final Endpoint end;

    NoProof(MailAccount account, Endpoint end) {
        this.account = account;
        this.end = end;
    }

    @Override
    public String user() {
        return account.mailbox();
    }

    @Override
    public String fetch() throws MessagingException {
        if (end.server().sends()) {
            return "";
        }
        throw new DiagnosedMessagingException(
                account.diagnosis(
                        DiagnosisCode.READING_NEEDS_LOGIN,
                        "The mailbox " + account.mailbox()
                                + " cannot be read, because it is configured without a login.",
                        Map.of("mailbox", account.mailbox(), "server", end.toString())),
                null);
    }

    @Override
    public DiagnosisCode whenRefused() {
        return DiagnosisCode.RELAY_REFUSED;
    }

    @Override
    public Map<String, String> facts() {
        return Map.of("login", "none");
    }
}
