package org.outlookmail.sandbox.graph;

import java.io.InterruptedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.outlookmail.sandbox.faults.Faults;
import org.outlookmail.sandbox.faults.GraphFault;
import org.outlookmail.sandbox.wire.Pause;

/** Lets faults strike requests. Safe for any thread. */
final class Struck {
    private final Faults faults;

    Struck(Faults faults) {
        this.faults = faults;
    }

    /** The connection is to be cut without an answer. */
    static final class DroppedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        DroppedException() {
            super("a fault cuts the connection");
        }
    }

    /** What a request asks for. */
    interface Work {
        GraphAnswer done(String spoil) throws GraphException;
    }

    /** Does the work, unless a fault is in its way. */
    GraphAnswer answer(GraphCall call, Work work) throws GraphException {
        pause(faults.limits().delayMillis());
        Optional<GraphFault> struck = faults.takeGraph(point(call));
        if (struck.isEmpty()) {
            return work.done("");
        }
        GraphFault fault = struck.get();
        pause(fault.stallMillis());
        boolean spoils = fault.status() != 0 || fault.drop();
        GraphAnswer answer = !spoils || fault.after() ? work.done(fault.spoil()) : null;
        if (fault.drop()) {
            throw new DroppedException();
        }
        if (fault.status() == 0) {
            return answer;
        }
        if (fault.status() < 400) {
            return GraphAnswer.empty(fault.status());
        }
        throw new GraphException(
                fault.status(), fault.code(), "The sandbox was told to answer so.", fault.retryAfterSeconds());
    }

    /** Who is interrupted in it is so because the box closes. */
    private static void pause(long millis) {
        try {
            Pause.millis(millis);
        } catch (InterruptedIOException closing) {
            throw new DroppedException();
        }
    }

    /** The point that a request passes, by its path and method. */
    private static String point(GraphCall call) {
        List<String> path =
                call.path().stream().map(each -> each.toLowerCase(Locale.ROOT)).toList();
        if (path.contains("$batch")) {
            return "BATCH";
        }
        if (path.contains("uploads") || path.contains("createuploadsession")) {
            return "UPLOAD";
        }
        if (path.contains("delta")) {
            return "DELTA";
        }
        if (path.contains("sendmail")) {
            return "SENDMAIL";
        }
        if (path.contains("attachments")) {
            return "ATTACHMENTS";
        }
        int messages = path.indexOf("messages");
        if (messages < 0) {
            return "FOLDERS";
        }
        String method = call.method();
        List<String> behind = path.subList(messages + 1, path.size());
        if (behind.isEmpty()) {
            return method.equals("POST") ? "CREATE" : "LIST";
        }
        if (behind.size() == 1) {
            return method;
        }
        return behind.get(1).equals("$value") ? "VALUE" : behind.get(1).toUpperCase(Locale.ROOT);
    }
}
