package org.outlookmail.sandbox;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Faults put together in code: {@code new FaultPlan().smtp("MAIL", "reply", "421 4.4.2 Timeout", 1).delayMillis(20)}. It is
 * the JSON of {@code POST /faults} and nothing more; {@link Sandbox#faults(FaultPlan)} checks it. For one thread.
 */
public final class FaultPlan {
    private final ObjectNode plan = new ObjectMapper().createObjectNode();

    /** Every token issued so far stops being accepted. */
    public FaultPlan expireTokens() {
        plan.put("expireTokens", true);
        return this;
    }

    /** Every client secret meets this code, such as AADSTS7000222, until the reset. */
    public FaultPlan refuseSecret(String code) {
        plan.put("refuseSecret", code);
        return this;
    }

    /** The token endpoint answers with this status, {@code times} times; a negative Retry-After leaves the header out. */
    public FaultPlan token(int status, int retryAfterSeconds, String body, int times) {
        ObjectNode fault = list("token")
                .addObject()
                .put("status", status)
                .put("body", body)
                .put("times", times);
        if (retryAfterSeconds >= 0) {
            fault.put("retryAfterSeconds", retryAfterSeconds);
        }
        return this;
    }

    /** The token endpoint waits before it answers as usual. */
    public FaultPlan stallToken(long millis, int times) {
        list("token").addObject().put("stallMillis", (int) millis).put("times", times);
        return this;
    }

    /** The metadata service and App Service answer with this status; a negative Retry-After leaves the header out. */
    public FaultPlan metadata(int status, int retryAfterSeconds, String body, int times) {
        ObjectNode fault = list("metadata")
                .addObject()
                .put("status", status)
                .put("body", body)
                .put("times", times);
        if (retryAfterSeconds >= 0) {
            fault.put("retryAfterSeconds", retryAfterSeconds);
        }
        return this;
    }

    /** They wait before they answer as usual. */
    public FaultPlan stallMetadata(int millis, int times) {
        list("metadata").addObject().put("stallMillis", millis).put("times", times);
        return this;
    }

    /** The machine has no managed identity, neither its own nor any other, until the reset. */
    public FaultPlan noIdentity() {
        plan.put("noIdentity", true);
        return this;
    }

    /** Graph answers with this status and code at a point such as SENDMAIL; a negative Retry-After leaves the header out. */
    public FaultPlan graph(String at, int status, String code, int retryAfterSeconds, int times) {
        ObjectNode fault = graphFault(at, times).put("status", status).put("code", code);
        if (retryAfterSeconds >= 0) {
            fault.put("retryAfterSeconds", retryAfterSeconds);
        }
        return this;
    }

    /** Graph does what is asked for and answers with this status and code all the same. */
    public FaultPlan graphAfter(String at, int status, String code, int times) {
        graphFault(at, times).put("after", true).put("status", status).put("code", code);
        return this;
    }

    /** Graph cuts the connection, before it has done anything or {@code after} that. */
    public FaultPlan dropGraph(String at, boolean after, int times) {
        graphFault(at, times).put("after", after).put("drop", true);
        return this;
    }

    /** Graph waits before it answers as usual. */
    public FaultPlan stallGraph(String at, int millis, int times) {
        graphFault(at, times).put("stallMillis", millis);
        return this;
    }

    /** A page of Graph's delta has each item twice ({@code duplicate}), or ends the round too early ({@code truncate}). */
    public FaultPlan spoilDelta(String how, int times) {
        graphFault("DELTA", times).put("spoil", how);
        return this;
    }

    private ObjectNode graphFault(String at, int times) {
        return list("graph").addObject().put("at", at).put("times", times);
    }

    /** A fault of SMTP; {@code action} is drop, stall or reply, {@code reply} may be empty for the first two. */
    public FaultPlan smtp(String at, String action, String reply, int times) {
        return mail("smtp", at, action, reply, times);
    }

    /** A fault of IMAP. */
    public FaultPlan imap(String at, String action, String reply, int times) {
        return mail("imap", at, action, reply, times);
    }

    /** A fault of POP3. */
    public FaultPlan pop3(String at, String action, String reply, int times) {
        return mail("pop3", at, action, reply, times);
    }

    private FaultPlan mail(String protocol, String at, String action, String reply, int times) {
        list(protocol)
                .addObject()
                .put("at", at)
                .put("action", action)
                .put("reply", reply)
                .put("times", times);
        return this;
    }

    /** SMTP connections of a mailbox at a time; 0 is no limit. */
    public FaultPlan maxConnections(int connections) {
        plan.put("maxConnections", connections);
        return this;
    }

    /** IMAP, and POP3, connections of a mailbox at a time; 0 is no limit. */
    public FaultPlan maxStoreConnections(int connections) {
        plan.put("maxStoreConnections", connections);
        return this;
    }

    /** Messages of a mailbox in any 60 seconds; 0 is no limit. */
    public FaultPlan messagesPerMinute(int messages) {
        plan.put("messagesPerMinute", messages);
        return this;
    }

    /** Mailboxes whose SMTP AUTH is switched off. */
    public FaultPlan smtpAuthDisabled(String... addresses) {
        ArrayNode list = plan.putArray("smtpAuthDisabled");
        for (String address : addresses) {
            list.add(address);
        }
        return this;
    }

    /** Time before each flush of replies. */
    public FaultPlan delayMillis(int millis) {
        plan.put("delayMillis", millis);
        return this;
    }

    /** Messages that SMTP accepts are counted and not kept, for measurements. */
    public FaultPlan discardMail(boolean discard) {
        plan.put("discardMail", discard);
        return this;
    }

    /**
     * What the answers to EHLO and to IMAP's CAPABILITY leave out from now on: SMTPUTF8, DSN, MOVE, UIDPLUS, ... The server
     * takes it all the same.
     */
    public FaultPlan withoutExtensions(String... extensions) {
        ArrayNode list = plan.putArray("withoutExtensions");
        for (String extension : extensions) {
            list.add(extension);
        }
        return this;
    }

    /** Cuts every open connection of these protocols: smtp, imap, pop3. */
    public FaultPlan dropConnections(String... protocols) {
        ArrayNode list = plan.putArray("dropConnections");
        for (String protocol : protocols) {
            list.add(protocol);
        }
        return this;
    }

    private ArrayNode list(String name) {
        return plan.withArray("/" + name);
    }

    /** The body for {@code POST /faults}. */
    public String toJson() {
        return plan.toString();
    }
}
