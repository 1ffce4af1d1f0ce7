package org.outlookmail.mail.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * In whose name a message leaves, read strictly: each address as a mail server gets it, international domains as A-labels.
 *
 * @param from the authors (RFC 5322, section 3.6.2); perhaps none
 * @param sender who is responsible for sending, if the message names one
 * @param resent of Resent-From and Resent-Sender (section 3.6.6)
 * @param envelope the sender of the envelope, if the application has set one that is not the null sender
 */
public record Originators(List<String> from, Optional<String> sender, List<String> resent, Optional<String> envelope) {

    /** Copies the lists. */
    public Originators {
        from = List.copyOf(from);
        resent = List.copyOf(resent);
    }

    /** All of them. */
    public List<String> all() {
        List<String> all = new ArrayList<>(from);
        sender.ifPresent(all::add);
        all.addAll(resent);
        envelope.ifPresent(all::add);
        return all;
    }

    /** Of several authors one is responsible: the Sender (RFC 5322, section 3.6.2). Empty if there is nobody. */
    public Optional<String> responsible() {
        return sender.or(() -> from.stream().findFirst());
    }
}
