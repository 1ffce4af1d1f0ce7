package org.outlookmail.mail;

import java.util.Objects;
import org.outlookmail.token.Secret;
import org.outlookmail.token.TokenRequest;

/** With what a mailbox is opened. Immutable. */
public sealed interface Authentication {

    /**
     * An access token by XOAUTH2; the user is the mailbox.
     *
     * @param request which token
     */
    record Token(TokenRequest request) implements Authentication {
        public Token {
            Objects.requireNonNull(request, "request");
        }
    }

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
