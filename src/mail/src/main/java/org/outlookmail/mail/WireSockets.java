package org.outlookmail.mail;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import javax.net.ssl.SSLSocketFactory;

/**
 * Makes the TLS sockets of one login and remembers them, so that a question whether the server is still there need not take
 * as long as an answer to a command may: Angus Mail sets a socket's timeout once.
 *
 * <p>Thread rule: free for any thread. Angus Mail closes the sockets.
 */
final class WireSockets extends SSLSocketFactory {

    private final SSLSocketFactory factory;
    private final Set<Socket> sockets = Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    WireSockets(SSLSocketFactory factory) {
        this.factory = factory;
    }

    /** From now on a read waits no longer than that. */
    void patience(int millis) {
        for (Socket socket : open()) {
            try {
                socket.setSoTimeout(millis);
            } catch (SocketException closed) {
                // It has just been closed; whoever reads from it learns that.
                sockets.remove(socket);
            }
        }
    }

    private List<Socket> open() {
        synchronized (sockets) {
            sockets.removeIf(Socket::isClosed);
            return List.copyOf(sockets);
        }
    }

    private Socket known(Socket socket) {
        sockets.add(socket);
        return socket;
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return factory.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return factory.getSupportedCipherSuites();
    }

    @Override
    public Socket createSocket() throws IOException {
        return known(factory.createSocket());
    }

    @Override
    public Socket createSocket(Socket socket, String host, int port, boolean autoClose) throws IOException {
        return known(factory.createSocket(socket, host, port, autoClose));
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return known(factory.createSocket(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        return known(factory.createSocket(host, port, localHost, localPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return known(factory.createSocket(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) throws IOException {
        return known(factory.createSocket(host, port, localHost, localPort));
    }
}
