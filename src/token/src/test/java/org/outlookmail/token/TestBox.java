package org.outlookmail.token;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import org.outlookmail.sandbox.Sandbox;

/**
 * One sandbox for all tests of this JVM. The product trusts what {@link SSLSocketFactory#getDefault()} trusts, which the
 * JDK decides once, so there can be only one authority that it knows.
 */
public final class TestBox {

    /** A user who can sign in. */
    public static final String USER = "sales@contoso.com";

    /** The password of every user. */
    public static final String USER_PASSWORD = "the-user-password";

    private static final Sandbox SANDBOX = start();

    private TestBox() {}

    private static Sandbox start() {
        Sandbox sandbox = Sandbox.builder()
                .randomPorts()
                .user(USER, USER_PASSWORD)
                .user("locked@contoso.com", USER_PASSWORD, "AADSTS50053")
                .user("disabled@contoso.com", USER_PASSWORD, "AADSTS50057")
                .user("expired@contoso.com", USER_PASSWORD, "AADSTS50055")
                .user("second-factor@contoso.com", USER_PASSWORD, "AADSTS50076")
                .user("policy@contoso.com", USER_PASSWORD, "AADSTS53003")
                .user("no-consent@contoso.com", USER_PASSWORD, "AADSTS65001")
                .start();
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
