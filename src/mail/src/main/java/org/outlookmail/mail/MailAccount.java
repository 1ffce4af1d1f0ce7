package org.outlookmail.mail;

import java.util.Map;
import java.util.Objects;
import org.outlookmail.MailboxAddress;

/**
 * One mailbox and how to reach it. Immutable.
 *
 * @param mailbox the address of the mailbox, as {@link MailboxAddress} defines it
 * @param transport where mail is sent
 * @param store where mail is read
 * @param route how both are reached
 * @param authentication what opens both
 * @param mailProperties further {@code mail.*} properties of Angus Mail; those that are {@link #reserved} are ignored
 */
public record MailAccount(
        String mailbox,
        MailServer transport,
        MailServer store,
        MailRoute route,
        Authentication authentication,
        Map<String, String> mailProperties) {

    /**
     * Takes an address that has been checked.
     *
     * @throws IllegalArgumentException if the mailbox is none
     */
    public MailAccount {
        if (!MailboxAddress.isAddress(mailbox)) {
            throw new IllegalArgumentException("not the address of a mailbox");
        }
        Objects.requireNonNull(transport, "transport");
        Objects.requireNonNull(store, "store");
        Objects.requireNonNull(route, "route");
        Objects.requireNonNull(authentication, "authentication");
        mailProperties = Map.copyOf(mailProperties);
    }

    /**
     * Another mailbox, reached in the same way and opened with the same right. A service account's token is for the
     * mailbox.
     *
     * @param other its address; not null
     */
    public MailAccount as(String other) {
        return new MailAccount(other, transport, store, route, authentication.as(other), mailProperties);
    }

    /** The same mailbox, opened by something else; not null. */
    public MailAccount with(Authentication other) {
        return new MailAccount(mailbox, transport, store, route, other, mailProperties);
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
