package org.outlookmail.sandbox.mailstore;

import com.icegreen.greenmail.Managers;
import com.icegreen.greenmail.imap.ImapRequestHandler;
import com.icegreen.greenmail.imap.ImapResponse;
import com.icegreen.greenmail.imap.ProtocolException;
import com.icegreen.greenmail.server.AbstractServer;
import com.icegreen.greenmail.server.AbstractSocketProtocolHandler;
import com.icegreen.greenmail.server.ProtocolHandler;
import com.icegreen.greenmail.util.ServerSetup;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.net.Socket;

/** GreenMail's IMAP commands over {@link EngineSession}. A thread for each connection; {@link Engine} starts and stops it. */
final class EngineImapServer extends AbstractServer {
    EngineImapServer(ServerSetup setup, Managers managers) {
        super(setup, managers);
    }

    @Override
    protected ProtocolHandler createProtocolHandler(Socket client) {
        return new Connection(client, managers);
    }

    /** One connection. */
    static final class Connection extends AbstractSocketProtocolHandler {
        private final Managers managers;

        Connection(Socket client, Managers managers) {
            super(client);
            this.managers = managers;
        }

        @Override
        public void run() {
            try (InputStream in = new BufferedInputStream(socket.getInputStream());
                    OutputStream out = new BufferedOutputStream(socket.getOutputStream())) {
                EngineSession session = new EngineSession(managers, this);
                try {
                    new ImapResponse(out).okResponse(null, "ready");
                    ImapRequestHandler commands = new ImapRequestHandler();
                    boolean more = true;
                    while (more && !isQuitting()) {
                        more = commands.handleRequest(in, out, session);
                    }
                } finally {
                    session.deselect();
                }
            } catch (IOException | ProtocolException e) {
                System.getLogger(EngineImapServer.class.getName())
                        .log(Level.DEBUG, () -> "IMAP connection ended: " + e);
            } finally {
                close();
            }
        }
    }
}
