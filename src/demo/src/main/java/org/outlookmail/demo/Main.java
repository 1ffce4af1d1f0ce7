package org.outlookmail.demo;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.outlookmail.sandbox.PortInUseException;

/** {@code ./mvnw -Pdemo}: runs the {@link Demo} until Ctrl-C. Whatever goes wrong ends in one line and status 1. */
public final class Main {

    private Main() {}

    /**
     * Runs the demo.
     *
     * @param arguments the project's root folder
     */
    public static void main(String[] arguments) {
        Demo demo = new Demo(Path.of(arguments[0]), DemoPorts.usual(), DemoProtocols.usual(), System.out);
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(demo::close, "demo-shutdown"));
        try {
            demo.start();
            if (Boolean.getBoolean("demo.once")) {
                demo.close();
                return;
            }
            System.out.println("Running until Ctrl-C.");
            ended.await(); // Ctrl-C ends the JVM; the hook closes what runs
        } catch (DemoException | PortInUseException plain) {
            System.err.println("Demo: " + plain.getMessage());
            System.exit(1);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
