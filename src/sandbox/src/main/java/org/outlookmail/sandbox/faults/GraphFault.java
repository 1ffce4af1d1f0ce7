package org.outlookmail.sandbox.faults;

import java.util.Set;

/**
 * A fault of Graph.
 *
 * @param at where it strikes, one of {@link #POINTS}
 * @param after whether what was asked for is done all the same, before the answer
 * @param drop cut the connection instead of answering
 * @param status the HTTP status to answer; 0 leaves the answer as it would have been
 * @param code Graph's error code
 * @param retryAfterSeconds the Retry-After header; negative leaves it out
 * @param stallMillis time before the answer
 * @param spoil what is done to a page of delta that is answered: nothing, {@code duplicate} (each item twice) or
 *     {@code truncate} (the round ends after this page, whatever is left of it)
 */
public record GraphFault(
        String at,
        boolean after,
        boolean drop,
        int status,
        String code,
        int retryAfterSeconds,
        long stallMillis,
        String spoil) {

    /** Where a fault can strike; ANY is everywhere. */
    public static final Set<String> POINTS = Set.of(
            "ANY",
            "SENDMAIL",
            "CREATE",
            "SEND",
            "ATTACHMENTS",
            "UPLOAD",
            "LIST",
            "GET",
            "VALUE",
            "PATCH",
            "DELETE",
            "MOVE",
            "COPY",
            "FOLDERS",
            "DELTA",
            "BATCH");

    /** What can be done to a page of delta. */
    static final Set<String> SPOILS = Set.of("", "duplicate", "truncate");
}
