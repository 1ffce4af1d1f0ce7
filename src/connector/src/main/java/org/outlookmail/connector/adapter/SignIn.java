package org.outlookmail.connector.adapter;

import jakarta.resource.ResourceException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.outlookmail.DelegatedSignIn;
import org.outlookmail.DiagnosedResourceException;
import org.outlookmail.token.TokenException;
import org.outlookmail.token.TokenRequest;
import org.outlookmail.token.TokenService;
import org.outlookmail.token.grant.DeviceSignIn;

/**
 * A sign-in as applications and consoles see it.
 *
 * <p>Thread rule: as {@link DelegatedSignIn}.
 */
final class SignIn implements DelegatedSignIn {

    private final String mailbox;
    private final DeviceSignIn started;

    private SignIn(String mailbox, DeviceSignIn started) {
        this.mailbox = mailbox;
        this.started = started;
    }

    static SignIn start(String mailbox, TokenService tokens, TokenRequest request) throws ResourceException {
        try {
            return new SignIn(mailbox, DeviceSignIn.start(tokens, request, Clock.systemUTC()));
        } catch (TokenException refused) {
            throw new DiagnosedResourceException(refused.diagnosis(), refused);
        }
    }

    @Override
    public String mailbox() {
        return mailbox;
    }

    @Override
    public String userCode() {
        return started.userCode();
    }

    @Override
    public URI verificationUri() {
        return started.verificationUri();
    }

    @Override
    public Instant expiresAt() {
        return started.expiresAt();
    }

    @Override
    public Duration interval() {
        return started.interval();
    }

    @Override
    public Optional<String> user() {
        return started.user();
    }

    @Override
    public boolean poll() throws ResourceException {
        try {
            return started.poll();
        } catch (TokenException refused) {
            throw new DiagnosedResourceException(refused.diagnosis(), refused);
        }
    }
}
