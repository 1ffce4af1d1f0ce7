package org.outlookmail;

import jakarta.resource.cci.ConnectionSpec;
import java.util.Objects;

/**
 * Asks a factory for another mailbox than its own: {@code factory.getConnection(new
 * OutlookMailConnectionSpec("orders@contoso.com"))}. The property {@code allowedMailboxes} of the factory must name the
 * address or its {@code @domain}. What is no {@link MailboxAddress} is refused by {@code getConnection}, with
 * {@link DiagnosisCode#MAILBOX_MALFORMED}. Immutable.
 *
 * @param mailbox the address of the mailbox; not null
 */
public record OutlookMailConnectionSpec(String mailbox) implements ConnectionSpec {

    public OutlookMailConnectionSpec {
        Objects.requireNonNull(mailbox, "mailbox");
    }
}
