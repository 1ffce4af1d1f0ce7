package org.outlookmail.bench;

import java.io.PrintStream;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs the benchmarks and prints each result as a ratio to ours. */
public final class Main {

    private static final int[] THREADS = {1, 8};

    private Main() {}

    /**
     * Runs all of them; takes about five minutes.
     *
     * @param arguments none, or the simple names of the benchmarks' classes to run
     */
    public static void main(String[] arguments) throws RunnerException {
        List<String> wanted =
                Stream.of(arguments).filter(name -> !name.isBlank()).toList();
        if (wanted.isEmpty() || wanted.contains(CachedToken.class.getSimpleName())) {
            for (int threads : THREADS) {
                String title = "A cached token, " + threads + (threads == 1 ? " thread" : " threads");
                print(System.out, title, "tokenSource", run(CachedToken.class, threads));
            }
        }
        if (wanted.isEmpty() || wanted.contains(WayOut.class.getSimpleName())) {
            print(System.out, "A mail and what goes before it, 1 thread", "mailByFactory", run(WayOut.class, 1));
        }
        if (wanted.isEmpty() || wanted.contains(BorrowAndSend.class.getSimpleName())) {
            print(System.out, "The adapter itself, 1 thread", "borrowSendReturn", run(BorrowAndSend.class, 1));
        }
        if (wanted.isEmpty() || wanted.contains(ClusterScale.class.getSimpleName())) {
            ClusterScale.run(System.out);
        }
    }

    private static Collection<RunResult> run(Class<?> benchmarks, int threads) throws RunnerException {
        return new Runner(new OptionsBuilder()
                        .include("\\." + benchmarks.getSimpleName() + "\\.")
                        .threads(threads)
                        .addProfiler(GCProfiler.class)
                        .build())
                .run();
    }

    private static void print(PrintStream out, String title, String reference, Collection<RunResult> results) {
        double ours = results.stream()
                .filter(result -> name(result).equals(reference))
                .mapToDouble(Main::score)
                .findFirst()
                .orElseThrow();
        out.println();
        out.println(title);
        for (RunResult result : results) {
            out.printf(
                    "  %-24s %12.0f ns  %8.3f times ours  %8.0f octets%n",
                    name(result), score(result), score(result) / ours, allocated(result));
        }
        out.println();
    }

    /** For each operation, in memory. */
    private static double allocated(RunResult result) {
        return result.getSecondaryResults().get("gc.alloc.rate.norm").getScore();
    }

    private static String name(RunResult result) {
        String full = result.getParams().getBenchmark();
        return full.substring(full.lastIndexOf('.') + 1);
    }

    private static double score(RunResult result) {
        return result.getPrimaryResult().getScore();
    }
}
