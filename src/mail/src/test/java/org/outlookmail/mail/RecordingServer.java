package org.outlookmail.mail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.outlookmail.sandbox.tls.Certificates;
import org.outlookmail.secret.Secret;
import org.outlookmail.token.TrustStoreFile;

/** A mail server, with TLS from the start, that says what a test wants, and writes down each line that it hears. */
public final class RecordingServer implements AutoCloseable {

    /** What it says. */
    @FunctionalInterface
    public interface Script {

        /**
         * Answers one line, or begins.
         *
         * @param line what the client said; empty at the beginning of the connection
         */
        void answer(String line, Wire wire) throws IOException;
    }

    /** One connection. */
    public static final class Wire {
        private final Socket socket;
        private final OutputStream out;
        private final int number;
        private boolean data;
        private boolean answered;

        private Wire(Socket socket, int number) throws IOException {
            this.socket = socket;
            this.out = socket.getOutputStream();
            this.number = number;
        }

        /** The first is 1. */
        int number() {
            return number;
        }

        public void say(String lines) throws IOException {
            out.write((lines + "\r\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
        }

        /** The ordinary answer, and the content of a message, are over. */
        void swallow() {
            answered = true;
            data = false;
        }

        void hangUp() throws IOException {
            socket.close();
        }
    }

    private final Certificates certificates = Certificates.open(null);
    private final ServerSocket listener;
    private final Script script;
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final List<Wire> wires = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();

    public RecordingServer(Script script) {
        this.script = script;
        try {
            listener = certificates
                    .server()
                    .getServerSocketFactory()
                    .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        start(this::accept);
    }

    /** An SMTP server that takes everything, with those lines of its own; {@code mechanisms} follows AUTH. */
    public static Script smtp(String auth, Script own) {
        return (line, wire) -> {
            wire.answered = false;
            own.answer(line, wire);
            if (wire.answered || wire.socket.isClosed()) {
                return;
            }
            if (wire.data) {
                if (line.equals(".")) {
                    wire.data = false;
                    wire.say("250 2.0.0 OK");
                }
                return;
            }
            switch (line.replaceFirst(" .*", "")) {
                case "" -> wire.say("220 recording.contoso.com");
                case "EHLO" -> wire.say("250-recording.contoso.com" + auth + "\r\n250 8BITMIME");
                case "AUTH" -> wire.say("235 2.7.0 Welcome");
                case "DATA" -> {
                    wire.data = true;
                    wire.say("354 Go on");
                }
                case "QUIT" -> {
                    wire.say("221 Bye");
                    wire.hangUp();
                }
                default -> wire.say("250 2.0.0 OK");
            }
        };
    }

    public MailServer server(String protocol) {
        return new MailServer(protocol, "localhost", listener.getLocalPort());
    }

    public Optional<TrustStoreFile> trust() {
        try {
            Path file = Files.createTempFile("recording", ".p12");
            file.toFile().deleteOnExit();
            try (OutputStream out = Files.newOutputStream(file)) {
                certificates.trustStore().store(out, Certificates.TRUST_STORE_PASSWORD.toCharArray());
            }
            return Optional.of(new TrustStoreFile(file, Optional.of(Secret.of(Certificates.TRUST_STORE_PASSWORD))));
        } catch (IOException | GeneralSecurityException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Every line of every connection. */
    List<String> heard() {
        return heard;
    }

    /** How often that was said, case and what follows apart. */
    long heard(String verb) {
        return heard.stream()
                .filter(line -> line.equals(verb) || line.startsWith(verb + " "))
                .count();
    }

    int connections() {
        return connections.get();
    }

    /** The last connection. */
    Wire last() {
        return wires.get(wires.size() - 1);
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "recording server");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                start(() -> serve(socket));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            // What is said arrives when it is said.
            socket.setTcpNoDelay(true);
            Wire wire = new Wire(socket, connections.incrementAndGet());
            wires.add(wire);
            script.answer("", wire);
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            String line = in.readLine();
            while (line != null) {
                heard.add(line);
                script.answer(line, wire);
                line = in.readLine();
            }
        } catch (IOException gone) {
            // The client left, or the script hung up.
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Wire wire : wires) {
            wire.hangUp();
        }
    }
}
