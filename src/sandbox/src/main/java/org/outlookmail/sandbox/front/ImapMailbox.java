package org.outlookmail.sandbox.front;

import java.io.IOException;
import java.util.Optional;
import org.outlookmail.sandbox.imap.Command;
import org.outlookmail.sandbox.imap.ImapCommands;
import org.outlookmail.sandbox.mailstore.Mailbox;

/**
 * An IMAP session that is logged in: reads commands, lets faults strike, and has them run. For the connection's thread; the
 * session closes it.
 */
final class ImapMailbox implements AutoCloseable {
    /** More than a message may have. */
    private static final long MAX_LITERAL_OCTETS = 200L * 1024 * 1024;

    private final StoreFront front;
    private final ClientWire wire;
    private final ImapSession session;
    private final Mailbox mailbox;
    private final ImapCommands commands;
    private ImapIdle idle;

    ImapMailbox(StoreFront front, ClientWire wire, ImapSession session) {
        this.front = front;
        this.wire = wire;
        this.session = session;
        this.mailbox = front.store().mailbox(session.login().mailbox());
        this.commands = new ImapCommands(mailbox, front.store().clock());
    }

    /** Runs until either side ends the connection. */
    void run() throws IOException {
        while (!session.over()) {
            take(wire.line());
        }
    }

    private void take(String line) throws IOException {
        front.counters().command();
        if (session.expired()) {
            return;
        }
        Command begun = Command.begin(line);
        Optional<String> fault = wire.struck(begun.point());
        if (fault.isPresent()) {
            Command.skip(line, wire);
            session.reply(begun.tag(), fault.get());
        } else if (begun.name().equals("IDLE")) {
            idle(begun.tag());
        } else {
            Command command = Command.read(line, wire, MAX_LITERAL_OCTETS);
            if (command == null) {
                wire.say(begun.tag() + " NO [TOOBIG] The literal is too large.");
            } else if (command.name().equals("NOOP") || !session.answer(command)) {
                run(command);
            }
        }
        if (commands.gone()) {
            session.end("* BYE The selected folder has been removed.");
        }
    }

    private void run(Command command) throws IOException {
        wire.lock().lock();
        try {
            String result = commands.run(command, wire.out());
            wire.out().write((command.tag() + " " + result + "\r\n").getBytes(ClientWire.CHARSET));
        } finally {
            wire.lock().unlock();
        }
    }

    /** The line after IDLE ends it, whatever it says, and is no command. */
    private void idle(String tag) throws IOException {
        if (!commands.hasSelected()) {
            wire.say(tag + " BAD Command received in Invalid state.");
            return;
        }
        idle = ImapIdle.begin(front, wire, mailbox, commands);
        wire.line();
        idle.close();
        wire.say(tag + " OK IDLE completed.");
    }

    @Override
    public void close() {
        if (idle != null) {
            idle.close();
        }
    }
}
