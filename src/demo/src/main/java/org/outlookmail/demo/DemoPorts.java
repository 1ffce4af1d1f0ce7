package org.outlookmail.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.outlookmail.sandbox.Sandbox;
import org.outlookmail.sandbox.SandboxBuilder;

/**
 * Where the demo listens.
 *
 * @param http the application server's; the sandbox has its own
 * @param sandboxUsual whether the sandbox takes its documented ports or free ones
 */
public record DemoPorts(int http, boolean sandboxUsual) {

    /** The documented ports; {@code -Ddemo.http.port=} moves the application server's. */
    public static DemoPorts usual() {
        return new DemoPorts(Integer.getInteger("demo.http.port", 9080), true);
    }

    /** Free ports, for tests. */
    public static DemoPorts free() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new DemoPorts(probe.getLocalPort(), false);
        }
    }

    SandboxBuilder sandbox() {
        SandboxBuilder builder = Sandbox.builder();
        return sandboxUsual ? builder : builder.randomPorts();
    }

    void check() throws DemoException {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), http));
        } catch (IOException taken) {
            throw new DemoException(
                    "port " + http + " (HTTP of Open Liberty) is in use: end the program that uses it, or choose"
                            + " another with -Ddemo.http.port=",
                    taken);
        }
    }
}
