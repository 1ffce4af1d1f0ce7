package org.outlookmail.sandbox.access;

import java.lang.System.Logger.Level;
import java.util.Locale;
import java.util.Optional;
import org.outlookmail.sandbox.SandboxSettings;
import org.outlookmail.sandbox.entra.TokenCheck;
import org.outlookmail.sandbox.entra.TokenCheck.TokenRefusedException;
import org.outlookmail.sandbox.entra.TokenCheck.Verified;
import org.outlookmail.sandbox.faults.Protocol;
import org.outlookmail.sandbox.mailstore.MailStore;

/** Checks an XOAUTH2 answer for any of the three mail protocols: the token, then the right on the mailbox. Safe for any thread. */
public final class Gatekeeper {
    private static final System.Logger LOG = System.getLogger(Gatekeeper.class.getName());

    private final TokenCheck tokens;
    private final MailStore store;

    /** Uses both, owns neither. */
    public Gatekeeper(TokenCheck tokens, MailStore store) {
        this.tokens = tokens;
        this.store = store;
    }

    /** The login, with or without the right on the mailbox. */
    public Login check(Protocol protocol, String base64) throws LoginRefusedException {
        XOAuth2 sent;
        try {
            sent = XOAuth2.decode(base64);
        } catch (IllegalArgumentException e) {
            LOG.log(Level.INFO, () -> protocol + " login refused: " + e.getMessage());
            throw new LoginRefusedException(e.getMessage(), e);
        }
        try {
            Verified token = tokens.check(sent.token(), protocol.permission());
            String missing = missingRight(sent.user(), token);
            if (!missing.isEmpty()) {
                LOG.log(Level.INFO, () -> protocol + " login of " + sent.user() + ": " + missing);
            }
            return new Login(sent.user().toLowerCase(Locale.ROOT), missing.isEmpty(), token);
        } catch (TokenRefusedException e) {
            LOG.log(Level.INFO, () -> protocol + " login of " + sent.user() + " refused: " + e.getMessage());
            throw new LoginRefusedException(e.getMessage(), e);
        }
    }

    /** The same, where a missing right refuses the login at once. */
    public Login checkWithRight(Protocol protocol, String base64) throws LoginRefusedException {
        Login login = check(protocol, base64);
        if (!login.mailboxRight()) {
            throw new LoginRefusedException(missingRight(login.mailbox(), login.token()), null);
        }
        return login;
    }

    /** Whether a session opened with this login may go on. */
    public boolean stillHolds(Login login) {
        return tokens.stillHolds(login.token());
    }

    private String missingRight(String user, Verified token) {
        Optional<SandboxSettings.Mailbox> mailbox = store.find(user);
        if (mailbox.isEmpty()) {
            return "there is no mailbox " + user;
        }
        if (!token.user().isEmpty()) {
            return token.user().equalsIgnoreCase(user) ? "" : token.user() + " has no right on the mailbox " + user;
        }
        boolean granted = mailbox.get().apps().stream().anyMatch(app -> app.equalsIgnoreCase(token.clientId()));
        return granted ? "" : "the app " + token.clientId() + " has no FullAccess to the mailbox " + user;
    }
}
