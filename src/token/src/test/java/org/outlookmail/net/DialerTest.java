package org.outlookmail.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.outlookmail.testkit.BlackHole;

/** Hosts with several addresses, some of them dead. */
@Tag("unit")
class DialerTest {

    private static final String HOST = "mail.contoso.com";

    private final List<InetAddress> tried = new ArrayList<>();
    private final List<Duration> turns = new ArrayList<>();

    private static InetAddress address(String literal) throws UnknownHostException {
        return InetAddress.getByName(literal);
    }

    /** Everything that has a name is there. */
    private static Dialer at(String... addresses) throws UnknownHostException {
        InetAddress[] known = new InetAddress[addresses.length];
        for (int i = 0; i < addresses.length; i++) {
            known[i] = address(addresses[i]);
        }
        return new Dialer(host -> known.clone());
    }

    /** Fails at once in its own way, without spending the time. */
    private Dialer.Attempt<String> failing(IOException failure) {
        return (address, within) -> {
            tried.add(address);
            turns.add(within);
            throw failure;
        };
    }

    @Test
    void anAddressThatSaidNothingGetsAnotherTurnAndTheTimeIsKept() throws Exception {
        long started = System.nanoTime();
        try (ServerSocket free = new ServerSocket(0, 1, address("127.0.0.4"));
                BlackHole one = new BlackHole(address("127.0.0.2"), free.getLocalPort());
                BlackHole other = new BlackHole(address("127.0.0.3"), free.getLocalPort())) {
            assertThat(one).isNotSameAs(other);
            assertThatExceptionOfType(ConnectException.class)
                    .isThrownBy(() -> at("127.0.0.2", "127.0.0.3")
                            .dial(HOST, Duration.ofSeconds(6), (address, within) -> {
                                tried.add(address);
                                try (Socket socket = new Socket()) {
                                    socket.connect(new InetSocketAddress(address, free.getLocalPort()), (int)
                                            within.toMillis());
                                    return socket;
                                }
                            }))
                    .withMessageContaining(HOST)
                    .withMessageContaining("127.0.0.2: ")
                    .withMessageContaining("127.0.0.3: ");
        }
        assertThat(tried).hasSizeBetween(3, 5);
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isGreaterThan(Duration.ofSeconds(5));
    }

    @Test
    void nobodyStarvesAndNobodyGetsAllTheTime() throws Exception {
        assertThatExceptionOfType(ConnectException.class)
                .isThrownBy(() -> at("127.0.0.2", "127.0.0.3", "127.0.0.4", "127.0.0.5")
                        .dial(HOST, Duration.ofSeconds(60), failing(new SocketException("Connection refused"))));
        assertThat(tried).hasSize(4).doesNotHaveDuplicates();
        assertThat(turns).allSatisfy(turn -> assertThat(turn).isEqualTo(Duration.ofSeconds(2)));
    }

    @Test
    void theOnlyAddressHasAllTheTimeAndItsFailureIsTold() throws Exception {
        SocketException refused = new SocketException("Connection refused");

        assertThatExceptionOfType(SocketException.class)
                .isThrownBy(() -> at("127.0.0.2").dial(HOST, Duration.ofSeconds(60), failing(refused)))
                .isSameAs(refused);
        assertThat(turns.get(0)).isGreaterThan(Duration.ofSeconds(50));
    }

    @Test
    void withoutTimeNobodyIsTried() throws Exception {
        assertThatExceptionOfType(SocketTimeoutException.class)
                .isThrownBy(() -> at("127.0.0.2", "127.0.0.3")
                        .dial(HOST, Duration.ZERO, failing(new SocketException("Connection refused"))));
        assertThat(tried).isEmpty();
    }

    @Test
    void whatIsNoFaultOfTheAddressEndsIt() throws Exception {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> at("127.0.0.2", "127.0.0.3")
                        .dial(HOST, Duration.ofSeconds(5), failing(new IOException("certificate"))))
                .withMessage("certificate");
        assertThat(tried).hasSize(1);
    }

    @Test
    void theOneThatTakesAConnectionIsEnough() throws Exception {
        String taken = at("127.0.0.2", "127.0.0.3", "127.0.0.4")
                .dial(HOST, Duration.ofSeconds(9), (address, within) -> {
                    if (!address.getHostAddress().equals("127.0.0.4")) {
                        throw new SocketException("refused");
                    }
                    return address.getHostAddress();
                });

        assertThat(taken).isEqualTo("127.0.0.4");
    }

    @Test
    void theFamiliesTakeTurns() throws Exception {
        List<InetAddress> known =
                List.of(address("10.0.0.1"), address("10.0.0.2"), address("10.0.0.3"), address("2001:db8::1"));
        assertThat(Dialer.inTurns(known))
                .containsExactly(known.get(0), known.get(3), known.get(1), known.get(2))
                .doesNotHaveDuplicates();
    }
}
