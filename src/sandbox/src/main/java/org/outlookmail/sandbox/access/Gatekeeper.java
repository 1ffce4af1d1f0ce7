package org.outlookmail.sandbox.access;

import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import org.outlookmail.sandbox.SandboxSettings;
import org.outlookmail.sandbox.entra.TokenCheck;
import org.outlookmail.sandbox.entra.TokenCheck.TokenRefusedException;
import org.outlookmail.sandbox.entra.TokenCheck.Verified;
import org.outlookmail.sandbox.faults.Protocol;
import org.outlookmail.sandbox.mailstore.MailStore;

/**
 * Checks logins for any of the three mail protocols: of an XOAUTH2 answer the token, then the right on the mailbox; of others
 * the password. Safe for any thread.
 */
public final class Gatekeeper {
    private static final System.Logger LOG = System.getLogger(Gatekeeper.class.getName());

    /** What Gmail sends; its texts are the same for every cause. */
    private static final String CHALLENGE =
            "{\"status\":\"401\",\"schemes\":\"Bearer\",\"scope\":\"https://mail.google.com/\"}";

    private final TokenCheck tokens;
    private final MailStore store;
    private final Passwords passwords;
    private final boolean challengeOnRefusal;

    /** Uses all, owns none. */
    public Gatekeeper(TokenCheck tokens, MailStore store, Passwords passwords, boolean challengeOnRefusal) {
        this.tokens = tokens;
        this.store = store;
        this.passwords = passwords;
        this.challengeOnRefusal = challengeOnRefusal;
    }

    /** What a refused token is told, in base64, before the client's next line and the refusal; empty is Exchange's way. */
    public Optional<String> refusalChallenge() {
        return challengeOnRefusal
                ? Optional.of(Base64.getEncoder().encodeToString(CHALLENGE.getBytes(StandardCharsets.UTF_8)))
                : Optional.empty();
    }

    /** Whether any mailbox can be opened by a password, so that the mechanisms for it are offered. */
    public boolean takesPasswords() {
        return !passwords.isEmpty();
    }

    /**
     * The login by a password.
     *
     * @throws BasicOffException if the mailbox takes none
     */
    public Login checkPassword(Protocol protocol, Credentials sent) throws LoginRefusedException {
        if (!passwords.has(sent.user())) {
            throw new BasicOffException("basic authentication is off for " + sent.user());
        }
        if (!passwords.match(sent.user(), sent.password())) {
            told(protocol + " login of " + sent.user() + " refused: wrong password");
            throw new LoginRefusedException("wrong password for " + sent.user(), null);
        }
        return new Login(sent.user().toLowerCase(Locale.ROOT), true, Optional.empty());
    }

    /** The login, with or without the right on the mailbox. */
    public Login check(Protocol protocol, String base64) throws LoginRefusedException {
        XOAuth2 sent;
        try {
            sent = XOAuth2.decode(base64);
        } catch (IllegalArgumentException e) {
            told(protocol + " login refused: " + e.getMessage());
            throw new LoginRefusedException(e.getMessage(), e);
        }
        try {
            Verified token = tokens.check(sent.token(), protocol.permission());
            String missing = missingRight(sent.user(), token);
            if (!missing.isEmpty()) {
                told(protocol + " login of " + sent.user() + ": " + missing);
            }
            return new Login(sent.user().toLowerCase(Locale.ROOT), missing.isEmpty(), Optional.of(token));
        } catch (TokenRefusedException e) {
            told(protocol + " login of " + sent.user() + " refused: " + e.getMessage());
            throw new LoginRefusedException(e.getMessage(), e);
        }
    }

    /** The same, where a missing right refuses the login at once. */
    public Login checkWithRight(Protocol protocol, String base64) throws LoginRefusedException {
        Login login = check(protocol, base64);
        if (!login.mailboxRight()) {
            throw new LoginRefusedException(
                    login.token()
                            .map(token -> missingRight(login.mailbox(), token))
                            .orElse(""),
                    null);
        }
        return login;
    }

    /** What a client has sent is one line of the log. */
    private static void told(String text) {
        LOG.log(Level.INFO, text.replaceAll("[\\p{Cntrl}\\x{85}\\x{2028}\\x{2029}]", "?"));
    }

    /** Whether a session opened with this login may go on. */
    public boolean stillHolds(Login login) {
        return login.token().map(tokens::stillHolds).orElse(true);
    }

    private String missingRight(String user, Verified token) {
        Optional<SandboxSettings.Mailbox> mailbox = store.find(user);
        if (mailbox.isEmpty()) {
            return "there is no mailbox " + user;
        }
        if (!token.user().isEmpty()) {
            boolean own = token.user().equalsIgnoreCase(user);
            return own || granted(mailbox.get(), token.user())
                    ? ""
                    : token.user() + " has no right on the mailbox " + user;
        }
        return granted(mailbox.get(), token.clientId())
                ? ""
                : "the app " + token.clientId() + " has no FullAccess to the mailbox " + user;
    }

    private static boolean granted(SandboxSettings.Mailbox mailbox, String who) {
        return mailbox.apps().stream().anyMatch(who::equalsIgnoreCase);
    }
}
