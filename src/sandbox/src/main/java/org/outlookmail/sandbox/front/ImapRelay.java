package org.outlookmail.sandbox.front;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.outlookmail.sandbox.wire.LineReader;

/**
 * Carries an authenticated IMAP session to GreenMail: commands on the connection's thread, responses on another. It knows
 * which tags are unanswered, so that what the front itself says (a fault, CAPABILITY) comes in its turn. Owns the connection
 * to GreenMail.
 */
final class ImapRelay implements AutoCloseable, LineReader.Waiting {
    private static final System.Logger LOG = System.getLogger(ImapRelay.class.getName());

    private final StoreFront front;
    private final ClientWire wire;
    private final ImapSession session;
    private final Backend backend;
    private final ImapTurns turns = new ImapTurns();
    private final ImapIdle idle;

    ImapRelay(StoreFront front, ClientWire wire, ImapSession session) throws IOException {
        this.front = front;
        this.wire = wire;
        this.session = session;
        backend = Backend.connect(front.store().imapPort(), this);
        try {
            backend.line();
            backend.login(
                    "front LOGIN \"" + session.login().mailbox() + "\" \""
                            + front.store().password() + "\"",
                    "front OK");
        } catch (IOException e) {
            backend.close();
            throw e;
        }
        idle = new ImapIdle(front, wire, backend, turns, session.login().mailbox());
    }

    /** Runs until either side ends the connection. */
    void run() throws IOException {
        front.workers().threads().execute(this::carryResponses);
        try {
            while (!session.over()) {
                carry(wire.line());
            }
        } finally {
            session.relayed();
        }
    }

    private void carry(String line) throws IOException {
        if (idle.isActive()) {
            // DONE belongs to IDLE and is no command.
            idle.done();
            return;
        }
        ImapLine command = ImapLine.read(line);
        front.counters().command();
        if (session.expired()) {
            return;
        }
        Optional<String> fault = wire.struck(command.point());
        if (fault.isPresent()) {
            skipUnasked(line);
            turns.awaitAll();
            session.reply(command.tag(), fault.get());
        } else if (command.name().equals("CAPABILITY") || command.name().equals("ID")) {
            turns.awaitAll();
            session.answer(command);
        } else if (command.name().equals("IDLE")) {
            idle.begin(command);
        } else {
            idle.follow(command);
            forward(command, line);
        }
    }

    private void forward(ImapLine command, String first) throws IOException {
        turns.asked(command.tag());
        String line = first;
        backend.send(line);
        for (long literal = ImapLine.literal(line); literal >= 0; literal = ImapLine.literal(line)) {
            // A client that was refused sends its next command instead of the literal.
            if (!ImapLine.unasked(line) && !turns.awaitGoAhead(command.tag())) {
                return;
            }
            wire.copy(literal, backend.out());
            line = wire.line();
            backend.send(line);
        }
    }

    private void skipUnasked(String first) throws IOException {
        String line = first;
        while (ImapLine.literal(line) >= 0 && ImapLine.unasked(line)) {
            wire.copy(ImapLine.literal(line), OutputStream.nullOutputStream());
            line = wire.line();
        }
    }

    private void carryResponses() {
        try (backend) {
            while (true) {
                String line = backend.line();
                // A response with its literals is one piece: nothing may come between.
                wire.lock().lock();
                try {
                    if (ImapIdle.isForClient(line)) {
                        carryResponse(line);
                    }
                } finally {
                    wire.lock().unlock();
                }
                turns.answered(line.stripTrailing());
                idle.answered(line);
            }
        } catch (IOException e) {
            LOG.log(Level.DEBUG, () -> "IMAP session ended: " + e);
        } finally {
            turns.end();
            closeClient();
        }
    }

    private void carryResponse(String first) throws IOException {
        String part = first;
        write(part);
        for (long literal = ImapLine.literal(part); literal >= 0; literal = ImapLine.literal(part)) {
            backend.reader().copy(literal, wire.out());
            part = backend.line();
            write(part);
        }
    }

    private void closeClient() {
        try {
            wire.flush();
            wire.close();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, () -> "The client was gone: " + e);
        }
    }

    private void write(String line) throws IOException {
        wire.out().write(line.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Override
    public void beforeRead() throws IOException {
        wire.flush();
    }

    @Override
    public void afterRead() {}

    @Override
    public void close() throws IOException {
        idle.close();
        backend.close();
    }
}
