package org.outlookmail.mail;

import java.util.Map;
import java.util.Objects;
import org.outlookmail.token.TokenRequest;

/**
 * One mailbox and how to reach it. Immutable.
 *
 * @param mailbox the address whose rights are used; the XOAUTH2 user
 * @param transport where mail is sent
 * @param store where mail is read
 * @param timeouts for both
 * @param tokenRequest which token opens both
 * @param mailProperties further {@code mail.*} properties of Angus Mail; those that are {@link #reserved} are ignored
 */
public record MailAccount(
        String mailbox,
        MailServer transport,
        MailServer store,
        MailTimeouts timeouts,
        TokenRequest tokenRequest,
        Map<String, String> mailProperties) {

    public MailAccount {
        Objects.requireNonNull(mailbox, "mailbox");
        Objects.requireNonNull(transport, "transport");
        Objects.requireNonNull(store, "store");
        Objects.requireNonNull(timeouts, "timeouts");
        Objects.requireNonNull(tokenRequest, "tokenRequest");
        mailProperties = Map.copyOf(mailProperties);
    }

    /**
     * Whether a property of Angus Mail is this module's to set, so that {@link #mailProperties} had better not name it.
     *
     * @param mailProperty such as {@code mail.smtp.auth}; not null
     */
    public static boolean reserved(String mailProperty) {
        return WireSession.reserved(mailProperty);
    }
}
