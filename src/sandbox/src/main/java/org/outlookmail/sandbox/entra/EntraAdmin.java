package org.outlookmail.sandbox.entra;

import com.nimbusds.jose.jwk.JWKSet;
import java.security.cert.X509Certificate;
import java.text.ParseException;
import java.util.Locale;
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
    private final ClusterIssuer cluster;
    private final FederatedCredentials federated;

    EntraAdmin(
            Directory directory,
            TokenIssuer issuer,
            RefreshTokenBook book,
            RefreshTokenBook genericBook,
            DeviceCodes codes,
            ServiceAccount account,
            GoogleGrant google,
            ClusterIssuer cluster,
            FederatedCredentials federated) {
        this.directory = directory;
        this.issuer = issuer;
        this.book = book;
        this.genericBook = genericBook;
        this.codes = codes;
        this.account = account;
        this.google = google;
        this.cluster = cluster;
        this.federated = federated;
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

    /** The issuer of the cluster that the box plays, for {@link #federate}. */
    public String clusterIssuer() {
        return cluster.issuer();
    }

    /** That issuer's public keys, as a JWK set. */
    public String clusterKeys() {
        return cluster.keys().toString();
    }

    /** A token of that cluster for a service account such as {@code system:serviceaccount:shop:mailer}, good for an hour. */
    public String assertion(String subject) {
        return assertion(subject, Map.of());
    }

    /** The same with {@code changes} put over its claims: null removes one; exp, nbf and iat are epoch seconds. */
    public String assertion(String subject, Map<String, ?> changes) {
        return cluster.token(subject, changes);
    }

    /** An application trusts this issuer's tokens for this subject; they are checked with the keys of the box's cluster. */
    public void federate(String clientId, String issuer, String subject) {
        federate(clientId, issuer, subject, ClusterIssuer.AUDIENCE, clusterKeys());
    }

    /**
     * The same with another audience and the keys of another issuer, since the box fetches nothing.
     *
     * @param jwks the issuer's public keys (RFC 7517)
     * @throws IllegalArgumentException if they are none, or there is no such application
     */
    public void federate(String clientId, String issuer, String subject, String audience, String jwks) {
        try {
            federated.add(new FederatedCredentials.Credential(
                    directory.client(clientId).id().toLowerCase(Locale.ROOT),
                    issuer,
                    subject,
                    audience,
                    JWKSet.parse(jwks)));
        } catch (ParseException e) {
            throw new IllegalArgumentException("The keys are no JWK set", e);
        } catch (EntraRefusedException e) {
            throw new IllegalArgumentException("There is no application " + clientId, e);
        }
    }

    /** No application trusts anybody else's tokens any more. */
    public void removeFederations() {
        federated.clear();
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
