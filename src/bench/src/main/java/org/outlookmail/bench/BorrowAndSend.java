package org.outlookmail.bench;

import jakarta.mail.Message;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.outlookmail.OutlookMailSession;
import org.outlookmail.OutlookMailSessionFactory;
import org.outlookmail.connector.QuietOutbound;
import org.outlookmail.connector.adapter.MailResourceAdapter;
import org.outlookmail.connector.pool.MailManagedConnectionFactory;

/** What the adapter itself costs a mail: borrowed, sent over a way out that does nothing, given back. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 8, time = 1)
@Fork(2)
public class BorrowAndSend {

    private MailResourceAdapter adapter;
    private OutlookMailSessionFactory factory;
    private MimeMessage message;

    /** Nothing is sent, so nothing has to be there. */
    @Setup
    public void connect() throws Exception {
        Pool pool = new Pool();
        adapter = new MailResourceAdapter();
        adapter.start(pool);
        QuietOutbound.into(adapter);
        MailManagedConnectionFactory managed = new MailManagedConnectionFactory();
        managed.setTenantId("11111111-2222-3333-4444-555555555555");
        managed.setClientId("66666666-7777-8888-9999-000000000000");
        managed.setClientSecret("made-up");
        managed.setMailbox("noreply@contoso.com");
        managed.setResourceAdapter(adapter);
        factory = (OutlookMailSessionFactory) managed.createConnectionFactory(pool);
        try (OutlookMailSession session = factory.getConnection()) {
            message = new MimeMessage(session.mailSession());
        }
        message.setFrom(new InternetAddress("noreply@contoso.com"));
        message.setRecipient(Message.RecipientType.TO, new InternetAddress("orders@contoso.com"));
        message.setSubject("Hello");
        message.setText("Hello");
    }

    /** Ends the adapter. */
    @TearDown
    public void stop() {
        adapter.stop();
    }

    /** Only that. */
    @Benchmark
    public Object borrowAndReturn() throws Exception {
        try (OutlookMailSession session = factory.getConnection()) {
            return session;
        }
    }

    /** And a message between, made ready as any is. */
    @Benchmark
    public void borrowSendReturn() throws Exception {
        try (OutlookMailSession session = factory.getConnection()) {
            session.send(message);
        }
    }
}
