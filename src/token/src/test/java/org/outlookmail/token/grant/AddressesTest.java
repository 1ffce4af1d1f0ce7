package org.outlookmail.token.grant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.outlookmail.sandbox.Sandbox;
import org.outlookmail.testkit.TestBox;
import org.outlookmail.token.AddressWalk;
import org.outlookmail.token.HttpSettings;

/** Hosts with several addresses of which the first is dead. */
@Tag("unit")
@Timeout(120)
@ExtendWith(TestBox.class)
class AddressesTest {

    private static final Duration CONNECT = Duration.ofSeconds(9);
    private static final Duration READ = Duration.ofSeconds(20);

    private final Sandbox sandbox = TestBox.box();

    private static InetAddress address(int last) throws UnknownHostException {
        return InetAddress.getByAddress("localhost", new byte[] {127, 0, 0, (byte) last});
    }

    /** Takes no connection and says nothing: its queue is full, so the kernel drops what comes. */
    private static final class BlackHole implements AutoCloseable {
        private final ServerSocket server;
        private final List<SocketChannel> queue = new ArrayList<>();

        BlackHole(InetAddress at, int port) throws IOException {
            server = new ServerSocket(port, 1, at);
            for (int i = 0; i < 4; i++) {
                SocketChannel channel = SocketChannel.open();
                channel.configureBlocking(false);
                channel.connect(new InetSocketAddress(at, port));
                queue.add(channel);
            }
        }

        /** Whether at least one who knocked has been left waiting. */
        boolean isFull() throws IOException {
            boolean waits = false;
            for (SocketChannel channel : queue) {
                waits |= !channel.finishConnect();
            }
            return waits;
        }

        @Override
        public void close() throws IOException {
            for (SocketChannel channel : queue) {
                channel.close();
            }
            server.close();
        }
    }

    private TokenEndpointClient client(Proxy proxy, InetAddress... addresses) {
        return new TokenEndpointClient(new HttpSettings(CONNECT, READ, proxy, Optional.empty()), host -> {
            assertThat(host).isEqualTo("localhost");
            return addresses;
        });
    }

    private TokenEndpointClient.Answer ask(TokenEndpointClient client) throws IOException {
        return client.send(
                "POST",
                sandbox.tokenEndpoint(),
                Map.of("Content-Type", "application/x-www-form-urlencoded"),
                "grant_type=client_credentials&client_id=" + sandbox.clientId() + "&client_secret="
                        + sandbox.clientSecret() + "&scope=https://outlook.office365.com/.default");
    }

    @Test
    void anEndpointWhoseFirstAddressSwallowsEverythingIsReachedByItsSecond() throws Exception {
        try (BlackHole hole = new BlackHole(address(2), sandbox.tokenEndpoint().getPort())) {
            assertThat(hole.isFull()).isTrue();
            assertThat(ask(client(Proxy.NO_PROXY, address(2), address(1))).status())
                    .isEqualTo(200);
        }
        assertThat(sandbox.state().entra().tokenRequests()).isEqualTo(1);
    }

    @Test
    void anEndpointWhoseFirstAddressesRefuseIsReachedByTheNext() throws Exception {
        assertThat(ask(client(Proxy.NO_PROXY, address(2), address(3), address(1)))
                        .status())
                .isEqualTo(200);
        assertThat(sandbox.state().entra().tokenRequests()).isEqualTo(1);
    }

    @Test
    void theCertificateIsStillComparedWithTheNameAndNotWithTheAddress() {
        URI elsewhere = URI.create(
                "https://another-host.example.com:" + sandbox.tokenEndpoint().getPort() + "/token");
        TokenEndpointClient client = new TokenEndpointClient(
                HttpSettings.direct(CONNECT, READ), host -> new InetAddress[] {address(2), address(1)});

        assertThatThrownBy(() -> client.send("GET", elsewhere, Map.of(), null))
                .isInstanceOf(javax.net.ssl.SSLException.class);
        assertThat(sandbox.state().entra().tokenRequests()).isZero();
    }

    @Test
    void aProxyWhoseFirstAddressIsDeadIsReachedByItsSecond() throws Exception {
        try (HttpProxy proxy = new HttpProxy("200 Connection established")) {
            int port = ((InetSocketAddress) proxy.address().address()).getPort();
            Proxy named = new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved("localhost", port));
            assertThat(ask(client(named, address(2), address(1))).status()).isEqualTo(200);
            try (BlackHole hole = new BlackHole(address(2), port)) {
                assertThat(hole.isFull()).isTrue();
                assertThat(ask(client(named, address(2), address(1))).status()).isEqualTo(200);
            }
            assertThat(proxy.asked()).hasSize(2);
        }
    }

    @Test
    void aProxyThatRefusesIsNotAskedAgainAtItsOtherAddress() throws Exception {
        try (HttpProxy proxy = new HttpProxy("403 Forbidden")) {
            int port = ((InetSocketAddress) proxy.address().address()).getPort();
            Proxy named = new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved("localhost", port));

            assertThatThrownBy(() -> ask(client(named, address(1), address(1)))).isInstanceOf(IOException.class);
            assertThat(proxy.asked()).hasSize(1);
        }
    }

    @Test
    void addressesShareTheTimeAndTheLastFailureTellsTheOthers() {
        List<Duration> shares = new ArrayList<>();
        AddressWalk.Attempt<Socket> dead = (address, within) -> {
            shares.add(within);
            throw new SocketTimeoutException("nothing from " + address.getHostAddress());
        };

        assertThatThrownBy(() -> AddressWalk.first(
                        new InetAddress[] {address(2), address(3), address(4), address(5)},
                        Duration.ofSeconds(9),
                        dead))
                .isInstanceOf(SocketTimeoutException.class)
                .hasMessageContaining("127.0.0.5")
                .satisfies(last -> assertThat(last.getSuppressed()).hasSize(1));
        assertThat(shares).hasSize(4);
        assertThat(shares.get(0)).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(3));
        assertThat(shares.get(3)).isBetween(Duration.ofSeconds(8), Duration.ofSeconds(9));
    }

    @Test
    void whatIsNoFaultOfTheAddressEndsTheWalk() {
        List<InetAddress> tried = new ArrayList<>();

        assertThatThrownBy(() -> AddressWalk.first(
                        new InetAddress[] {address(2), address(3)}, Duration.ofSeconds(9), (address, within) -> {
                            tried.add(address);
                            throw new IOException("certificate");
                        }))
                .hasMessage("certificate");
        assertThat(tried).hasSize(1);
    }

    @Test
    void theOnlyOneThatTakesAConnectionIsEnough() throws Exception {
        String taken = AddressWalk.first(
                new InetAddress[] {address(2), address(3), address(4)}, Duration.ofSeconds(9), (address, within) -> {
                    if (!address.getHostAddress().equals("127.0.0.4")) {
                        throw new SocketException("refused");
                    }
                    return address.getHostAddress();
                });

        assertThat(taken).isEqualTo("127.0.0.4");
    }
}
