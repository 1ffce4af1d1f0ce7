package org.outlookmail.mail.angus;

import jakarta.mail.Address;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.eclipse.angus.mail.util.PropUtil;
import org.outlookmail.mail.MailServer;
import org.outlookmail.mail.wire.HelloName;
import org.outlookmail.mail.wire.ServerReply;

/**
 * Angus Mail's SMTP client (RFC 5321) that also remembers the server's greeting, its first refusal, and how far a message
 * got, because the exceptions of Angus Mail lose that on several ways.
 *
 * <p>Thread rule: one thread at a time.
 */
final class SmtpConnection extends SMTPTransport implements ServerLogin.Client {

    /** The longest command, with its CRLF (RFC 5321, section 4.5.3.1.4). */
    private static final int COMMAND_OCTETS = 512;

    private static final Pattern AUTH_WITH_RESPONSE = Pattern.compile("(AUTH \\S+) (\\S+)");

    /** An argument that is invalid (501) or not wanted (504), or, by other codes, when the text says what is meant. */
    private static final Pattern HELLO_REFUSED =
            Pattern.compile("^50[14]|(?i)^55\\d.*\\b(helo|ehlo|hello|domain name|hostname)\\b");

    private static final Pattern SIZE = Pattern.compile("\\d{1,18}");

    /** How far the present message got. */
    private enum Stage {
        ENVELOPE,
        CONTENT,
        END
    }

    private volatile boolean open;
    private final MailServer server;
    private String greeting;
    private String helloName;
    private String refusal;
    private Stage stage = Stage.ENVELOPE;
    private boolean wireFailed;
    private boolean endRead;
    private boolean endAnswered;
    private boolean disorderly;
    private boolean sending;
    private int replies;
    private boolean refusedAtOnce;

    /** What is on its way while {@link #sending}. */
    private WireMessage present;

    /** The command of a message that is being answered; a login's would be secret. */
    private String asked = "";

    SmtpConnection(Session session, MailServer server) {
        super(
                session,
                new URLName(server.protocol(), server.host(), server.port(), null, null, null),
                server.protocol(),
                false); // The sockets see to TLS from the start.
        this.server = server;
    }

    /**
     * Without a login if the session has none; {@code Service} would look for a user and a password all the same, and the host
     * up for that.
     */
    @Override
    public synchronized void connect(String host, int port, String user, String password) throws MessagingException {
        if (loggingIn()) {
            super.connect(host, port, user, password);
        } else {
            protocolConnect(host, port, null, null);
            setConnected(true);
        }
    }

    private boolean loggingIn() {
        return PropUtil.getBooleanProperty(session.getProperties(), "mail." + server.protocol() + ".auth", true);
    }

    @Override
    protected synchronized boolean protocolConnect(String host, int port, String user, String password)
            throws MessagingException {
        try {
            return super.protocolConnect(WireSession.lookedUp(session, host), port, user, password);
        } catch (AuthenticationFailedException failure) {
            // A server that refused EHLO offers nothing, but has said why.
            if (refusal == null && MechanismMissingException.isMeantBy(failure)) {
                throw new MechanismMissingException(getExtensionParameter("AUTH"));
            }
            throw failure;
        }
    }

    /**
     * Angus Mail takes a server that does not offer AUTH for one that wants no login, and would send without one. With {@code
     * mail.mime.allowutf8} it would declare each message as one of RFC 6531, which servers that do not know it would have to
     * send back; we declare those that are.
     */
    @Override
    public boolean supportsExtension(String extension) {
        boolean declaredByUs = sending && extension.equalsIgnoreCase("SMTPUTF8");
        return (extension.equals("AUTH") && loggingIn()) || (!declaredByUs && super.supportsExtension(extension));
    }

    @Override
    protected synchronized void setConnected(boolean connected) {
        open = connected;
        super.setConnected(connected);
    }

    @Override
    public boolean open() {
        return open;
    }

    @Override
    protected boolean ehlo(String domain) throws MessagingException {
        if (greeting == null) {
            greeting = getLastServerResponse().trim();
        }
        boolean taken = super.ehlo(domain);
        if (!taken && HELLO_REFUSED.matcher(getLastServerResponse()).find()) {
            // Angus Mail would say HELO, by the same name, or go on without what EHLO offers.
            throw new HelloName.RefusedException(domain, getLastServerResponse().strip());
        }
        return taken;
    }

    /** By which name to say hello: the one that is configured, else the machine's if others can know it. */
    @Override
    public synchronized String getLocalHost() {
        if (helloName == null) {
            String prefix = "mail." + server.protocol() + ".";
            String configured = session.getProperty(prefix + "localhost");
            helloName = HelloName.of(
                    configured == null ? session.getProperty(prefix + "localaddress") : configured,
                    HelloName.machine(),
                    WireSession.sockets(session).localAddress());
        }
        return helloName;
    }

    /**
     * An AUTH command is as short as any other; a longer response waits for the server's empty challenge (RFC 4954, section
     * 4). Angus Mail 2.0.5 sends it with the command, however long (its issue 201): Google and Dovecot refuse that, Postfix
     * cuts it off.
     */
    @Override
    public synchronized int simpleCommand(String command) throws MessagingException {
        Matcher auth = AUTH_WITH_RESPONSE.matcher(command);
        if (command.length() + 2 <= COMMAND_OCTETS || !auth.matches()) {
            return super.simpleCommand(command);
        }
        int reply = super.simpleCommand(auth.group(1));
        return reply == 334 ? super.simpleCommand(auth.group(2)) : reply;
    }

    @Override
    public synchronized void sendMessage(Message message, Address[] recipients) throws MessagingException {
        refusal = null;
        stage = Stage.ENVELOPE;
        wireFailed = false;
        endRead = false;
        endAnswered = false;
        disorderly = false;
        replies = 0;
        refusedAtOnce = false;
        sending = true;
        present = (WireMessage) message;
        try {
            super.sendMessage(message, recipients);
        } finally {
            sending = false;
            present = null;
        }
    }

    @Override
    protected void mailFrom() throws MessagingException {
        String set = session.getProperty("mail." + getURLName().getProtocol() + ".mailextension");
        present.setMailExtension(present.parameters(set, super.supportsExtension("8BITMIME")));
        super.mailFrom();
    }

    @Override
    protected OutputStream data() throws MessagingException {
        OutputStream wire = new Wire(super.data());
        // From here on an end before the server's own makes the outcome unknown: content and reply have all their time.
        WireSession.sockets(session).unlimited();
        stage = Stage.CONTENT;
        return wire;
    }

    @Override
    protected void finishData() throws IOException, MessagingException {
        stage = Stage.END;
        WireSession.sockets(session).limitToOneReply();
        super.finishData();
    }

    /**
     * The last look at what goes to the server: Angus Mail would cut each character to eight bits, so that it becomes another
     * one. What is UTF-8 has been declared; controls have no place in any command.
     */
    @Override
    protected void sendCommand(String command) throws MessagingException {
        asked = sending ? command : "";
        boolean utf8 = sending && present.needsUtf8();
        if (command.chars().anyMatch(c -> c < ' ' || (c >= 0x7f && (!utf8 || c < 0xa0)))) {
            throw new MessagingException("a command would have had a character in it that SMTP does not allow there");
        }
        boolean cuts = !PropUtil.getBooleanProperty(session.getProperties(), "mail.mime.allowutf8", false);
        super.sendCommand(
                utf8 && cuts
                        ? new String(command.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1)
                        : command);
    }

    /**
     * Every reply passes here. After a refusal Angus Mail sends RSET, and what befalls that hides the refusal.
     *
     * <p>While a message is on its way the first digit decides (RFC 5321, section 4.3.2): Angus Mail 2.0.5 takes a 251 or 252
     * that accepts a message for its refusal. What is neither yes nor no is passed on as no reply at all.
     */
    @Override
    protected int readServerResponse() throws MessagingException {
        int code = super.readServerResponse();
        String reply = getLastServerResponse();
        boolean refused = code >= 400 && code < 600;
        boolean data = sending && asked.equals("DATA");
        boolean agreed = sending ? code / 100 == (data ? 3 : 2) : code >= 200 && code < 400;
        boolean orderly = ServerReply.ofOneCode(reply) && (refused || agreed);
        if (stage == Stage.END && !endRead) {
            endRead = true;
            endAnswered = orderly;
        }
        replies++;
        refusedAtOnce |= replies == 1 && refused;
        disorderly |= !orderly;
        if (refusal == null && (refused || !orderly || ServerReply.refusesByChallenge(reply))) {
            refusal = reply;
        }
        if (!orderly) {
            return -1;
        }
        return sending && agreed ? (data ? 354 : 250) : code;
    }

    /** How many octets a message may have (RFC 1870); empty if the server does not say, or has no limit. */
    synchronized OptionalLong sizeLimit() {
        String limit = super.supportsExtension("SIZE") ? getExtensionParameter("SIZE") : null;
        return limit == null || !SIZE.matcher(limit).matches() || Long.parseLong(limit) == 0
                ? OptionalLong.empty()
                : OptionalLong.of(Long.parseLong(limit));
    }

    /** Whether the last message was answered with something that is no reply to what was asked, or by an end. */
    boolean disorderly() {
        return disorderly;
    }

    /**
     * Whether the first reply to the last message was a refusal and then the connection ended: it need not be a reply to that
     * message at all, but what the server said of the connection while it rested.
     */
    boolean endedAtOnce() {
        return refusedAtOnce && (disorderly || !open);
    }

    /** Whether the last failure happened before the server had agreed to take the content. */
    boolean beforeContent() {
        return stage == Stage.ENVELOPE;
    }

    /** Whether the last failure happened between the end of the content and the server's reply to it. */
    boolean outcomeUnknown() {
        return stage == Stage.END && !endAnswered;
    }

    /** Whether the last failure was the message's own: its content could not be read while it was being transmitted. */
    boolean contentFailed() {
        return stage == Stage.CONTENT && !wireFailed;
    }

    /**
     * Says goodbye and waits until the server has hung up: until then it may count this connection among those that the
     * mailbox has open.
     */
    @Override
    public synchronized void goodbye() throws MessagingException {
        sendCommand("QUIT");
        int reply = readServerResponse();
        while (reply > 0) {
            reply = readServerResponse();
        }
    }

    @Override
    public String refusal() {
        return refusal;
    }

    /** The first line the server said, or null before the connection. */
    String greeting() {
        return greeting;
    }

    /** Tells failures of the connection from those of the content, which may be of the same type. */
    private final class Wire extends FilterOutputStream {

        Wire(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int octet) throws IOException {
            try {
                out.write(octet);
            } catch (IOException broken) {
                wireFailed = true;
                throw broken;
            }
        }

        @Override
        public void write(byte[] octets, int offset, int length) throws IOException {
            try {
                out.write(octets, offset, length);
            } catch (IOException broken) {
                wireFailed = true;
                throw broken;
            }
        }

        @Override
        public void flush() throws IOException {
            try {
                out.flush();
            } catch (IOException broken) {
                wireFailed = true;
                throw broken;
            }
        }
    }
}
