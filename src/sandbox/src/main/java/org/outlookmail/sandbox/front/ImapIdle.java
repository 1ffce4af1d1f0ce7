package org.outlookmail.sandbox.front;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicBoolean;
import org.outlookmail.sandbox.imap.ImapCommands;
import org.outlookmail.sandbox.mailstore.Mailbox;

/**
 * IDLE (RFC 2177): from its beginning on, the client is told of each change by threads of their own. Guarded by the wire's
 * lock; whoever began it closes it.
 */
final class ImapIdle implements AutoCloseable {
    private final StoreFront front;
    private final ClientWire wire;
    private final Mailbox mailbox;
    private final ImapCommands commands;
    private final Runnable watcher = this::tellLater;
    /** Somebody is about to tell, who will see what changes now. */
    private final AtomicBoolean due = new AtomicBoolean();

    private boolean over;

    private ImapIdle(StoreFront front, ClientWire wire, Mailbox mailbox, ImapCommands commands) {
        this.front = front;
        this.wire = wire;
        this.mailbox = mailbox;
        this.commands = commands;
    }

    static ImapIdle begin(StoreFront front, ClientWire wire, Mailbox mailbox, ImapCommands commands)
            throws IOException {
        ImapIdle idle = new ImapIdle(front, wire, mailbox, commands);
        wire.say("+ IDLE accepted, awaiting DONE command.");
        mailbox.watch(idle.watcher);
        // What came before that and is not told yet.
        idle.tellLater();
        return idle;
    }

    private void tellLater() {
        if (due.compareAndSet(false, true)) {
            front.workers().threads().execute(this::tell);
        }
    }

    private void tell() {
        due.set(false);
        wire.lock().lock();
        try {
            if (!over) {
                commands.news(wire.out());
                wire.flush();
            }
        } catch (IOException e) {
            System.getLogger(ImapIdle.class.getName()).log(Level.DEBUG, () -> "IDLE ended: " + e);
        } finally {
            wire.lock().unlock();
        }
    }

    @Override
    public void close() {
        mailbox.unwatch(watcher);
        wire.lock().lock();
        try {
            over = true;
        } finally {
            wire.lock().unlock();
        }
    }
}
