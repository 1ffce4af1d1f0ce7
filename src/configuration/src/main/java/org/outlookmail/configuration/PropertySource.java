package org.outlookmail.configuration;

import org.outlookmail.secret.Secret;
import org.outlookmail.secret.SecretDecoder;
import org.outlookmail.secret.SecretDecoder.UnreadableSecretException;

/**
 * Where the values of properties come from, and what those who set them call them.
 *
 * <p>Thread rule: one use, one thread.
 */
public interface PropertySource {

    /**
     * The value as it was set: a text, or a number. Null, or a blank text, if nobody has set it or if there is no such
     * property here.
     */
    Object value(Property property);

    /** What its users call it, for messages; not null, even if they cannot set it. */
    String name(Property property);

    /** Whether its users can set it, so that a message may propose it. */
    boolean offers(Property property);

    /**
     * Whether it is set where the values at hand stand; otherwise it is taken over from where the defaults of several
     * stand.
     */
    boolean own(Property property);

    /**
     * A secret in clear: decoded as the server's own passwords are, unless there is no server.
     *
     * @param configured as it was set; not null
     * @throws UnreadableSecretException if it cannot be read here, with the cure
     */
    default Secret secret(String configured) throws UnreadableSecretException {
        return SecretDecoder.decode(configured);
    }

    /** Where else a missing property may be set, as the end of a sentence; empty if nowhere. */
    default String elsewhere() {
        return "";
    }

    /**
     * How a variable that the server does not know is defined, in the imperative.
     *
     * @param variable its name; not null
     */
    default String definition(String variable) {
        return "define it";
    }
}
