package org.outlookmail.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.outlookmail.sandbox.Sandbox;
import org.outlookmail.sandbox.StoredMessage;

/**
 * The one sandbox of this JVM. One, because the code under test takes {@code SSLSocketFactory.getDefault()}, which the JDK
 * makes once and never again; the box's authority must be the default before that.
 *
 * <p>As an extension of JUnit it makes the box fresh before each test: no faults, all counters at zero. Mail of earlier
 * tests is still in it.
 */
public final class TestBox implements BeforeEachCallback {

    public static final String NOREPLY = "noreply@contoso.com";
    public static final String ORDERS = "orders@contoso.com";
    public static final String SUPPORT = "support@contoso.com";

    /** Somebody with a mailbox and the right to open {@link #SHARED}, which the application may not. */
    public static final String USER = "user@contoso.com";

    public static final String SHARED = "shared@contoso.com";

    /** The password of every user. */
    public static final String USER_PASSWORD = "a-made-up-user-password";

    private static final Sandbox BOX = started();

    private static Sandbox started() {
        // Without limits: connections of the test before are perhaps still being closed. A test that wants one sets it.
        Sandbox box = Sandbox.builder()
                .randomPorts()
                .maxConnections(0)
                .maxStoreConnections(0)
                .mailbox(NOREPLY)
                .mailbox(ORDERS)
                .mailbox(SUPPORT)
                .mailbox("archive@contoso.com")
                .mailbox(USER)
                .mailbox(SHARED, Set.of(), Set.of(USER))
                .user(USER, USER_PASSWORD)
                .user("locked@contoso.com", USER_PASSWORD, "AADSTS50053")
                .user("disabled@contoso.com", USER_PASSWORD, "AADSTS50057")
                .user("expired@contoso.com", USER_PASSWORD, "AADSTS50055")
                .user("second-factor@contoso.com", USER_PASSWORD, "AADSTS50076")
                .user("policy@contoso.com", USER_PASSWORD, "AADSTS53003")
                .user("no-consent@contoso.com", USER_PASSWORD, "AADSTS65001")
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(box::close));
        SSLContext.setDefault(box.sslContext());
        return box;
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        BOX.reset();
    }

    /** The box; never null. */
    public static Sandbox box() {
        return BOX;
    }

    /** A subject that no other test has used, so that tests need not empty mailboxes. */
    public static String subject() {
        return "Subject " + UUID.randomUUID();
    }

    /** The one copy of that message that a mailbox has received. */
    public static StoredMessage message(String mailbox, String subject) {
        List<StoredMessage> found = BOX.messages(mailbox).stream()
                .filter(message -> message.subject().equals(subject))
                .toList();
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    /** How many copies of that message a mailbox has received. */
    public static long received(String mailbox, String subject) {
        return BOX.messages(mailbox).stream()
                .filter(message -> message.subject().equals(subject))
                .count();
    }

    /** How many copies of that message lie in Sent Items, which is where the server puts what it has accepted. */
    public static long accepted(String mailbox, String subject) {
        return BOX.messages(mailbox, "Sent Items").stream()
                .filter(message -> message.subject().equals(subject))
                .count();
    }
}
