package org.outlookmail.sandbox.faults;

import java.util.Set;

/** A mail protocol, with the points at which a fault can strike it. */
public enum Protocol {
    SMTP,
    IMAP,
    POP3;

    /** The word by which Entra's permissions name the protocol: SMTP, IMAP, and POP for POP3. */
    public String permission() {
        return this == POP3 ? "POP" : name();
    }

    /** Where a fault can strike. */
    public Set<String> points() {
        return switch (this) {
            case SMTP ->
                Set.of(
                        "GREETING",
                        "EHLO",
                        "STARTTLS",
                        "AUTH",
                        "MAIL",
                        "RCPT",
                        "DATA",
                        "DOT",
                        "DELIVERED",
                        "RSET",
                        "NOOP",
                        "QUIT");
            case IMAP ->
                Set.of(
                        "GREETING",
                        "STARTTLS",
                        "AUTH",
                        "CAPABILITY",
                        "SELECT",
                        "FETCH",
                        "STORE",
                        "SEARCH",
                        "IDLE",
                        "NOOP",
                        "LIST",
                        "LSUB",
                        "STATUS",
                        "CREATE",
                        "DELETE",
                        "RENAME",
                        "SUBSCRIBE",
                        "APPEND",
                        "COPY",
                        "MOVE",
                        "EXPUNGE",
                        "CLOSE");
            case POP3 -> Set.of("GREETING", "STARTTLS", "AUTH", "SELECT", "FETCH", "NOOP");
        };
    }
}
