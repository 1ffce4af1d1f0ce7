package org.outlookmail.mail.angus;

import java.io.IOException;
import java.util.Properties;
import java.util.stream.Collectors;
import org.eclipse.angus.mail.iap.ProtocolException;
import org.eclipse.angus.mail.iap.Response;
import org.eclipse.angus.mail.imap.protocol.IMAPProtocol;
import org.eclipse.angus.mail.util.MailLogger;

/**
 * Angus Mail's IMAP protocol (RFC 3501) that shows a token to XOAUTH2 alone, and takes a refusal for a refusal. Angus Mail 2.0.5
 * sends the token as a password with LOGIN to a server that does not offer XOAUTH2, who may write it into a log or hand it on.
 *
 * <p>Thread rule: as its connection. Angus Mail closes it.
 */
final class ImapWire extends IMAPProtocol {

    private static final String LOGIN_DISABLED = "LOGINDISABLED";

    /** Set when the connection stands; Angus Mail asks for capabilities before. */
    private final boolean token;

    ImapWire(String name, String host, int port, Properties properties, boolean tls, MailLogger logger)
            throws IOException, ProtocolException {
        super(name, host, port, properties, tls, logger);
        token = "XOAUTH2".equals(properties.getProperty("mail." + name + ".auth.mechanisms"));
    }

    /**
     * Angus Mail 2.0.5 takes NO to the FETCH of a content for an empty one, and in the middle of a long one for its end: a
     * mail would be dealt with that was never read, because the server throttles. Whether the message was expunged meanwhile,
     * for which RFC 2180, section 4.1.2, allows NO too, it asks when it is told of the NO.
     */
    @Override
    public Response[] fetch(int message, String what) throws ProtocolException {
        Response[] responses = super.fetch(message, what);
        Response last = responses[responses.length - 1];
        if (last.isNO()) {
            notifyResponseHandlers(responses);
            handleResult(last);
        }
        return responses;
    }

    /** Says no to LOGINDISABLED, so that Angus Mail comes to {@link #login} at the end of its mechanisms in any case. */
    @Override
    public boolean hasCapability(String capability) {
        return !capability.equals(LOGIN_DISABLED) && super.hasCapability(capability);
    }

    /** None of the mechanisms is offered. A password may go by LOGIN (RFC 3501, section 6.2.3), a token may not. */
    @Override
    public void login(String user, String password) throws ProtocolException {
        if (token || super.hasCapability(LOGIN_DISABLED)) {
            MechanismMissingException missing = new MechanismMissingException(offered());
            throw new ProtocolException(missing.getMessage(), missing);
        }
        super.login(user, password);
    }

    private String offered() {
        return getCapabilities().keySet().stream()
                .filter(capability -> capability.startsWith("AUTH=") || capability.equals(LOGIN_DISABLED))
                .sorted()
                .collect(Collectors.joining(" "));
    }
}
