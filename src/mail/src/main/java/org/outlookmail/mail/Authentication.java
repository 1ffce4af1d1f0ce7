package org.outlookmail.mail;

import java.util.Objects;
import org.outlookmail.secret.Secret;
import org.outlookmail.token.Credential;
import org.outlookmail.token.TokenRequest;

/** With what a mailbox is opened. Immutable. */
public sealed interface Authentication {

    /** What opens another mailbox with the same right. */
    default Authentication as(String mailbox) {
        return this;
    }

    /**
     * An access token by XOAUTH2; the user is the mailbox.
     *
     * @param request which token
     */
    record Token(TokenRequest request) implements Authentication {
        public Token {
            Objects.requireNonNull(request, "request");
        }

        @Override
        public Authentication as(String mailbox) {
            return request.credential() instanceof Credential.ServiceAccount account
                    ? new Token(new TokenRequest(
                            request.tokenEndpoint(),
                            request.tenantId(),
                            request.clientId(),
                            new Credential.ServiceAccount(account.key(), mailbox),
                            request.scope(),
                            request.http()))
                    : this;
        }
    }

    /**
     * None: a relay takes the mail because it knows this server by its address (such as a connector of Exchange). Nothing can
     * be read.
     *
     * @param clearAllowed whether mail may go in the clear where the relay does not offer STARTTLS
     */
    record None(boolean clearAllowed) implements Authentication {}

    /**
     * A user's name and password by PLAIN (RFC 4616) or LOGIN, for servers that still take it. Microsoft 365 does not.
     */
    record Password(String userName, Secret password) implements Authentication {
        public Password {
            Objects.requireNonNull(userName, "userName");
            Objects.requireNonNull(password, "password");
        }
    }
}
