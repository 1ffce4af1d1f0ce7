package org.outlookmail.sandbox.delivery;

import java.util.ArrayList;
import java.util.List;
import org.outlookmail.sandbox.OutboundMessage;

/** Mail for people outside the box, which goes no further. Safe for any thread. */
public final class Outbox {
    private final List<OutboundMessage> messages = new ArrayList<>();

    synchronized void add(OutboundMessage message) {
        messages.add(message);
    }

    /** All of them, oldest first. */
    public synchronized List<OutboundMessage> messages() {
        return List.copyOf(messages);
    }
}
