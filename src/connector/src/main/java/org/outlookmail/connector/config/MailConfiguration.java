package org.outlookmail.connector.config;

import java.util.Objects;
import org.outlookmail.mail.MailAccount;
import org.outlookmail.mail.quota.QuotaLimits;

/**
 * What a factory's properties say, checked as a whole. Immutable.
 *
 * @param account the mailbox, and how it is reached
 * @param senders what may be sent as whom
 * @param limits what the mailbox may do at a time
 * @param transactional whether messages wait for the end of the transaction
 * @param startCheck what is tried when the server starts
 */
public record MailConfiguration(
        MailAccount account, SenderPolicy senders, QuotaLimits limits, boolean transactional, StartCheck startCheck) {

    public MailConfiguration {
        Objects.requireNonNull(account, "account");
        Objects.requireNonNull(senders, "senders");
        Objects.requireNonNull(limits, "limits");
        Objects.requireNonNull(startCheck, "startCheck");
    }
}
