package org.outlookmail.token.grant;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import javax.net.ssl.SSLSocketFactory;

/**
 * Sockets for {@code HttpsURLConnection} that go to one address of the host; TLS is spoken with the host by its name, as
 * ever. The JDK asks for an unconnected socket first, and then for TLS around it.
 *
 * <p>Thread rule: one request, one thread.
 */
final class AddressedSockets extends SSLSocketFactory {

    private final SSLSocketFactory tls;
    private final InetAddress address;

    AddressedSockets(SSLSocketFactory tls, InetAddress address) {
        this.tls = tls;
        this.address = address;
    }

    @Override
    public Socket createSocket() {
        return new Socket(Proxy.NO_PROXY) {
            @Override
            public void connect(SocketAddress named, int timeout) throws IOException {
                super.connect(new InetSocketAddress(address, ((InetSocketAddress) named).getPort()), timeout);
            }
        };
    }

    @Override
    public Socket createSocket(Socket connected, String host, int port, boolean autoClose) throws IOException {
        return tls.createSocket(connected, host, port, autoClose);
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        throw elsewhere();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
        throw elsewhere();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        throw elsewhere();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
        throw elsewhere();
    }

    /** The JDK's last resort, a second connection of its own. */
    private static SocketException elsewhere() {
        return new SocketException("there is one connection for each address");
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return tls.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return tls.getSupportedCipherSuites();
    }
}
