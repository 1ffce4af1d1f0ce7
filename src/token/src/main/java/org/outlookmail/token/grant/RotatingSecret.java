package org.outlookmail.token.grant;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.secret.Secret;
import org.outlookmail.token.AccessToken;
import org.outlookmail.token.Credential.ClientSecret;
import org.outlookmail.token.TokenException;
import org.outlookmail.token.TokenRequest;

/**
 * Two client secrets that overlap: when Entra says that one is wrong or has expired, the other is tried at once, and is
 * the first choice from then on.
 *
 * <p>Thread rule: free for any thread.
 */
final class RotatingSecret {

    private static final Logger LOG = System.getLogger(RotatingSecret.class.getName());

    private final MicrosoftGrant microsoft;
    private final Map<ClientSecret, Secret> proven = new ConcurrentHashMap<>();

    RotatingSecret(MicrosoftGrant microsoft) {
        this.microsoft = microsoft;
    }

    AccessToken acquire(TokenRequest request, ClientSecret credential) throws TokenException {
        Secret first = proven.getOrDefault(credential, credential.secret());
        try {
            return microsoft.withSecret(request, first);
        } catch (TokenException refused) {
            if (credential.next().isEmpty() || !secretsFault(refused)) {
                throw refused;
            }
            Secret other = first.equals(credential.secret()) ? credential.next().get() : credential.secret();
            AccessToken token = withOther(request, other, refused);
            proven.put(credential, other);
            LOG.log(Level.WARNING, () -> told(request, other.equals(credential.secret()), refused));
            return token;
        }
    }

    /** If both are refused, the first one's refusal is the one to cure, unless the other's is no refusal of it. */
    private AccessToken withOther(TokenRequest request, Secret other, TokenException refused) throws TokenException {
        try {
            return microsoft.withSecret(request, other);
        } catch (TokenException refusedToo) {
            TokenException told = secretsFault(refusedToo) ? refused : refusedToo;
            told.addSuppressed(told == refused ? refusedToo : refused);
            throw told;
        }
    }

    private static boolean secretsFault(TokenException refusal) {
        DiagnosisCode code = refusal.diagnosis().code();
        return code == DiagnosisCode.CLIENT_SECRET_WRONG || code == DiagnosisCode.CLIENT_SECRET_EXPIRED;
    }

    private static String told(TokenRequest request, boolean back, TokenException refused) {
        String works = back ? "clientSecret" : "clientSecretNext";
        String refusedOne = back ? "clientSecretNext" : "clientSecret";
        return "Entra accepts " + works + " of " + request.subject() + " and no longer " + refusedOne + " ("
                + refused.diagnosis().code().code() + "); " + works + " is used from now on."
                + (back ? "" : " Put its value into clientSecret and remove clientSecretNext when it suits you.");
    }
}
