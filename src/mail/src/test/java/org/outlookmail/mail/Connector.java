package org.outlookmail.mail;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.outlookmail.cluster.CacheConfiguration;
import org.outlookmail.cluster.Cluster;
import org.outlookmail.testkit.SettableClock;
import org.outlookmail.token.TokenService;
import org.outlookmail.token.grant.Grants;

/** What a resource adapter would hold: one token cache, one scheduler of write timeouts, a clock, and connections. */
final class Connector implements AutoCloseable {

    final SettableClock clock = SettableClock.startingNow();
    final WriteTimeouts writeTimeouts = new WriteTimeouts();
    final TokenService tokens = new TokenService(
            new Cluster(CacheConfiguration.local(), "node", Runnable::run, clock),
            Optional.empty(),
            Grants::new,
            Runnable::run,
            clock);
    private final Deque<MailConnection> connections = new ArrayDeque<>();

    MailConnection connection(MailAccount account) {
        MailConnection connection = new MailConnection(account, tokens.source(), writeTimeouts, clock);
        connections.push(connection);
        return connection;
    }

    MailConnection connection(MailAccount account, Quota quota) {
        MailConnection connection = new MailConnection(account, tokens.source(), writeTimeouts, clock, quota, quota);
        connections.push(connection);
        return connection;
    }

    @Override
    public void close() {
        connections.forEach(MailConnection::close);
        tokens.close();
    }
}
