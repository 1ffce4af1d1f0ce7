package org.outlookmail.bench;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
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
import org.outlookmail.connector.adapter.MailResourceAdapter;
import org.outlookmail.connector.pool.MailManagedConnectionFactory;
import org.outlookmail.sandbox.FaultPlan;
import org.outlookmail.sandbox.Sandbox;

/**
 * From the object in JNDI to the mail server's reply, and the steps before it by themselves. The mail goes to a sandbox in the
 * same JVM over STARTTLS, which keeps nothing; Angus Mail with a connection held open is the peer.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 6, time = 1)
@Fork(1)
public class WayOut {

    private static final String MAILBOX = "noreply@contoso.com";

    private Sandbox sandbox;
    private MailResourceAdapter adapter;
    private OutlookMailSessionFactory factory;
    private OutlookMailSession borrowed;
    private Session plain;
    private Session angus;
    private Transport held;

    /** Logs in once each. */
    @Setup
    public void connect() throws Exception {
        sandbox = Sandbox.builder().randomPorts().maxConnections(0).start();
        sandbox.faults(new FaultPlan().discardMail(true));
        SSLContext.setDefault(sandbox.sslContext());
        Pool pool = new Pool();
        adapter = new MailResourceAdapter();
        adapter.start(pool);
        factory = (OutlookMailSessionFactory) configured().createConnectionFactory(pool);
        borrowed = factory.getConnection();
        plain = factory.mailSession();
        connectAngus();
    }

    private MailManagedConnectionFactory configured() throws Exception {
        MailManagedConnectionFactory managed = new MailManagedConnectionFactory();
        managed.setTenantId(sandbox.tenantId());
        managed.setClientId(sandbox.clientId());
        managed.setClientSecret(sandbox.clientSecret());
        managed.setAuthority(sandbox.entraUrl().toString());
        managed.setMailbox(MAILBOX);
        managed.setSmtpHost("localhost");
        managed.setSmtpPort(sandbox.smtpPort());
        managed.setStoreHost("localhost");
        managed.setStorePort(sandbox.imapsPort());
        managed.setResourceAdapter(adapter);
        return managed;
    }

    private void connectAngus() throws MessagingException {
        Properties properties = new Properties();
        properties.setProperty("mail.smtp.starttls.required", "true");
        properties.setProperty("mail.smtp.auth", "true");
        properties.setProperty("mail.smtp.auth.mechanisms", "XOAUTH2");
        properties.setProperty("mail.smtp.starttls.enable", "true");
        angus = Session.getInstance(properties);
        held = angus.getTransport("smtp");
        held.connect("localhost", sandbox.smtpPort(), MAILBOX, sandbox.issueToken());
    }

    private static MimeMessage message(Session session) throws MessagingException {
        MimeMessage message = new MimeMessage(session);
        message.setFrom(new InternetAddress(MAILBOX));
        message.setRecipient(Message.RecipientType.TO, new InternetAddress("orders@contoso.com"));
        message.setSubject("Your order");
        message.setText("It is on its way.");
        return message;
    }

    /** What the README's example calls for each mail. */
    @Benchmark
    public Object mailSessionOfASession() throws Exception {
        return borrowed.mailSession();
    }

    /** The same of the factory. */
    @Benchmark
    public Object mailSessionOfTheFactory() throws Exception {
        return factory.mailSession();
    }

    /** Borrows and gives back, with nothing between. */
    @Benchmark
    public Object borrow() throws Exception {
        try (OutlookMailSession session = factory.getConnection()) {
            return session.mailbox();
        }
    }

    /** The README's example. */
    @Benchmark
    public Object mailByFactory() throws Exception {
        try (OutlookMailSession session = factory.getConnection()) {
            MimeMessage message = message(session.mailSession());
            session.send(message);
            return message;
        }
    }

    /** Code that knows Jakarta Mail alone. */
    @Benchmark
    public Object mailByPlainSession() throws Exception {
        MimeMessage message = message(plain);
        Transport.send(message);
        return message;
    }

    /** The peer. */
    @Benchmark
    public Object mailByAngusHeldOpen() throws Exception {
        MimeMessage message = message(angus);
        message.saveChanges();
        held.sendMessage(message, message.getAllRecipients());
        return message;
    }

    /** Closes all of them. */
    @TearDown
    public void close() throws Exception {
        held.close();
        borrowed.close();
        adapter.stop();
        sandbox.close();
    }
}
