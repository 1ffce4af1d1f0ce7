package org.outlookmail.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The most connections that a mailbox had logged in at one time. */
class PeakConnectionsTest {
    private final Sandbox sandbox = Sandbox.builder().randomPorts().start();

    @AfterEach
    void close() {
        sandbox.close();
    }

    private int peak(String mailbox) {
        return sandbox.state().smtp().peakConnections(mailbox);
    }

    @Test
    void thePeakIsOfEachMailboxAndOfLoggedInConnectionsOnly() throws Exception {
        try (RawClient one = RawClient.smtp(sandbox, "noreply@contoso.com");
                RawClient two = RawClient.smtp(sandbox, "noreply@contoso.com");
                RawClient other = RawClient.smtp(sandbox, "orders@contoso.com");
                RawClient anonymous = RawClient.smtp(sandbox)) {
            assertThat(anonymous.ask("NOOP") + other.ask("NOOP")).contains("250");
            one.ask("QUIT");
            two.ask("QUIT");
        }
        assertThat(peak("noreply@contoso.com")).isEqualTo(2);
        assertThat(peak("orders@contoso.com")).isEqualTo(1);
        assertThat(peak("support@contoso.com")).isZero();
    }

    @Test
    void connectionsOneAfterAnotherAreOneAtATime() throws Exception {
        List<RawClient> left = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            RawClient client = RawClient.smtp(sandbox, "noreply@contoso.com");
            left.add(client);
            // The answer alone says that the connection counts no more; closing may wait for the server.
            assertThat(client.ask("QUIT")).startsWith("221");
        }
        for (RawClient client : left) {
            client.close();
        }
        assertThat(peak("noreply@contoso.com")).isEqualTo(1);
        assertThat(sandbox.state().smtp().connections()).isEqualTo(20);
    }

    @Test
    void aRefusedLoginRaisesNoPeak() throws Exception {
        sandbox.faults(new FaultPlan().maxConnections(1));
        String auth = "AUTH XOAUTH2 " + RawClient.xoauth2("noreply@contoso.com", sandbox.issueToken());
        try (RawClient first = RawClient.smtp(sandbox, "noreply@contoso.com");
                RawClient second = RawClient.smtp(sandbox)) {
            assertThat(second.ask(auth)).startsWith("432");
            assertThat(first.ask("NOOP")).startsWith("250");
        }
        assertThat(peak("noreply@contoso.com")).isEqualTo(1);
    }

    @Test
    void aResetBeginsWithTheConnectionsThatAreOpen() throws Exception {
        try (RawClient one = RawClient.smtp(sandbox, "noreply@contoso.com")) {
            try (RawClient two = RawClient.smtp(sandbox, "noreply@contoso.com")) {
                two.ask("QUIT");
            }
            try (RawClient gone = RawClient.smtp(sandbox, "orders@contoso.com")) {
                gone.ask("QUIT");
            }
            sandbox.reset();
            assertThat(one.ask("NOOP")).startsWith("250");
            assertThat(peak("noreply@contoso.com")).isEqualTo(1);
            assertThat(peak("orders@contoso.com")).isZero();
        }
    }
}
