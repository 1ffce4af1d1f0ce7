package org.outlookmail.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import java.io.IOException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/**
 * Angus Mail's SMTP client (RFC 5321) that also remembers the server's greeting, and whether a failure left it open if
 * the server has accepted the message.
 *
 * <p>Thread rule: one thread at a time.
 */
final class SmtpConnection extends SMTPTransport {

    private String greeting;
    private boolean outcomeUnknown;

    SmtpConnection(Session session, MailServer server) {
        super(session, new URLName(server.protocol(), server.host(), server.port(), null, null, null));
    }

    @Override
    protected boolean ehlo(String domain) throws MessagingException {
        if (greeting == null) {
            greeting = getLastServerResponse().trim();
        }
        return super.ehlo(domain);
    }

    @Override
    protected void finishData() throws IOException, MessagingException {
        outcomeUnknown = true;
        try {
            super.finishData();
            outcomeUnknown = false;
        } catch (SMTPSendFailedException refused) {
            // A code means that the server has answered; -1 that the connection ended instead.
            outcomeUnknown = refused.getReturnCode() <= 0;
            throw refused;
        }
    }

    /** Whether the last failure happened between the final dot and the server's reply. */
    boolean outcomeUnknown() {
        return outcomeUnknown;
    }

    /** The first line the server said, or null before the connection. */
    String greeting() {
        return greeting;
    }
}
