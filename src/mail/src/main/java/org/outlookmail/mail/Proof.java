package org.outlookmail.mail;

import jakarta.mail.MessagingException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.token.TokenSource;

/**
 * What is shown to a server at a login, and what is known of it afterwards. What is not overridden is as of a proof that never
 * changes and of which nothing more is known.
 *
 * <p>Thread rule: one thread at a time.
 */
public interface Proof {

    /** What opens a mailbox at one end. */
    static Proof of(MailAccount account, Endpoint end, TokenSource tokens) {
        if (end.authentication() instanceof Authentication.Token token) {
            return new TokenProof(account, end, token.request(), tokens);
        }
        return end.authentication() instanceof Authentication.Password password
                ? new PasswordProof(password)
                : new NoProof(account, end);
    }

    /** The user of the login. */
    String user();

    /**
     * Token or password; fetched if need be.
     *
     * @throws MessagingException diagnosed, if there is none
     */
    String fetch() throws MessagingException;

    /** Whether a login made with it may be used. */
    default boolean holds(Instant now) {
        return true;
    }

    /**
     * Fetches another one after the server has refused this one.
     *
     * @param deadline until when to wait for it
     * @return empty if there is no other, or not so soon
     * @throws MessagingException diagnosed, if it cannot be had
     */
    default Optional<String> replace(Deadline deadline) throws MessagingException {
        return Optional.empty();
    }

    /** From when another one may be had for a refused one; empty if now, or never. */
    default Optional<Instant> pausedUntil() {
        return Optional.empty();
    }

    /** Why the server is going to refuse it, as far as that can be seen from here. */
    default Optional<Diagnosis> doubt() {
        return Optional.empty();
    }

    /** Why the server may have refused it, as far as that can be seen from here; more than {@link #doubt}. */
    default Optional<Diagnosis> suspicion() {
        return Optional.empty();
    }

    /** Whether it shows the permission that is needed, so that what is missing lies at the mailbox. */
    default boolean permitted() {
        return false;
    }

    /** What a refusal means of which the server does not tell the reason. */
    DiagnosisCode whenRefused();

    /** Facts for a diagnosis; nothing secret. */
    Map<String, String> facts();
}
