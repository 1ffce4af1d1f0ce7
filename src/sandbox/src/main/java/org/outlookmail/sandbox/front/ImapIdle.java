package org.outlookmail.sandbox.front;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.Optional;
import org.eclipse.angus.mail.imap.protocol.BASE64MailboxDecoder;
import org.outlookmail.sandbox.mailstore.FolderWatch;

/**
 * IDLE (RFC 2177), done by the front. GreenMail's own begins to listen after it has said "+", so that mail which comes in
 * between is not told. Here the folder is watched first; at every change GreenMail is asked, by a NOOP of the front's, what
 * the client should hear. Shared by the relay's two threads and those that deliver; the relay closes it.
 */
final class ImapIdle implements AutoCloseable {
    /** The tag of the front's own NOOP, whose last line does not reach the client. */
    private static final String NUDGE = "sandbox-front";

    private final StoreFront front;
    private final ClientWire wire;
    private final Backend backend;
    private final ImapTurns turns;
    private final String mailbox;
    private String selected = "";
    private String tag = "";
    private FolderWatch watch;
    private volatile boolean active;
    /** A nudge is unanswered, and something changed after it; both under this object's monitor. */
    private boolean nudging;

    private boolean changedSince;

    ImapIdle(StoreFront front, ClientWire wire, Backend backend, ImapTurns turns, String mailbox) {
        this.front = front;
        this.wire = wire;
        this.backend = backend;
        this.turns = turns;
        this.mailbox = mailbox;
    }

    /** Notes which folder a command opens or leaves. */
    void follow(ImapLine command) {
        switch (command.name()) {
            case "SELECT", "EXAMINE" -> selected = folder(command.arguments());
            case "CLOSE" -> selected = "";
            default -> {
                // No other command changes the folder.
            }
        }
    }

    private static String folder(String argument) {
        String name = argument.strip();
        if (name.startsWith("\"") && name.endsWith("\"") && name.length() > 1) {
            name = name.substring(1, name.length() - 1).replaceAll("\\\\(.)", "$1");
        }
        return BASE64MailboxDecoder.decode(name);
    }

    boolean isActive() {
        return active;
    }

    /** IDLE. */
    void begin(ImapLine command) throws IOException {
        turns.awaitAll();
        tag = command.tag();
        Optional<FolderWatch> watched =
                selected.isEmpty() ? Optional.empty() : front.store().watch(mailbox, selected, this::nudgeLater);
        if (watched.isEmpty()) {
            wire.say(tag + " BAD Command received in Invalid state.");
            return;
        }
        watch = watched.get();
        active = true;
        wire.say("+ IDLE accepted, awaiting DONE command.");
        nudge();
    }

    /** The line after IDLE, whatever it says. */
    void done() throws IOException {
        stop();
        turns.awaitAll();
        wire.say(tag + " OK IDLE completed.");
    }

    private void stop() {
        synchronized (this) {
            active = false;
        }
        // Outside the monitor: GreenMail's own lock is needed for it, and is held where the callback begins.
        if (watch != null) {
            watch.close();
            watch = null;
        }
    }

    private void nudgeLater() {
        front.workers().threads().execute(() -> {
            try {
                nudge();
            } catch (IOException e) {
                System.getLogger(ImapIdle.class.getName()).log(Level.DEBUG, () -> "IDLE ended: " + e);
            }
        });
    }

    private synchronized void nudge() throws IOException {
        if (!active) {
            return;
        }
        changedSince = nudging;
        if (!nudging) {
            nudging = true;
            turns.asked(NUDGE);
            backend.send(NUDGE + " NOOP\r\n");
        }
    }

    /** Whether the client is to see this response. */
    static boolean isForClient(String response) {
        return !response.startsWith(NUDGE + " ");
    }

    /** A response has been dealt with. */
    synchronized void answered(String response) {
        if (!isForClient(response)) {
            nudging = false;
            if (changedSince) {
                changedSince = false;
                nudgeLater();
            }
        }
    }

    @Override
    public void close() {
        stop();
    }
}
