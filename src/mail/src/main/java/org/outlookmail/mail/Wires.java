package org.outlookmail.mail;

import java.util.Objects;

/**
 * Which ways lead out of an account and in to it. Immutable.
 *
 * @param out makes the ways out
 * @param in makes the ways in
 */
public record Wires(Outbound.Factory out, Inbox.Factory in) {

    public Wires {
        Objects.requireNonNull(out, "out");
        Objects.requireNonNull(in, "in");
    }

    /** These, and others where the server is Microsoft Graph. */
    public Wires withGraph(Wires graph) {
        return new Wires(
                (account, surroundings) ->
                        (account.out().server().graph() ? graph.out : out).create(account, surroundings),
                (account, surroundings, audience) ->
                        (account.in().server().graph() ? graph.in : in).create(account, surroundings, audience));
    }
}
