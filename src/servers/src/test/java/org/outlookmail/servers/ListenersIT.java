package org.outlookmail.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That the look at where a server listens sees what it must see. */
@Tag("servers")
class ListenersIT {
    @Test
    void whatThisProcessListensOnIsSeen() throws Exception {
        assumeTrue(Listeners.told(), "skipped: only Linux tells where a process listens");
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (ServerSocket stream = new ServerSocket(0, 1, loopback);
                DatagramSocket datagrams = new DatagramSocket(0, loopback)) {
            assertThat(Listeners.of(ProcessHandle.current()))
                    .contains(
                            new InetSocketAddress(loopback, stream.getLocalPort()),
                            new InetSocketAddress(loopback, datagrams.getLocalPort()));
        }
    }

    @Test
    void ofATableCountWhoListensAndIsOnesOwn(@TempDir Path folder) throws Exception {
        String rest = " 00000000:00000000 00:00000000 00000000     0        0 ";
        Path table = Files.writeString(
                folder.resolve("tcp"),
                "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n"
                        + "   0: 00000000:1F90 00000000:0000 0A" + rest + "11 1 0000000000000000 100 0 0 10 0\n"
                        + "   1: 00000000:1F91 00000000:0000 0A" + rest + "12 1 0000000000000000 100 0 0 10 0\n"
                        + "   2: 00000000:1F92 00000000:0050 01" + rest + "13 1 0000000000000000 100 0 0 10 0\n");
        assertThat(Listeners.listeners(table, "0A", Set.of("11", "13")))
                .containsExactly(new InetSocketAddress(InetAddress.getByAddress(new byte[4]), 8080));
    }
}
