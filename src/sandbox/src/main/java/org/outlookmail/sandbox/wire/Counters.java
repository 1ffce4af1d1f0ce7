package org.outlookmail.sandbox.wire;

import java.util.Map;
import org.outlookmail.sandbox.SandboxState;

/** The figures of one mail protocol. Safe for any thread. */
public final class Counters {
    private long connections;
    private long open;
    private long maxOpen;
    private long authentications;
    private long refusedAuthentications;
    private long throttled;
    private long commands;
    private long roundTrips;
    private long messages;
    private String lastRefusal = "";

    /** A connection was accepted. */
    public synchronized void opened() {
        connections++;
        open++;
        maxOpen = Math.max(maxOpen, open);
    }

    /** A connection has ended. */
    public synchronized void closed() {
        open--;
    }

    /** A login succeeded. */
    public synchronized void authenticated() {
        authentications++;
    }

    /** A login failed; {@code reason} is in words and without secrets. */
    public synchronized void refused(String reason) {
        refusedAuthentications++;
        lastRefusal = reason;
    }

    /** A limit of connections or messages was met. */
    public synchronized void throttled() {
        throttled++;
    }

    /** A command was read. */
    public synchronized void command() {
        commands++;
    }

    /** Client and server have taken turns once. */
    public synchronized void roundTrip() {
        roundTrips++;
    }

    /** A message was accepted. */
    public synchronized void message() {
        messages++;
    }

    /** Starts from zero; the connections that are open stay counted as open. */
    public synchronized void reset() {
        connections = 0;
        maxOpen = open;
        authentications = 0;
        refusedAuthentications = 0;
        throttled = 0;
        commands = 0;
        roundTrips = 0;
        messages = 0;
        lastRefusal = "";
    }

    /** The figures in the shape of SMTP, with the most connections that each mailbox had at one time. */
    public synchronized SandboxState.Smtp smtp(Map<String, Integer> peakConnections) {
        return new SandboxState.Smtp(
                connections,
                open,
                maxOpen,
                authentications,
                refusedAuthentications,
                throttled,
                commands,
                roundTrips,
                messages,
                lastRefusal,
                peakConnections);
    }

    /** The figures in the shape of IMAP and POP3. */
    public synchronized SandboxState.Store store() {
        return new SandboxState.Store(
                connections,
                open,
                maxOpen,
                authentications,
                refusedAuthentications,
                throttled,
                commands,
                roundTrips,
                lastRefusal);
    }
}
