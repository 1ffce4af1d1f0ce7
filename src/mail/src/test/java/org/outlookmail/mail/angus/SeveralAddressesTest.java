package org.outlookmail.mail.angus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.outlookmail.mail.TestAccounts.PATIENT;
import static org.outlookmail.testkit.TestBox.NOREPLY;

import jakarta.mail.Session;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.outlookmail.mail.Authentication;
import org.outlookmail.mail.Connector;
import org.outlookmail.mail.MailAccount;
import org.outlookmail.mail.MailRoute;
import org.outlookmail.mail.MailServer;
import org.outlookmail.mail.StoreAudience;
import org.outlookmail.mail.TestAccounts;
import org.outlookmail.mail.wire.TlsSocket;
import org.outlookmail.mail.wire.WireSockets;
import org.outlookmail.mail.wire.WriteTimeouts;
import org.outlookmail.net.Dialer;
import org.outlookmail.testkit.BlackHole;
import org.outlookmail.testkit.ConnectProxy;
import org.outlookmail.testkit.TestBox;

/** Hosts with several addresses, some of them dead. */
@Tag("unit")
@ExtendWith(TestBox.class)
class SeveralAddressesTest {

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

    private static ServerLogin.Client client(MailServer server, MailRoute route, Dialer dialer) throws Exception {
        MailAccount account = MailAccount.of(
                NOREPLY, server, server, route, new Authentication.Token(TestAccounts.tokenRequest()), Map.of());
        TlsSocket.Terms terms = new TlsSocket.Terms(
                (SSLSocketFactory) SSLSocketFactory.getDefault(), server.host(), List.of("TLSv1.3"), List.of());
        WireSockets sockets = new WireSockets(server, route, dialer, terms);
        Session session = WireSession.of(account, account.out(), WriteTimeouts.ofEachConnection(), sockets);
        return server.sends()
                ? new SmtpConnection(session, server)
                : server.pop3()
                        ? new Pop3Connection(session, server, new StoreAudience())
                        : new ImapConnection(session, server, new StoreAudience());
    }

    private static void logIn(ServerLogin.Client client, MailServer server) throws Exception {
        try (Connector connector = new Connector()) {
            client.connect(
                    server.host(),
                    server.port(),
                    NOREPLY,
                    connector.tokens.source().token(TestAccounts.tokenRequest()).value());
            assertThat(client.isConnected()).isTrue();
        } finally {
            client.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"smtp", "smtps", "imap", "imaps", "pop3", "pop3s"})
    void theNextAddressIsTriedWithinTheConnectTimeoutIfTheFirstIsDead(String protocol) throws Exception {
        MailServer server = TestAccounts.server(protocol);
        try (BlackHole dead = new BlackHole(address("127.0.0.2"), server.port())) {
            assertThat(dead).isNotNull();
            logIn(client(server, MailRoute.direct(PATIENT), at("127.0.0.2", "127.0.0.3", "127.0.0.1")), server);
        }
    }

    @Test
    void aProxyMayHaveSeveralAddressesToo() throws Exception {
        MailServer server = TestAccounts.server("imaps");
        try (ConnectProxy proxy = new ConnectProxy()) {
            InetSocketAddress known = (InetSocketAddress) proxy.address().address();
            Proxy named = new Proxy(
                    Proxy.Type.HTTP, InetSocketAddress.createUnresolved("proxy.contoso.com", known.getPort()));
            try (BlackHole dead = new BlackHole(address("127.0.0.2"), known.getPort())) {
                assertThat(dead).isNotNull();
                logIn(
                        client(server, new MailRoute(PATIENT, named, Optional.empty()), at("127.0.0.2", "127.0.0.1")),
                        server);
            }
            assertThat(proxy.asked()).containsExactly("localhost:" + server.port());
        }
    }
}
