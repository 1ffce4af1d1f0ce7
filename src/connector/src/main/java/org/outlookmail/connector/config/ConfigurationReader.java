package org.outlookmail.connector.config;

import static org.outlookmail.configuration.Property.ALLOWED_MAILBOXES;
import static org.outlookmail.configuration.Property.CHECK_AT_START;
import static org.outlookmail.configuration.Property.MAX_CONNECTIONS_PER_MAILBOX;
import static org.outlookmail.configuration.Property.MAX_GRAPH_REQUESTS;
import static org.outlookmail.configuration.Property.MAX_GRAPH_REQUESTS_PER_MAILBOX;
import static org.outlookmail.configuration.Property.MAX_MESSAGES_PER_CONNECTION;
import static org.outlookmail.configuration.Property.MAX_MESSAGES_PER_MINUTE;
import static org.outlookmail.configuration.Property.MAX_WAIT_MILLIS;
import static org.outlookmail.configuration.Property.SENDER_POLICY;
import static org.outlookmail.configuration.Property.TRANSACTION;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.outlookmail.MailboxAddress;
import org.outlookmail.configuration.PropertyReader;
import org.outlookmail.mail.MailAccount;
import org.outlookmail.mail.configuration.AccountReader;
import org.outlookmail.mail.quota.QuotaLimits;

/**
 * Reads the properties of a factory into an immutable record, and checks them as a whole. Nothing is corrected.
 *
 * <p>Thread rule: one use, one thread.
 */
public final class ConfigurationReader {

    private final PropertyReader reader;

    public ConfigurationReader(PropertyReader reader) {
        this.reader = reader;
    }

    /** What a factory's properties say; empty if there are problems afterwards. */
    public Optional<MailConfiguration> configuration() {
        Optional<MailAccount> account =
                new AccountReader(reader).account(new MailPropertiesReader(reader).mailProperties());
        SenderPolicy senders = senders(account.map(MailAccount::mailbox).orElse(""));
        QuotaLimits limits = QuotaLimits.ofConnections(
                        reader.count(MAX_CONNECTIONS_PER_MAILBOX),
                        reader.count(MAX_MESSAGES_PER_MINUTE),
                        reader.count(MAX_MESSAGES_PER_CONNECTION),
                        Duration.ofMillis(reader.count(MAX_WAIT_MILLIS)))
                .andRequests(reader.count(MAX_GRAPH_REQUESTS_PER_MAILBOX), reader.count(MAX_GRAPH_REQUESTS));
        boolean transactional = reader.choice(TRANSACTION).equals("local");
        StartCheck startCheck = StartCheck.of(reader.choice(CHECK_AT_START));
        return account.filter(checked -> reader.problems().none())
                .map(checked -> new MailConfiguration(checked, senders, limits, transactional, startCheck));
    }

    private SenderPolicy senders(String mailbox) {
        boolean perSender = reader.choice(SENDER_POLICY).equals("sender");
        List<String> allowed = new ArrayList<>();
        for (String entry : reader.text(ALLOWED_MAILBOXES).orElse("").split("[,;\\s]+", -1)) {
            if (MailboxAddress.isAddress(entry)
                    || (entry.startsWith("@") && MailboxAddress.isDomain(entry.substring(1)))) {
                allowed.add(entry.toLowerCase(Locale.ROOT));
            } else if (!entry.isEmpty()) {
                reader.problem(
                        ALLOWED_MAILBOXES,
                        "has \"" + entry + "\": each part must be an address or @domain, such as orders@contoso.com or"
                                + " @contoso.com");
            }
        }
        if (perSender && allowed.isEmpty()) {
            reader.problem(
                    ALLOWED_MAILBOXES,
                    "is missing: senderPolicy=\"sender\" needs to know as whom messages may be sent; set it to addresses"
                            + " or @domain");
        }
        return new SenderPolicy(perSender, mailbox, allowed);
    }
}
