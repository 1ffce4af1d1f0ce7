package org.outlookmail.token.grant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.outlookmail.net.Dialer;
import org.outlookmail.sandbox.Sandbox;
import org.outlookmail.testkit.BlackHole;
import org.outlookmail.testkit.TestBox;
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

    private TokenEndpointClient client(Proxy proxy, InetAddress... addresses) {
        return new TokenEndpointClient(new HttpSettings(CONNECT, READ, proxy, Optional.empty()), new Dialer(host -> {
            assertThat(host).isEqualTo("localhost");
            return addresses;
        }));
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
            assertThat(hole).isNotNull();
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
                HttpSettings.direct(CONNECT, READ), new Dialer(host -> new InetAddress[] {address(2), address(1)}));

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
                assertThat(hole).isNotNull();
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
}
