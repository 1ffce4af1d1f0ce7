package org.outlookmail.sandbox.front;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.outlookmail.sandbox.access.Login;
import org.outlookmail.sandbox.imap.Command;

/**
 * IMAP before and without a mailbox: greeting, capabilities, STARTTLS, {@link ImapLogin}; then the {@link ImapMailbox}, or BAD
 * to everything where the token holds but the mailbox stays shut. For the connection's thread.
 */
final class ImapSession implements StoreSession {
    /** What Exchange Online offers. */
    private static final String CAPABILITIES =
            "* CAPABILITY IMAP4 IMAP4rev1 %s UIDPLUS MOVE ID UNSELECT CHILDREN IDLE NAMESPACE LITERAL+";

    /** What Exchange says to a command that it does not take now. */
    private static final String INVALID_STATE = " BAD Command received in Invalid state.";

    /** The largest literal that is kept; a name and a password are shorter. */
    private static final int MAX_LITERAL_BYTES = 4 * 1024;

    private static final String EXPIRED = "* BYE Session invalidated - AccessTokenExpired";

    private final StoreFront front;
    private final ClientWire wire;
    private final ImapLogin logins;
    private volatile Login login;
    private boolean slot;
    private boolean over;

    ImapSession(StoreFront front, ClientWire wire) {
        this.front = front;
        this.wire = wire;
        this.logins = new ImapLogin(front, wire, this);
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
            try (ImapMailbox mailbox = new ImapMailbox(front, wire, this)) {
                mailbox.run();
            }
        }
        while (!over) {
            withoutMailbox(readCommand());
        }
    }

    /** A command with its literals; of one that is too long to be a login only its first line. */
    private Command readCommand() throws IOException {
        String line = wire.line();
        front.counters().command();
        Command command = Command.read(line, wire, MAX_LITERAL_BYTES);
        return command == null ? Command.begin(line) : command;
    }

    private void unauthenticated(Command command) throws IOException {
        switch (command.name()) {
            case "STARTTLS" -> startTls(command);
            case "AUTHENTICATE" -> withinTls(command, logins::authenticate);
            case "LOGIN" -> withinTls(command, logins::login);
            default -> {
                if (!answer(command)) {
                    wire.say(command.tag() + INVALID_STATE);
                }
            }
        }
    }

    private void startTls(Command command) throws IOException {
        if (struck(command.tag(), "STARTTLS")) {
            return;
        }
        if (wire.isTls()) {
            wire.say(command.tag() + INVALID_STATE);
            return;
        }
        wire.say(command.tag() + " OK Begin TLS negotiation now.");
        wire.startTls();
    }

    /** A way to log in. */
    private interface Way {
        void take(Command command) throws IOException;
    }

    /** In the clear no login is looked at: LOGINDISABLED stands for AUTHENTICATE, too. */
    private void withinTls(Command command, Way way) throws IOException {
        if (wire.isTls()) {
            way.take(command);
        } else {
            wire.say(command.tag() + INVALID_STATE);
        }
    }

    private String capabilities() {
        String logins = !wire.isTls()
                ? "STARTTLS LOGINDISABLED"
                : front.gatekeeper().takesPasswords() ? "AUTH=PLAIN AUTH=XOAUTH2 SASL-IR" : "AUTH=XOAUTH2 SASL-IR";
        Set<String> without = front.faults().limits().withoutExtensions();
        return Arrays.stream(CAPABILITIES.formatted(logins).split(" "))
                .filter(capability -> !without.contains(capability))
                .collect(Collectors.joining(" "));
    }

    private void withoutMailbox(Command command) throws IOException {
        if (!front.gatekeeper().stillHolds(login)) {
            end(EXPIRED);
        } else if (command.name().equals("LOGOUT") || command.name().equals("CAPABILITY")) {
            answer(command);
        } else {
            wire.say(command.tag() + " BAD User is authenticated but not connected.");
        }
    }

    /** Answers what needs no mailbox; false for any other command. */
    boolean answer(Command command) throws IOException {
        switch (command.name()) {
            case "CAPABILITY" -> wire.say(capabilities() + "\r\n" + command.tag() + " OK CAPABILITY completed.");
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

    /** Too many connections look to the client like a missing right: authenticated, but not connected. */
    void admit(Login checked) {
        slot = checked.mailboxRight() && front.slots().take(checked.mailbox());
        if (checked.mailboxRight() && !slot) {
            front.counters().throttled();
        }
        front.counters().authenticated();
        login = checked;
    }

    /** True when a fault has answered the command. */
    boolean struck(String tag, String at) throws IOException {
        Optional<String> fault = wire.struck(at);
        if (fault.isPresent()) {
            reply(tag, fault.get());
        }
        return fault.isPresent();
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
            end(EXPIRED);
        }
        return over;
    }

    /** Ends the session with these words. */
    void end(String goodbye) throws IOException {
        wire.say(goodbye);
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
