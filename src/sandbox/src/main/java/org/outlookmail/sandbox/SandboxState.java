package org.outlookmail.sandbox;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the box has counted since its start or the last reset, and what its mailboxes hold now. {@code GET /state} is this
 * record as JSON.
 *
 * @param mailboxes address → folder → number of messages; INBOX is always listed, other folders when they hold something
 */
public record SandboxState(
        Entra entra,
        Smtp smtp,
        Store imap,
        Store pop3,
        Graph graph,
        Metadata metadata,
        Map<String, Map<String, Integer>> mailboxes) {

    /** Copies the map. */
    public SandboxState {
        mailboxes = Collections.unmodifiableMap(new TreeMap<>(mailboxes));
    }

    /** The messages in a folder of a mailbox; 0 when there is no such folder or mailbox. */
    public int messages(String address, String folder) {
        return mailboxes.getOrDefault(address, Map.of()).getOrDefault(folder, 0);
    }

    /**
     * The token endpoint.
     *
     * @param tokenRequests every POST that reached it, answered or not
     * @param byGrant by the {@code grant_type} that was sent
     */
    public record Entra(long tokenRequests, Map<String, Grant> byGrant) {
        /** Copies the map. */
        public Entra {
            byGrant = Collections.unmodifiableMap(new TreeMap<>(byGrant));
        }

        /** The figures of one grant type, zeros when it was never asked for. */
        public Grant grant(String grantType) {
            return byGrant.getOrDefault(grantType, new Grant(0, 0));
        }
    }

    /** Tokens issued, and requests refused (by a fault, too). */
    public record Grant(long issued, long refused) {}

    /**
     * The metadata service and App Service's endpoint.
     *
     * @param requests that reached them
     * @param issued answered with a token
     * @param refused not so, by a fault or otherwise
     */
    public record Metadata(long requests, long issued, long refused) {}

    /**
     * SMTP submission.
     *
     * @param connections accepted so far
     * @param open open now
     * @param maxOpen the most that were open at one time
     * @param authentications successful ones
     * @param refusedAuthentications with a 5xx reply
     * @param throttled replies 432: too many connections or messages
     * @param commands command lines read
     * @param roundTrips times the server had read all that had arrived, flushed its replies and waited; the greeting is one
     * @param messages messages accepted
     * @param lastRefusal why the last login was refused, in words; empty when none was
     * @param peakConnections mailbox → the most connections it had logged in at one time
     */
    public record Smtp(
            long connections,
            long open,
            long maxOpen,
            long authentications,
            long refusedAuthentications,
            long throttled,
            long commands,
            long roundTrips,
            long messages,
            String lastRefusal,
            Map<String, Integer> peakConnections) {
        /** Copies the map. */
        public Smtp {
            peakConnections = Collections.unmodifiableMap(new TreeMap<>(peakConnections));
        }

        /** The most connections that a mailbox had logged in at one time; 0 when it had none. */
        public int peakConnections(String mailbox) {
            return peakConnections.getOrDefault(mailbox, 0);
        }
    }

    /**
     * IMAP or POP3.
     *
     * @param connections accepted so far
     * @param open open now
     * @param maxOpen the most that were open at one time
     * @param authentications successful ones
     * @param refusedAuthentications refused ones
     * @param throttled logins beyond the limit of connections
     * @param commands commands read
     * @param roundTrips times the client sent after the server had sent
     * @param lastRefusal why the last login was refused, in words; empty when none was
     */
    public record Store(
            long connections,
            long open,
            long maxOpen,
            long authentications,
            long refusedAuthentications,
            long throttled,
            long commands,
            long roundTrips,
            String lastRefusal) {}

    /**
     * Graph.
     *
     * @param requests that reached it, a batch being one
     * @param throttled answers 429
     * @param failed answers of 400 and above, those among them
     * @param lastRefusal why the last token was refused, in words; empty when none was
     * @param byMethod GET, POST, ... and $batch
     */
    public record Graph(long requests, long throttled, long failed, String lastRefusal, Map<String, Long> byMethod) {
        /** Copies the map. */
        public Graph {
            byMethod = Collections.unmodifiableMap(new TreeMap<>(byMethod));
        }
    }
}
