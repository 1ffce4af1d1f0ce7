package org.outlookmail.sandbox.faults;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Reads one body of {@code POST /faults} and collects every error in it. Used once, by one thread. */
final class FaultReader {
    private final List<String> errors = new ArrayList<>();
    private final List<Rule<At>> mailFaults = new ArrayList<>();
    private final List<Rule<TokenFault>> tokenFaults = new ArrayList<>();
    private final List<Rule<TokenFault>> metadataFaults = new ArrayList<>();
    private final List<Rule<GraphFault>> graphFaults = new ArrayList<>();
    private final Set<Protocol> dropConnections = EnumSet.noneOf(Protocol.class);
    private boolean expireTokens;
    private int maxConnections;
    private int maxStoreConnections;
    private int messagesPerMinute;
    private long delayMillis;
    private Set<String> smtpAuthDisabled;
    private String refuseSecret;
    private boolean discardMail;
    private Set<String> withoutExtensions;
    private boolean noIdentity;

    /** A fault and how often it strikes; negative is until the reset. */
    record Rule<T>(T what, int times) {}

    /** A fault at a point of a protocol. */
    record At(Protocol protocol, String at, Fault fault) {}

    FaultReader(JsonNode body, Faults.Limits current) {
        maxConnections = current.maxConnections();
        maxStoreConnections = current.maxStoreConnections();
        messagesPerMinute = current.messagesPerMinute();
        delayMillis = current.delayMillis();
        smtpAuthDisabled = current.smtpAuthDisabled();
        refuseSecret = current.refuseSecret();
        discardMail = current.discardMail();
        withoutExtensions = current.withoutExtensions();
        noIdentity = current.noIdentity();
        if (body == null || !body.isObject()) {
            throw new IllegalArgumentException("A JSON object is needed, such as {\"delayMillis\":20}");
        }
        body.properties().forEach(entry -> read(entry.getKey(), entry.getValue()));
        if (!errors.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", errors));
        }
    }

    private void read(String name, JsonNode value) {
        switch (name) {
            case "expireTokens" -> expireTokens = flag(name, value);
            case "dropConnections" -> strings(name, value).forEach(each -> protocol(each, dropConnections));
            case "token" -> each(value, fault -> tokenFaults.add(tokenFault(name, fault)));
            case "metadata" -> each(value, fault -> metadataFaults.add(tokenFault(name, fault)));
            case "noIdentity" -> noIdentity = flag(name, value);
            case "graph" -> each(value, this::graphFault);
            case "smtp" -> each(value, fault -> mailFault(Protocol.SMTP, fault));
            case "imap" -> each(value, fault -> mailFault(Protocol.IMAP, fault));
            case "pop3" -> each(value, fault -> mailFault(Protocol.POP3, fault));
            case "refuseSecret" -> refuseSecret = secretCode(value);
            case "smtpAuthDisabled" -> smtpAuthDisabled = lowerCase(strings(name, value));
            case "discardMail" -> discardMail = flag(name, value);
            case "withoutExtensions" -> withoutExtensions = upperCase(strings(name, value));
            case "maxConnections" -> maxConnections = number(name, value, 0);
            case "maxStoreConnections" -> maxStoreConnections = number(name, value, 0);
            case "messagesPerMinute" -> messagesPerMinute = number(name, value, 0);
            case "delayMillis" -> delayMillis = number(name, value, 0);
            default ->
                errors.add("unknown fault \"" + name
                        + "\"; known are expireTokens, refuseSecret, token, metadata, noIdentity, graph, smtp, imap,"
                        + " pop3, maxConnections, maxStoreConnections, messagesPerMinute, smtpAuthDisabled, delayMillis, discardMail,"
                        + " withoutExtensions, dropConnections");
        }
    }

    private void mailFault(Protocol protocol, JsonNode value) {
        String where = protocol.name().toLowerCase(Locale.ROOT);
        known(where, value, Set.of("at", "action", "reply", "stallMillis", "times"));
        String at = value.path("at").asText("").toUpperCase(Locale.ROOT);
        String action = value.path("action").asText("").toUpperCase(Locale.ROOT);
        String reply = value.path("reply").asText("");
        if (!protocol.points().contains(at)) {
            errors.add(where + ".at must be one of " + new TreeSet<>(protocol.points()) + ", not \"" + at + "\"");
        }
        if (!Set.of("DROP", "STALL", "REPLY").contains(action)) {
            errors.add(where + ".action must be drop, stall or reply, not \"" + action + "\"");
            return;
        }
        if (action.equals("REPLY") && reply.isEmpty()) {
            errors.add(where + ".reply is missing");
        }
        Fault fault =
                new Fault(Fault.Action.valueOf(action), reply, number(where + ".stallMillis", value, "stallMillis", 0));
        mailFaults.add(new Rule<>(new At(protocol, at, fault), times(where, value)));
    }

    private Rule<TokenFault> tokenFault(String where, JsonNode value) {
        known(where, value, Set.of("status", "retryAfterSeconds", "body", "stallMillis", "times"));
        int status = number(where + ".status", value, "status", 0);
        if (status != 0 && (status < 200 || status > 599)) {
            errors.add(where + ".status must be 0 or from 200 to 599, not " + status);
        }
        JsonNode body = value.path("body");
        return new Rule<>(
                new TokenFault(
                        status,
                        value.has("retryAfterSeconds")
                                ? number(where + ".retryAfterSeconds", value.path("retryAfterSeconds"), 0)
                                : -1,
                        body.isContainerNode() ? body.toString() : body.asText(""),
                        number(where + ".stallMillis", value, "stallMillis", 0)),
                times(where, value));
    }

    private void graphFault(JsonNode value) {
        known(
                "graph",
                value,
                Set.of("at", "after", "drop", "status", "code", "retryAfterSeconds", "stallMillis", "spoil", "times"));
        String at = value.path("at").asText("").toUpperCase(Locale.ROOT);
        String spoil = value.path("spoil").asText("");
        int status = number("graph.status", value, "status", 0);
        if (!GraphFault.POINTS.contains(at)) {
            errors.add("graph.at must be one of " + new TreeSet<>(GraphFault.POINTS) + ", not \"" + at + "\"");
        }
        if (!GraphFault.SPOILS.contains(spoil)) {
            errors.add("graph.spoil must be duplicate or truncate, not \"" + spoil + "\"");
        }
        if (status != 0 && (status < 200 || status > 599)) {
            errors.add("graph.status must be 0 or from 200 to 599, not " + status);
        }
        graphFaults.add(new Rule<>(
                new GraphFault(
                        at,
                        value.has("after") && flag("graph.after", value.path("after")),
                        value.has("drop") && flag("graph.drop", value.path("drop")),
                        status,
                        value.path("code").asText("UnknownError"),
                        value.has("retryAfterSeconds")
                                ? number("graph.retryAfterSeconds", value.path("retryAfterSeconds"), 0)
                                : -1,
                        number("graph.stallMillis", value, "stallMillis", 0),
                        spoil),
                times("graph", value)));
    }

    private int times(String where, JsonNode value) {
        int times = value.has("times") ? number(where + ".times", value.path("times"), -1) : 1;
        if (times == 0) {
            errors.add(where + ".times must be 1 or more, or -1 for \"until the reset\"");
        }
        return times;
    }

    private void known(String where, JsonNode value, Set<String> names) {
        if (!value.isObject()) {
            errors.add(where + " must be an object or a list of objects");
        }
        value.fieldNames().forEachRemaining(name -> {
            if (!names.contains(name)) {
                errors.add("unknown " + where + "." + name + "; known are " + new TreeSet<>(names));
            }
        });
    }

    private static void each(JsonNode value, Consumer<JsonNode> reader) {
        if (value.isArray()) {
            value.forEach(reader);
        } else {
            reader.accept(value);
        }
    }

    private boolean flag(String name, JsonNode value) {
        if (!value.isBoolean()) {
            errors.add(name + " must be true or false");
        }
        return value.asBoolean();
    }

    private int number(String where, JsonNode object, String name, int otherwise) {
        return object.has(name) ? number(where, object.path(name), 0) : otherwise;
    }

    private int number(String name, JsonNode value, int least) {
        if (!value.isInt() || value.asInt() < least) {
            errors.add(name + " must be a whole number, at least " + least);
        }
        return value.asInt();
    }

    private Set<String> strings(String name, JsonNode value) {
        Set<String> strings = new HashSet<>();
        for (JsonNode each : value.isArray() ? value : List.of(value)) {
            if (each.isTextual()) {
                strings.add(each.asText());
            } else {
                errors.add(name + " must be a list of strings");
            }
        }
        return strings;
    }

    private static Set<String> lowerCase(Set<String> strings) {
        Set<String> lower = new HashSet<>();
        strings.forEach(each -> lower.add(each.toLowerCase(Locale.ROOT)));
        return lower;
    }

    private static Set<String> upperCase(Set<String> strings) {
        Set<String> upper = new HashSet<>();
        strings.forEach(each -> upper.add(each.toUpperCase(Locale.ROOT)));
        return upper;
    }

    private void protocol(String name, Set<Protocol> to) {
        try {
            to.add(Protocol.valueOf(name.toUpperCase(Locale.ROOT)));
        } catch (IllegalArgumentException e) {
            errors.add("dropConnections may name smtp, imap and pop3, not \"" + name + "\"");
        }
    }

    private String secretCode(JsonNode value) {
        if (value.isNull() || value.asText().isEmpty()) {
            return "";
        }
        if (!value.asText().matches("AADSTS\\d+")) {
            errors.add("refuseSecret must be a code such as AADSTS7000222, or null");
        }
        return value.asText();
    }

    List<Rule<At>> mailFaults() {
        return mailFaults;
    }

    List<Rule<TokenFault>> tokenFaults() {
        return tokenFaults;
    }

    List<Rule<TokenFault>> metadataFaults() {
        return metadataFaults;
    }

    List<Rule<GraphFault>> graphFaults() {
        return graphFaults;
    }

    boolean expireTokens() {
        return expireTokens;
    }

    Set<Protocol> dropConnections() {
        return dropConnections;
    }

    Faults.Limits limits() {
        return new Faults.Limits(
                maxConnections,
                maxStoreConnections,
                messagesPerMinute,
                delayMillis,
                smtpAuthDisabled,
                refuseSecret,
                discardMail,
                withoutExtensions,
                noIdentity);
    }
}
