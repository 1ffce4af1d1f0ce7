package org.outlookmail.sandbox.graph;

import java.util.Map;
import java.util.TreeMap;
import org.outlookmail.sandbox.SandboxState;

/** Counts requests. Safe for any thread. */
final class GraphCounters {
    private long requests;
    private long throttled;
    private long failed;
    private String lastRefusal = "";
    private final Map<String, Long> byMethod = new TreeMap<>();

    synchronized void asked(GraphCall call) {
        requests++;
        String last = call.segment().equals("$batch") ? "$batch" : call.method();
        byMethod.merge(last, 1L, Long::sum);
    }

    synchronized void answered(int status) {
        throttled += status == 429 ? 1 : 0;
        failed += status >= 400 ? 1 : 0;
    }

    synchronized void refused(String why) {
        lastRefusal = why;
    }

    synchronized void reset() {
        requests = 0;
        throttled = 0;
        failed = 0;
        lastRefusal = "";
        byMethod.clear();
    }

    synchronized SandboxState.Graph state() {
        return new SandboxState.Graph(requests, throttled, failed, lastRefusal, byMethod);
    }
}
