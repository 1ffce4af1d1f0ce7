package org.outlookmail.sandbox.entra;

import java.security.cert.X509Certificate;
import java.util.Map;

/**
 * What an administrator, or a user at a browser, does in Entra while programs run; and what goes wrong there. The
 * sandbox's reset undoes it, but for sign-ins. Safe for any thread.
 */
public final class EntraAdmin {
    private final Directory directory;
    private final TokenIssuer issuer;
    private final RefreshTokenBook book;
    private final RefreshTokenBook genericBook;
    private final DeviceCodes codes;
    private final ServiceAccount account;
    private final GoogleGrant google;

    EntraAdmin(
            Directory directory,
            TokenIssuer issuer,
            RefreshTokenBook book,
            RefreshTokenBook genericBook,
            DeviceCodes codes,
            ServiceAccount account,
            GoogleGrant google) {
        this.directory = directory;
        this.issuer = issuer;
        this.book = book;
        this.genericBook = genericBook;
        this.codes = codes;
        this.account = account;
        this.google = google;
    }

    /** The default client has this secret too. */
    public void addSecret(String secret) {
        directory.addSecret(secret);
    }

    /** This secret of the default client meets AADSTS7000222 from now on. */
    public void expireSecret(String secret) {
        directory.expireSecret(secret);
    }

    /** This secret of the default client meets AADSTS7000215 from now on. */
    public void removeSecret(String secret) {
        directory.removeSecret(secret);
    }

    /** The default client may sign with this certificate's key. */
    public void registerCertificate(X509Certificate certificate) {
        directory.addCertificate(certificate);
    }

    /** It may no longer. */
    public void removeCertificate(X509Certificate certificate) {
        directory.removeCertificate(certificate);
    }

    /**
     * A user enters the code that a program shows, and signs in.
     *
     * @throws IllegalArgumentException if no program waits with that code
     */
    public void signIn(String userCode, String upn) {
        codes.answer(userCode, upn);
    }

    /** The user declines instead. */
    public void declineSignIn(String userCode) {
        codes.answer(userCode, "");
    }

    /** Every refresh token that is out meets AADSTS700082: it has not been used for 90 days. */
    public void expireRefreshTokens() {
        book.endAll(700082);
        genericBook.endAll(700082);
    }

    /** Every refresh token that is out meets AADSTS50173: the user's password was changed. */
    public void revokeRefreshTokens() {
        book.endAll(50173);
        genericBook.endAll(50173);
    }

    /** Tokens issued from now on have these claims put over theirs; null removes one, an empty map ends it. */
    public void changeClaims(Map<String, ?> changes) {
        issuer.changes(changes);
    }

    /** The key file of a Google service account that this box knows. */
    public String googleServiceAccountKey() {
        return account.keyFile();
    }

    /** The service account may not act for this user. */
    public void refuseGoogleUser(String user) {
        google.refuseUser(user);
    }

    /** A refresh token of the generic provider for a user, as if the user had signed in there. */
    public String genericRefreshToken(String upn) {
        return genericBook.first(directory.defaultClient().id(), upn, directory.mailScope());
    }
}
