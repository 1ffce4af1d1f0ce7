package org.outlookmail.it;

import com.nimbusds.jwt.JWTClaimsSet;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.outlookmail.sandbox.SandboxSettings;
import org.outlookmail.sandbox.entra.TokenIssuer;

/**
 * Access tokens with Entra's claims, good and bad. Owns the key that signs them, of which the servers know the public half.
 * Safe for any thread; nothing to close.
 */
final class MailTokens {

    /** What the key is called in tokens. */
    static final String KEY_ID = "mail-tokens";

    static final Duration LIFETIME = Duration.ofHours(1);

    private static final String TENANT = "11111111-2222-3333-4444-555555555555";
    private static final String AUDIENCE = "https://outlook.office365.com";
    private static final SandboxSettings.Client CLIENT =
            new SandboxSettings.Client("66666666-7777-8888-9999-000000000000", "", Set.of());

    private final KeyPair keys = keyPair();
    private final KeyPair stranger = keyPair();
    private final TokenIssuer issuer = new TokenIssuer(TENANT, Clock.systemUTC(), LIFETIME, KEY_ID, keys);
    private final TokenIssuer past = new TokenIssuer(
            TENANT, Clock.offset(Clock.systemUTC(), LIFETIME.plusMinutes(1).negated()), LIFETIME, KEY_ID, keys);

    private static KeyPair keyPair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has RSA", impossible);
        }
    }

    PublicKey publicKey() {
        return keys.getPublic();
    }

    /** The {@code iss} of all these tokens. */
    String issuer() {
        return TokenIssuer.issuer(TENANT);
    }

    /** An application's own token, for any mailbox. */
    String application() {
        return issuer.sign(applicationClaims(issuer));
    }

    /** A user's token, for no mailbox but theirs. */
    String user(String upn) {
        return issuer.sign(issuer.userClaims(
                        CLIENT, upn, AUDIENCE, "SMTP.Send IMAP.AccessAsUser.All POP.AccessAsUser.All")
                // An optional claim that administrators can turn on, and by which the servers here tell them apart.
                .claim("idtyp", "user")
                .build());
    }

    /** An application's token that ended a minute ago. */
    String expired() {
        return past.sign(applicationClaims(past));
    }

    /** An application's token in whose signature nobody trusts. */
    String forged() {
        return issuer.forge(applicationClaims(issuer), stranger);
    }

    /** An application's token for something else than mail. */
    String forGraph() {
        return issuer.sign(issuer.appClaims(CLIENT, "https://graph.microsoft.com", List.of("Mail.Send"))
                .build());
    }

    private static JWTClaimsSet applicationClaims(TokenIssuer by) {
        return by.appClaims(CLIENT, AUDIENCE, List.of("SMTP.SendAsApp", "IMAP.AccessAsApp", "POP.AccessAsApp"))
                .build();
    }
}
