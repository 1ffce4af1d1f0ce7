package org.outlookmail.sandbox.mailstore;

import com.icegreen.greenmail.Managers;
import com.icegreen.greenmail.server.AbstractServer;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.util.Map;
import org.outlookmail.sandbox.imap.ImapEngine;

/** GreenMail with our IMAP server instead of its own. {@link MailStore} starts and stops it. */
final class Engine extends GreenMail {
    private static final String IMAP = ServerSetup.PROTOCOL_IMAP;
    private static final long START_TIMEOUT_MILLIS = 20_000;

    Engine() {
        super(new ServerSetup[] {setup()});
    }

    private static ServerSetup setup() {
        ServerSetup setup = new ServerSetup(0, "127.0.0.1", IMAP);
        setup.setServerStartupTimeout(START_TIMEOUT_MILLIS);
        return setup;
    }

    /** Called by the constructor above already: no field of this class may be used here. */
    @Override
    protected Map<String, AbstractServer> createServices(ServerSetup[] config, Managers managers) {
        return Map.of(IMAP, new ImapEngine(config[0], managers));
    }

    AbstractServer imap() {
        return services.get(IMAP);
    }
}
