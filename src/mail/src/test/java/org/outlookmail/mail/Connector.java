package org.outlookmail.mail;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.outlookmail.token.HttpTimeouts;
import org.outlookmail.token.TokenCacheConfiguration;
import org.outlookmail.token.TokenService;

/** What a resource adapter would hold: one token cache, one scheduler of write timeouts, a clock, and connections. */
final class Connector implements AutoCloseable {

    final SettableClock clock = new SettableClock();
    final WriteTimeouts writeTimeouts = new WriteTimeouts();
    final TokenService tokens = new TokenService(
            TokenCacheConfiguration.local(), new HttpTimeouts(Duration.ofSeconds(10), Duration.ofSeconds(20)), clock);
    private final Deque<MailConnection> connections = new ArrayDeque<>();

    MailConnection connection(MailAccount account) {
        MailConnection connection = new MailConnection(account, tokens.source(), writeTimeouts, clock);
        connections.push(connection);
        return connection;
    }

    @Override
    public void close() {
        connections.forEach(MailConnection::close);
        tokens.close();
    }
}
