package org.outlookmail.mail.graph;

import jakarta.mail.MessagingException;

/** Graph has answered that it does not do what was asked. */
final class RefusedException extends MessagingException {

    private static final long serialVersionUID = 1L;

    private final transient GraphRequest request;
    private final transient GraphReply reply;

    RefusedException(GraphRequest request, GraphReply reply) {
        super(request + " was refused: " + reply.words());
        this.request = request;
        this.reply = reply;
    }

    GraphRequest request() {
        return request;
    }

    GraphReply reply() {
        return reply;
    }
}
