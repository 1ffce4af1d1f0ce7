package org.outlookmail.sandbox.faults;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The faults and limits in force. Every request asks here; {@link #apply} and {@link #clear} change it at any time. Safe for
 * any thread.
 */
public final class Faults {
    private final Limits standard;
    private final List<Armed<FaultReader.At>> mailFaults = new ArrayList<>();
    private final List<Armed<TokenFault>> tokenFaults = new ArrayList<>();
    private final List<Armed<TokenFault>> metadataFaults = new ArrayList<>();
    private final List<Armed<GraphFault>> graphFaults = new ArrayList<>();
    private volatile Limits limits;

    /**
     * The switches that stay until changed.
     *
     * @param maxConnections SMTP connections of a mailbox at a time, 0 is no limit
     * @param maxStoreConnections the same for IMAP and POP3
     * @param messagesPerMinute messages of a mailbox in any 60 seconds, 0 is no limit
     * @param delayMillis before each flush of replies
     * @param smtpAuthDisabled mailboxes whose SMTP AUTH is switched off, in lower case
     * @param refuseSecret the AADSTS code that meets every client secret; empty is none
     * @param discardMail count messages that SMTP accepts and keep none, for measurements
     * @param withoutExtensions what the answers to EHLO and CAPABILITY leave out, in upper case: SMTPUTF8, ...
     * @param noIdentity whether the machine has no managed identity
     */
    public record Limits(
            int maxConnections,
            int maxStoreConnections,
            int messagesPerMinute,
            long delayMillis,
            Set<String> smtpAuthDisabled,
            String refuseSecret,
            boolean discardMail,
            Set<String> withoutExtensions,
            boolean noIdentity) {
        /** Copies the sets. */
        public Limits {
            withoutExtensions = Set.copyOf(withoutExtensions);
            smtpAuthDisabled = Set.copyOf(smtpAuthDisabled);
        }
    }

    /** Starts with the limits the box was built with, which {@link #clear} comes back to. */
    public Faults(int maxConnections, int maxStoreConnections, int messagesPerMinute) {
        standard = new Limits(
                maxConnections, maxStoreConnections, messagesPerMinute, 0, Set.of(), "", false, Set.of(), false);
        limits = standard;
    }

    /**
     * Adds what a body of {@code POST /faults} asks for, all of it or nothing.
     *
     * @return the commands in it that are done once and not kept
     * @throws IllegalArgumentException with every error of the body
     */
    public synchronized Once apply(JsonNode body) {
        FaultReader reader = new FaultReader(body, limits);
        limits = reader.limits();
        reader.mailFaults().forEach(rule -> mailFaults.add(new Armed<>(rule.what(), rule.times())));
        reader.tokenFaults().forEach(rule -> tokenFaults.add(new Armed<>(rule.what(), rule.times())));
        reader.metadataFaults().forEach(rule -> metadataFaults.add(new Armed<>(rule.what(), rule.times())));
        reader.graphFaults().forEach(rule -> graphFaults.add(new Armed<>(rule.what(), rule.times())));
        return new Once(reader.expireTokens(), reader.dropConnections());
    }

    /** Done at once by the caller: all tokens expire; connections of these protocols are cut. */
    public record Once(boolean expireTokens, Set<Protocol> dropConnections) {}

    /** Back to the limits of the start, without faults. */
    public synchronized void clear() {
        limits = standard;
        tokenFaults.clear();
        graphFaults.clear();
        metadataFaults.clear();
        mailFaults.clear();
    }

    /** The switches in force. */
    public Limits limits() {
        return limits;
    }

    /** The fault that strikes now at this point, which uses it up once. */
    public synchronized Optional<Fault> take(Protocol protocol, String at) {
        return take(
                        mailFaults,
                        armed -> armed.protocol() == protocol && armed.at().equals(at))
                .map(FaultReader.At::fault);
    }

    /** The fault that strikes this token request, which uses it up once. */
    public synchronized Optional<TokenFault> takeToken() {
        return take(tokenFaults, any -> true);
    }

    /** The fault that strikes this request to the metadata service, which uses it up once. */
    public synchronized Optional<TokenFault> takeMetadata() {
        return take(metadataFaults, any -> true);
    }

    /** The fault that strikes this request to Graph, which uses it up once. */
    public synchronized Optional<GraphFault> takeGraph(String at) {
        return take(graphFaults, fault -> fault.at().equals("ANY") || fault.at().equals(at));
    }

    private static <T> Optional<T> take(List<Armed<T>> faults, Predicate<T> strikes) {
        Iterator<Armed<T>> each = faults.iterator();
        while (each.hasNext()) {
            Armed<T> armed = each.next();
            if (strikes.test(armed.what)) {
                if (armed.usedUp()) {
                    each.remove();
                }
                return Optional.of(armed.what);
            }
        }
        return Optional.empty();
    }

    private static final class Armed<T> {
        private final T what;
        private int times;

        Armed(T what, int times) {
            this.what = what;
            this.times = times;
        }

        /** Negative times never end. */
        boolean usedUp() {
            if (times > 0) {
                times--;
            }
            return times == 0;
        }
    }
}
