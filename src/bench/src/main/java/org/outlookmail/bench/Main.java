package org.outlookmail.bench;

import java.io.PrintStream;
import java.util.Collection;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs the benchmarks and prints each result as a ratio to ours. */
public final class Main {

    private static final int[] THREADS = {1, 8};

    private Main() {}

    /**
     * Runs all of them; takes about a minute.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) throws RunnerException {
        for (int threads : THREADS) {
            Collection<RunResult> results = new Runner(new OptionsBuilder()
                            .include(CachedToken.class.getSimpleName())
                            .threads(threads)
                            .build())
                    .run();
            print(System.out, "A cached token, " + threads + (threads == 1 ? " thread" : " threads"), results);
        }
    }

    private static void print(PrintStream out, String title, Collection<RunResult> results) {
        double ours = results.stream()
                .filter(result -> name(result).equals("tokenSource"))
                .mapToDouble(Main::score)
                .findFirst()
                .orElseThrow();
        out.println();
        out.println(title);
        for (RunResult result : results) {
            out.printf("  %-14s %12.0f ns  %8.1f times ours%n", name(result), score(result), score(result) / ours);
        }
        out.println();
    }

    private static String name(RunResult result) {
        String full = result.getParams().getBenchmark();
        return full.substring(full.lastIndexOf('.') + 1);
    }

    private static double score(RunResult result) {
        return result.getPrimaryResult().getScore();
    }
}
