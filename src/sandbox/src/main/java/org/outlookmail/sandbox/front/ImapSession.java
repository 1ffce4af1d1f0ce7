package org.outlookmail.sandbox.front;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import org.outlookmail.sandbox.access.Login;
import org.outlookmail.sandbox.access.LoginRefusedException;
import org.outlookmail.sandbox.faults.Protocol;

/**
 * IMAP before and without a mailbox: greeting, capabilities, AUTHENTICATE; then the {@link ImapRelay}, or BAD to everything
 * where the token holds but the mailbox stays shut. For the connection's thread.
 */
final class ImapSession implements StoreSession {
    /** What Exchange Online offers, less what GreenMail cannot do. */
    private static final String CAPABILITIES =
            "* CAPABILITY IMAP4 IMAP4rev1 AUTH=XOAUTH2 SASL-IR UIDPLUS MOVE ID IDLE LITERAL+";

    private static final String EXPIRED = "* BYE Session invalidated - AccessTokenExpired";

    private final StoreFront front;
    private final ClientWire wire;
    private volatile Login login;
    private boolean slot;
    private boolean over;

    ImapSession(StoreFront front, ClientWire wire) {
        this.front = front;
        this.wire = wire;
    }

    @Override
    public void run() throws IOException {
        Optional<String> fault = wire.struck("GREETING");
        wire.say(fault.orElse("* OK The Microsoft Exchange IMAP4 service is ready. [U0FOREJPWA==]"));
        over = fault.isPresent() && endsSession(fault.get());
        while (!over && login == null) {
            unauthenticated(readCommand());
        }
        if (!over && login.mailboxRight() && slot) {
            try (ImapRelay relay = new ImapRelay(front, wire, this)) {
                relay.run();
            }
        }
        while (!over) {
            withoutMailbox(readCommand());
        }
    }

    /** A command with its literals, which before the login carry nothing of use. */
    private ImapLine readCommand() throws IOException {
        String line = wire.line();
        ImapLine command = ImapLine.read(line);
        skipLiterals(line);
        front.counters().command();
        return command;
    }

    private void skipLiterals(String first) throws IOException {
        String line = first;
        for (long literal = ImapLine.literal(line); literal >= 0; literal = ImapLine.literal(line)) {
            if (!ImapLine.unasked(line)) {
                wire.say("+ Ready for additional command text.");
            }
            wire.copy(literal, OutputStream.nullOutputStream());
            line = wire.line();
        }
    }

    private void unauthenticated(ImapLine command) throws IOException {
        switch (command.name()) {
            case "AUTHENTICATE" -> authenticate(command);
            case "LOGIN" -> {
                front.counters().refused("basic authentication (LOGIN)");
                wire.say(command.tag() + " NO LOGIN failed.");
            }
            default -> {
                if (!answer(command)) {
                    wire.say(command.tag() + " BAD Command received in Invalid state.");
                }
            }
        }
    }

    private void withoutMailbox(ImapLine command) throws IOException {
        if (!front.gatekeeper().stillHolds(login)) {
            wire.say(EXPIRED);
            over = true;
        } else if (command.name().equals("LOGOUT") || command.name().equals("CAPABILITY")) {
            answer(command);
        } else {
            wire.say(command.tag() + " BAD User is authenticated but not connected.");
        }
    }

    /** Answers what GreenMail need not be asked; false for any other command. */
    boolean answer(ImapLine command) throws IOException {
        switch (command.name()) {
            case "CAPABILITY" -> wire.say(CAPABILITIES + "\r\n" + command.tag() + " OK CAPABILITY completed.");
            case "ID" ->
                wire.say("* ID (\"name\" \"Microsoft.Exchange.Imap4.Imap4Server\" \"version\" \"15.20\")\r\n"
                        + command.tag() + " OK ID completed");
            case "NOOP" -> wire.say(command.tag() + " OK NOOP completed.");
            case "LOGOUT" -> {
                wire.say("* BYE Microsoft Exchange Server IMAP4 server signing off.\r\n" + command.tag()
                        + " OK LOGOUT completed.");
                over = true;
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void authenticate(ImapLine command) throws IOException {
        String[] words = command.arguments().split(" ", 2);
        if (!words[0].equalsIgnoreCase("XOAUTH2")) {
            wire.say(command.tag() + " NO AUTHENTICATE failed.");
            return;
        }
        String response = words.length == 2 ? words[1] : ask();
        Optional<String> fault = wire.struck("AUTH");
        if (fault.isPresent()) {
            reply(command.tag(), fault.get());
            return;
        }
        if (response.equals("*")) {
            wire.say(command.tag() + " BAD The AUTH protocol exchange was canceled by the client.");
            return;
        }
        try {
            Login checked = front.gatekeeper().check(Protocol.IMAP, response);
            admit(checked);
            wire.say(command.tag() + " OK AUTHENTICATE completed.");
        } catch (LoginRefusedException e) {
            front.counters().refused(e.getMessage());
            wire.say(command.tag() + " NO AUTHENTICATE failed.");
        }
    }

    /** Too many connections look to the client like a missing right: authenticated, but not connected. */
    private void admit(Login checked) {
        slot = checked.mailboxRight() && front.slots().take(checked.mailbox());
        if (checked.mailboxRight() && !slot) {
            front.counters().throttled();
        }
        front.counters().authenticated();
        login = checked;
    }

    private String ask() throws IOException {
        wire.say("+ ");
        return wire.line().strip();
    }

    /** Says what a fault asks for: lines that begin with * as they are, others behind the tag. */
    void reply(String tag, String text) throws IOException {
        for (String line : text.split("\\r?\\n", -1)) {
            wire.say(line.startsWith("* ") || line.startsWith("+") ? line : tag + " " + line);
        }
        over |= endsSession(text);
    }

    private static boolean endsSession(String text) {
        return text.startsWith("* BYE");
    }

    Login login() {
        return login;
    }

    boolean over() {
        return over;
    }

    /** Ends the session from its own thread if its token no longer holds. */
    boolean expired() throws IOException {
        if (!front.gatekeeper().stillHolds(login)) {
            wire.say(EXPIRED);
            over = true;
        }
        return over;
    }

    /** The relay has ended, and the session with it. */
    void relayed() {
        over = true;
    }

    @Override
    public void endIfExpired() throws IOException {
        Login now = login;
        if (now != null && !front.gatekeeper().stillHolds(now)) {
            wire.sayAndCut(EXPIRED);
        }
    }

    @Override
    public void end() {
        if (slot) {
            front.slots().release(login.mailbox());
        }
    }
}
