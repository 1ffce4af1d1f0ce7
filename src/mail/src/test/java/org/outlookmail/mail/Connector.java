package org.outlookmail.mail;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.outlookmail.cluster.CacheConfiguration;
import org.outlookmail.cluster.Cluster;
import org.outlookmail.mail.angus.AngusMail;
import org.outlookmail.mail.graph.GraphMail;
import org.outlookmail.mail.wire.WriteTimeouts;
import org.outlookmail.management.EventLog;
import org.outlookmail.testkit.SettableClock;
import org.outlookmail.token.TokenService;
import org.outlookmail.token.grant.Grants;

/** What a resource adapter would hold: one token cache, one scheduler of write timeouts, a clock, and connections. */
public final class Connector implements AutoCloseable {

    final SettableClock clock = SettableClock.startingNow();
    public final WriteTimeouts writeTimeouts = new WriteTimeouts();
    public final TokenService tokens = new TokenService(
            new Cluster(CacheConfiguration.local(), "node", Runnable::run, clock),
            Optional.empty(),
            Grants::new,
            Runnable::run,
            clock);
    private final Deque<MailConnection> connections = new ArrayDeque<>();

    public MailConnection connection(MailAccount account) {
        return connection(account, Quota.NONE);
    }

    public MailConnection connection(MailAccount account, Quota quota) {
        return connection(account, quota, quota);
    }

    public MailConnection connection(MailAccount account, Quota sending, Quota reading) {
        MailConnection connection = new MailConnection(
                account,
                AngusMail.wires(writeTimeouts).withGraph(GraphMail.wires(writeTimeouts)),
                tokens.source(),
                clock,
                sending,
                reading,
                EventLog.STANDARD);
        connections.push(connection);
        return connection;
    }

    @Override
    public void close() {
        connections.forEach(MailConnection::close);
        tokens.close();
    }
}
