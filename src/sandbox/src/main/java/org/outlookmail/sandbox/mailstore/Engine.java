package org.outlookmail.sandbox.mailstore;

import com.icegreen.greenmail.Managers;
import com.icegreen.greenmail.pop3.Pop3Server;
import com.icegreen.greenmail.server.AbstractServer;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.util.HashMap;
import java.util.Map;

/** GreenMail with our IMAP sessions instead of its own. {@link MailStore} starts and stops it. */
final class Engine extends GreenMail {
    private static final String IMAP = ServerSetup.PROTOCOL_IMAP;
    private static final String POP3 = ServerSetup.PROTOCOL_POP3;
    private static final long START_TIMEOUT_MILLIS = 20_000;

    Engine() {
        super(new ServerSetup[] {setup(IMAP), setup(POP3)});
    }

    private static ServerSetup setup(String protocol) {
        ServerSetup setup = new ServerSetup(0, "127.0.0.1", protocol);
        setup.setServerStartupTimeout(START_TIMEOUT_MILLIS);
        return setup;
    }

    /** Called by the constructor above already: no field of this class may be used here. */
    @Override
    protected Map<String, AbstractServer> createServices(ServerSetup[] config, Managers managers) {
        Map<String, AbstractServer> servers = new HashMap<>();
        for (ServerSetup setup : config) {
            servers.put(
                    setup.getProtocol(),
                    setup.getProtocol().equals(IMAP)
                            ? new EngineImapServer(setup, managers)
                            : new Pop3Server(setup, managers));
        }
        return servers;
    }

    AbstractServer imap() {
        return services.get(IMAP);
    }

    AbstractServer pop3() {
        return services.get(POP3);
    }
}
