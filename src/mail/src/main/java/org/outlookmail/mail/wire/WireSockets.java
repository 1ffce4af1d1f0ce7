package org.outlookmail.mail.wire;

import jakarta.mail.MessagingException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.function.BooleanSupplier;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocketFactory;
import org.outlookmail.DiagnosedMessagingException;
import org.outlookmail.mail.Deadline;
import org.outlookmail.mail.MailAccount;
import org.outlookmail.mail.MailRoute;
import org.outlookmail.mail.MailServer;
import org.outlookmail.net.Dialer;
import org.outlookmail.token.TokenException;

/**
 * Makes every socket of one login and remembers them: how they get to the server, through a proxy or to one of several
 * addresses; how long the reads of a call may take altogether, whereas Angus Mail knows a timeout of each read alone; and
 * their end, which waits for nobody.
 *
 * <p>Thread rule: free for any thread. The login calls {@link #abort} at its end; until then Angus Mail closes the sockets.
 */
public final class WireSockets {

    private static final Logger LOG = System.getLogger(WireSockets.class.getName());

    /** What has arrived already is read in less, on a busy machine too. */
    private static final Duration MOMENT = Duration.ofMillis(100);

    /**
     * For one thread's reads; those of others are not concerned, who may wait for news in another folder.
     *
     * @param first until when something must have been heard; null if it has been
     * @param end until when all must be over
     */
    private record Limit(Thread thread, Deadline first, Deadline end) {

        Deadline next() {
            return first == null ? end : first.earlier(end);
        }
    }

    private final MailServer server;
    private final MailRoute route;
    private final Dialer dialer;
    private final TlsSocket.Terms terms;
    private final Set<WireSocket> sockets = Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));
    private volatile Limit limit;
    private volatile Deadline last;
    private volatile Hearing hearing;
    private volatile IOException trouble;
    private volatile boolean aborted;

    public WireSockets(MailServer server, MailRoute route, Dialer dialer, TlsSocket.Terms terms) {
        this.server = server;
        this.route = route;
        this.dialer = dialer;
        this.terms = terms;
    }

    /**
     * Of one login.
     *
     * @param account whose route it takes; not null
     * @param server where it goes; not null
     * @throws MessagingException diagnosed: the trust store cannot be used
     */
    public static WireSockets of(MailAccount account, MailServer server) throws MessagingException {
        Map<String, String> properties = account.mailProperties();
        String prefix = "mail." + server.protocol() + ".ssl.";
        TlsSocket.Terms terms = new TlsSocket.Terms(
                factory(account.route()),
                server.host(),
                words(properties.getOrDefault(prefix + "protocols", "TLSv1.2 TLSv1.3")),
                words(properties.getOrDefault(prefix + "ciphersuites", "")));
        return new WireSockets(server, account.route(), new Dialer(InetAddress::getAllByName), terms);
    }

    private static List<String> words(String list) {
        return list.isBlank() ? List.of() : List.of(list.strip().split("\\s+", -1));
    }

    private static SSLSocketFactory factory(MailRoute route) throws MessagingException {
        if (route.trust().isEmpty()) {
            // What the server administers: Liberty puts its own factory here, which follows its configuration, whereas
            // SSLContext.getDefault() is the JDK's there.
            return (SSLSocketFactory) SSLSocketFactory.getDefault();
        }
        try {
            return route.trust().get().socketFactory();
        } catch (TokenException unusable) {
            throw new DiagnosedMessagingException(unusable.diagnosis(), unusable);
        }
    }

    /** For Angus Mail's connections. Those that begin with TLS do so by themselves; Angus Mail need not know. */
    public SocketFactory factory() {
        return new Plain();
    }

    /** For Angus Mail's STARTTLS and STLS. */
    public SSLSocketFactory upgrades() {
        return new Upgrades();
    }

    /** Whether a proxy finds the server. */
    public boolean proxied() {
        return route.proxy().address() instanceof InetSocketAddress;
    }

    /**
     * From now on the reads of this thread end with the call.
     *
     * @param first until when something must be heard; null if there is no hurry
     * @param end until when all must be over
     */
    public void limit(Deadline first, Deadline end) {
        limit = new Limit(Thread.currentThread(), first, end);
    }

    /** From now on the reads of this thread take no longer together than one of them may. */
    public void limitToOneReply() {
        limit(null, Deadline.in(route.timeouts().read()));
    }

    /** From now on only the timeout of each read counts. */
    public void unlimited() {
        limit = null;
    }

    /** Asks the server something that must not take longer than that. */
    public boolean within(Duration time, BooleanSupplier question) {
        Limit before = limit;
        Deadline end = Deadline.in(time);
        limit(null, before == null ? end : end.earlier(before.end()));
        try {
            return question.getAsBoolean();
        } finally {
            limit = before;
        }
    }

    /** Whether the server has said nothing unasked on the connection that was made last, nor ended it; see {@link Hearing}. */
    public boolean quiet() {
        Hearing present = hearing;
        return present == null || within(MOMENT, present::quiet);
    }

    /** Why the first read failed that did, or null. */
    public IOException trouble() {
        return trouble;
    }

    private InputStream hear(InputStream in, Socket beneath) {
        Hearing begun = new Hearing(in, beneath, server.sends(), this::ended);
        hearing = begun;
        return begun;
    }

    /** What fails after that fails because of it. */
    private synchronized void ended(IOException reason) {
        trouble = trouble == null ? reason : trouble;
    }

    /** From now on no read of whichever thread takes longer than that. */
    public void lastReads(Deadline end) {
        last = end;
    }

    /** Whether another thread waits for the server. */
    public boolean usedByAnother() {
        return open().stream().anyMatch(WireSocket::usedByAnother);
    }

    /** Our end of a connection that stands, or null if there is none. */
    public InetAddress localAddress() {
        return open().stream()
                .filter(WireSocket::isConnected)
                .map(WireSocket::getLocalAddress)
                .findFirst()
                .orElse(null);
    }

    /** Closes every connection, and any that is still to come; whoever reads or writes there learns it at once. */
    public void abort() {
        aborted = true;
        open().forEach(this::close);
    }

    private void close(WireSocket socket) {
        try {
            socket.close();
        } catch (IOException gone) {
            LOG.log(Level.DEBUG, () -> "closing a connection to " + server + ": " + gone);
        }
    }

    private List<WireSocket> open() {
        synchronized (sockets) {
            sockets.removeIf(WireSocket::isClosed);
            return new ArrayList<>(sockets);
        }
    }

    private Socket way(WireSocket.Sockets made, int millis) throws IOException {
        Deadline deadline = Deadline.in(Duration.ofMillis(millis));
        Limit present = limit;
        if (present != null && present.thread() == Thread.currentThread()) {
            deadline = deadline.earlier(present.end());
        }
        if (!(route.proxy().address() instanceof InetSocketAddress proxy)) {
            return dialled(server.host(), server.port(), deadline, made);
        }
        Socket socket = dialled(proxy.getHostString(), proxy.getPort(), deadline, made);
        boolean through = false;
        try {
            ProxyTunnel.open(socket, server, deadline);
            through = true;
            return socket;
        } finally {
            if (!through) {
                socket.close();
            }
        }
    }

    private Socket dialled(String host, int port, Deadline deadline, WireSocket.Sockets made) throws IOException {
        return dialer.dial(host, deadline.left(), (address, within) -> {
            Socket socket = made.next();
            try {
                socket.connect(new InetSocketAddress(address, port), (int) within.toMillis());
                return socket;
            } catch (IOException failed) {
                socket.close();
                throw failed;
            }
        });
    }

    private WireSocket made() {
        WireSocket made = new WireSocket(this::way, new Hurry());
        sockets.add(made);
        if (aborted) {
            close(made);
        }
        return made;
    }

    private final class Hurry implements WireSocket.Patience {

        @Override
        public int of(int millis) throws SocketTimeoutException {
            long left = millis == 0 ? Integer.MAX_VALUE : millis;
            Limit present = limit;
            if (present != null && present.thread() == Thread.currentThread()) {
                left = Math.min(left, present.next().left().toMillis());
            }
            Deadline end = last;
            if (end != null) {
                left = Math.min(left, end.left().toMillis());
            }
            if (left <= 0) {
                throw new SocketTimeoutException("Read timed out: no time is left for this call");
            }
            return (int) left;
        }

        @Override
        public void heard() {
            Limit present = limit;
            if (present != null && present.first() != null && present.thread() == Thread.currentThread()) {
                limit = new Limit(present.thread(), null, present.end());
            }
        }

        @Override
        public void ended(IOException reason) {
            WireSockets.this.ended(reason);
        }
    }

    /** Angus Mail asks for a socket and connects it. */
    private final class Plain extends SocketFactory {

        @Override
        public Socket createSocket() {
            return server.tlsFromTheStart() ? new TlsSocket(terms, made(), WireSockets.this::hear) : made();
        }

        @Override
        public Socket createSocket(String host, int port) throws IOException {
            throw new IOException("only sockets that are not connected yet are made here");
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
            return createSocket(host, port);
        }

        @Override
        public Socket createSocket(InetAddress host, int port) throws IOException {
            return createSocket(host.getHostAddress(), port);
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort)
                throws IOException {
            return createSocket(host, port);
        }
    }

    /** Angus Mail has a socket of ours, perhaps wrapped, and wants TLS over it. */
    private final class Upgrades extends SSLSocketFactory {

        @Override
        public String[] getDefaultCipherSuites() {
            return terms.factory().getDefaultCipherSuites();
        }

        @Override
        public String[] getSupportedCipherSuites() {
            return terms.factory().getSupportedCipherSuites();
        }

        /** Whatever host it names: the certificate must be that of the configured one. */
        @Override
        public Socket createSocket(Socket socket, String host, int port, boolean autoClose) throws IOException {
            TlsSocket secure = new TlsSocket(terms, socket, WireSockets.this::hear);
            secure.shake();
            return secure;
        }

        @Override
        public Socket createSocket(String host, int port) throws IOException {
            throw new IOException("TLS begins over a connection that stands");
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
            return createSocket(host, port);
        }

        @Override
        public Socket createSocket(InetAddress host, int port) throws IOException {
            return createSocket(host.getHostAddress(), port);
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort)
                throws IOException {
            return createSocket(host, port);
        }
    }
}
