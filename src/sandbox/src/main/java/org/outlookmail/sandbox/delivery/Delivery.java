package org.outlookmail.sandbox.delivery;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.outlookmail.sandbox.OutboundMessage;
import org.outlookmail.sandbox.SandboxSettings;
import org.outlookmail.sandbox.mailstore.MailStore;

/** Spreads messages: a copy for each mailbox of the box, the others into the outbox. Safe for any thread. */
public final class Delivery {
    private final Clock clock;
    private final MailStore store;
    private final Outbox outbox;

    /** Uses all, owns none. */
    public Delivery(Clock clock, MailStore store, Outbox outbox) {
        this.clock = clock;
        this.store = store;
        this.outbox = outbox;
    }

    /** Whether mail for this address stays in the box. */
    public boolean isLocalDomain(String address) {
        return store.isLocalDomain(address);
    }

    /** Whether a recipient belongs to one of our domains and has no mailbox. */
    public boolean isUnknownHere(String address) {
        return store.isLocalDomain(address) && store.find(address).isEmpty();
    }

    /** The first of the addresses that the mailbox may not use as a sender. */
    public Optional<String> denied(String mailbox, Collection<String> senders) {
        Set<String> granted =
                store.find(mailbox).map(SandboxSettings.Mailbox::sendAs).orElse(Set.of());
        return senders.stream()
                .map(address -> address.toLowerCase(Locale.ROOT))
                .filter(address -> !address.isEmpty() && !address.equals(mailbox) && !granted.contains(address))
                .findFirst();
    }

    /** Keeps what a mailbox sends in its Sent Items. */
    public void keep(String mailbox, byte[] mime) {
        store.store(mailbox, MailStore.SENT, mime, true);
    }

    /**
     * Gives a message to its recipients.
     *
     * @param mailbox whose it is, or the sender where there is no login
     * @param envelope the commands by which it came, as far as there were any
     */
    public void spread(
            String mailbox, String sender, Collection<String> recipients, byte[] mime, List<String> envelope) {
        Map<String, Boolean> distinct = new LinkedHashMap<>();
        recipients.forEach(each ->
                distinct.put(each.toLowerCase(Locale.ROOT), store.find(each).isPresent()));
        List<String> outside = new ArrayList<>();
        distinct.forEach((address, here) -> {
            if (here) {
                store.store(address, MailStore.INBOX, mime, false);
            } else {
                outside.add(address);
            }
        });
        if (!outside.isEmpty()) {
            outbox.add(new OutboundMessage(
                    mailbox,
                    sender,
                    outside,
                    envelope,
                    clock.instant(),
                    mime.length,
                    new String(mime, StandardCharsets.ISO_8859_1)));
        }
    }
}
