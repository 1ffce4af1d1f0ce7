package org.outlookmail.sandbox.imap;

import com.icegreen.greenmail.Managers;
import com.icegreen.greenmail.imap.ImapRequestHandler;
import com.icegreen.greenmail.imap.ImapResponse;
import com.icegreen.greenmail.imap.ImapSessionState;
import com.icegreen.greenmail.imap.ProtocolException;
import com.icegreen.greenmail.server.AbstractServer;
import com.icegreen.greenmail.server.AbstractSocketProtocolHandler;
import com.icegreen.greenmail.server.ProtocolHandler;
import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.util.ServerSetup;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.outlookmail.sandbox.wire.LineReader;

/** IMAP over {@link EngineSession}s. A thread for each connection; the engine that made it starts and stops it. */
public final class ImapEngine extends AbstractServer {
    /** Serves what {@code managers} hold. */
    public ImapEngine(ServerSetup setup, Managers managers) {
        super(setup, managers);
    }

    @Override
    protected ProtocolHandler createProtocolHandler(Socket client) {
        return new Connection(client, managers);
    }

    /** One connection. */
    static final class Connection extends AbstractSocketProtocolHandler {
        private final ImapRequestHandler greenMail = new ImapRequestHandler();
        private final EngineSession session;

        Connection(Socket client, Managers managers) {
            super(client);
            session = new EngineSession(managers, this);
        }

        @Override
        public void run() {
            try (OutputStream out = new BufferedOutputStream(socket.getOutputStream())) {
                try {
                    LineReader in = new LineReader(socket.getInputStream(), flushing(out));
                    new ImapResponse(out).okResponse(null, "ready");
                    Command command = Command.read(in, out);
                    while (command != null && !isQuitting()) {
                        answer(command, out);
                        command = Command.read(in, out);
                    }
                } finally {
                    session.deselect();
                }
            } catch (IOException | ProtocolException e) {
                System.getLogger(ImapEngine.class.getName()).log(Level.DEBUG, () -> "IMAP connection ended: " + e);
            } finally {
                close();
            }
        }

        private static LineReader.Waiting flushing(OutputStream out) {
            return new LineReader.Waiting() {
                @Override
                public void beforeRead() throws IOException {
                    out.flush();
                }

                @Override
                public void afterRead() {}
            };
        }

        private void answer(Command command, OutputStream out) throws IOException, ProtocolException {
            String result;
            try {
                result = own(command, out);
            } catch (BadCommandException | FolderException e) {
                result = "BAD Command Argument Error. 11 (" + e.getMessage() + ")";
            }
            if (result.isEmpty()) {
                greenMail.handleRequest(
                        new ByteArrayInputStream(command.whole().getBytes(StandardCharsets.ISO_8859_1)), out, session);
                return;
            }
            // Numbers must not move under a command that uses them (RFC 3501, 7.4.1).
            session.unsolicitedResponses(new ImapResponse(out), !command.uids());
            out.write((command.tag() + " " + result + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        }

        /** The tagged result of our own commands; empty for those that are GreenMail's. */
        private String own(Command command, OutputStream out) throws IOException, BadCommandException, FolderException {
            return switch (command.name()) {
                case "FETCH", "STORE", "SEARCH" -> {
                    if (session.getState() != ImapSessionState.SELECTED) {
                        yield "BAD Command received in Invalid state.";
                    }
                    yield switch (command.name()) {
                        case "FETCH" -> FetchCommand.run(command, session, out);
                        case "STORE" -> StoreCommand.run(command, session, out);
                        default -> SearchCommand.run(command, session, out);
                    };
                }
                default -> "";
            };
        }
    }
}
