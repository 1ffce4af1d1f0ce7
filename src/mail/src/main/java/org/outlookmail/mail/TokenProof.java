package org.outlookmail.mail;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.outlookmail.DiagnosedAuthenticationException;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.token.AccessToken;
import org.outlookmail.token.TokenException;
import org.outlookmail.token.TokenRequest;
import org.outlookmail.token.TokenSource;

/** An access token, fetched at the moment of the login. */
public final class TokenProof implements Proof {

    /** A login is given up when its token has less than this to live; Exchange ends such sessions. */
    private static final Duration RETIREMENT = Duration.ofMinutes(1);

    private final MailAccount account;
    private final Endpoint end;
    private final TokenRequest request;
    private final TokenSource tokens;
    private AccessToken token;

    TokenProof(MailAccount account, Endpoint end, TokenRequest request, TokenSource tokens) {
        this.account = account;
        this.end = end;
        this.request = request;
        this.tokens = tokens;
    }

    @Override
    public String user() {
        return account.mailbox();
    }

    @Override
    public String fetch() throws DiagnosedAuthenticationException {
        try {
            token = tokens.token(request);
            return token.value();
        } catch (TokenException none) {
            // Logged by the token source, once for all who wait for that token.
            throw new DiagnosedAuthenticationException(none.diagnosis().naming(account.names()), none);
        }
    }

    @Override
    public boolean holds(Instant now) {
        return token.livesFor(now, RETIREMENT);
    }

    @Override
    public Optional<String> replace(Deadline deadline) throws DiagnosedAuthenticationException {
        try {
            Optional<AccessToken> other = tokens.replace(request, token, deadline.left());
            other.ifPresent(fresh -> token = fresh);
            return other.map(AccessToken::value);
        } catch (TokenException none) {
            throw new DiagnosedAuthenticationException(none.diagnosis().naming(account.names()), none);
        }
    }

    @Override
    public Optional<Instant> pausedUntil() {
        return tokens.pausedUntil(request);
    }

    @Override
    public Optional<Diagnosis> doubt() {
        return TokenDoubt.of(token, request, end);
    }

    @Override
    public Optional<Diagnosis> suspicion() {
        return TokenDoubt.ofRefused(token, request, end);
    }

    @Override
    public DiagnosisCode whenRefused() {
        return DiagnosisCode.AUTHENTICATION_REFUSED;
    }

    @Override
    public boolean permitted() {
        return token != null && TokenDoubt.permitted(token, end);
    }

    @Override
    public Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        if (token != null) {
            token.claims().values().forEach((claim, value) -> facts.put("token." + claim, value));
        }
        return facts;
    }
}
