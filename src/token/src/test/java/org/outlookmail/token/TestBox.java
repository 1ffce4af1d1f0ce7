package org.outlookmail.token;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import org.outlookmail.sandbox.Sandbox;

/**
 * One sandbox for all tests of this JVM. The product trusts what {@link SSLSocketFactory#getDefault()} trusts, which the
 * JDK decides once, so there can be only one authority that it knows.
 */
public final class TestBox {

    private static final Sandbox SANDBOX = start();

    private TestBox() {}

    private static Sandbox start() {
        Sandbox sandbox = Sandbox.builder().randomPorts().start();
        Runtime.getRuntime().addShutdownHook(new Thread(sandbox::close));
        SSLContext.setDefault(sandbox.sslContext());
        return sandbox;
    }

    /** The sandbox, without faults and with all counters at zero. */
    public static Sandbox fresh() {
        SANDBOX.reset();
        return SANDBOX;
    }
}
