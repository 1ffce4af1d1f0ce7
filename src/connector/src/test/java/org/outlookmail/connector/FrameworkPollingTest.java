package org.outlookmail.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.outlookmail.testkit.TestBox.NOREPLY;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.CamelContext;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.component.mail.DefaultJavaMailSender;
import org.apache.camel.component.mail.MailEndpoint;
import org.apache.camel.impl.engine.SimpleCamelContext;
import org.apache.camel.spi.ExceptionHandler;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.UnitOfWorkHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.outlookmail.connector.pool.SessionManagedConnectionFactory;
import org.outlookmail.sandbox.FaultPlan;
import org.outlookmail.sandbox.Sandbox;
import org.outlookmail.testkit.TestBox;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.expression.common.LiteralExpression;
import org.springframework.expression.spel.support.StandardEvaluationContext;
import org.springframework.integration.context.IntegrationContextUtils;
import org.springframework.integration.mail.inbound.AbstractMailReceiver;
import org.springframework.integration.mail.inbound.ImapMailReceiver;
import org.springframework.integration.mail.inbound.Pop3MailReceiver;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/** Code for plain Jakarta Mail that nobody here wrote, which holds its store and polls it for good. */
@Tag("unit")
@ExtendWith(TestBox.class)
class FrameworkPollingTest {

    private final Sandbox box = TestBox.box();
    private Server server;
    private SessionManagedConnectionFactory factory;

    @BeforeEach
    void start() throws Exception {
        server = new Server();
        factory = server.configured(new SessionManagedConnectionFactory());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Session session() throws Exception {
        return (Session) factory.createConnectionFactory(server);
    }

    private static String arrived(Session session) throws Exception {
        String subject = TestBox.subject();
        MimeMessage message = Messages.message(session, subject);
        message.setRecipients(MimeMessage.RecipientType.TO, NOREPLY);
        Transport.send(message);
        return subject;
    }

    /** Polls until it is there; a poll that fails, which Spring's adapter logs, must not be the rule. */
    private static void receives(AbstractMailReceiver receiver, String subject) {
        List<String> received = new CopyOnWriteArrayList<>();
        List<Exception> failures = new CopyOnWriteArrayList<>();
        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
            try {
                for (Object message : receiver.receive()) {
                    received.add(((MimeMessage) message).getSubject());
                }
            } catch (MessagingException failure) {
                failures.add(failure);
            }
            assertThat(received).containsOnlyOnce(subject);
        });
        assertThat(failures).hasSizeLessThanOrEqualTo(1);
    }

    /** As much of an application context as a receiver asks for. */
    private static BeanFactory springs() {
        DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
        beans.registerSingleton(
                IntegrationContextUtils.INTEGRATION_EVALUATION_CONTEXT_BEAN_NAME, new StandardEvaluationContext());
        beans.registerSingleton(IntegrationContextUtils.TASK_SCHEDULER_BEAN_NAME, new ThreadPoolTaskScheduler());
        return beans;
    }

    private void polls(AbstractMailReceiver receiver, Session session) throws Exception {
        receiver.setSession(session);
        receiver.setBeanFactory(springs());
        receiver.afterPropertiesSet();
        receives(receiver, arrived(session));
        box.faults(new FaultPlan().dropConnections("imap", "pop3"));
        receives(receiver, arrived(session));
        box.faults(new FaultPlan().expireTokens());
        receives(receiver, arrived(session));
        assertThat(box.state().entra().tokenRequests()).isEqualTo(2);
        receiver.destroy();
        assertThat(server.free).isNotEmpty();
    }

    @Test
    void springsImapReceiverGoesOnAfterADroppedConnectionAndTheEndOfATokenAndSeesEachMailOnce() throws Exception {
        ImapMailReceiver receiver = new ImapMailReceiver("imaps://mail.invalid/INBOX");
        receiver.setShouldMarkMessagesAsRead(true);
        polls(receiver, session());
    }

    @Test
    void springsPop3ReceiverGoesOnAfterADroppedConnectionAndTheEndOfAToken() throws Exception {
        factory.setStore("pop3s");
        factory.setStorePort(box.pop3sPort());
        Pop3MailReceiver receiver = new Pop3MailReceiver("pop3s://mail.invalid/INBOX");
        receiver.setShouldDeleteMessages(false);
        polls(receiver, session());
    }

    /** A folder that is held open between polls is the harder case. */
    @Test
    void springsImapReceiverGoesOnWhenItsOpenFolderIsLost() throws Exception {
        ImapMailReceiver receiver = new ImapMailReceiver("imaps://mail.invalid/INBOX");
        receiver.setAutoCloseFolder(false);
        receiver.setUserFlag("seen-by-spring");
        receiver.setSelectorExpression(new LiteralExpression("true"));
        Session session = session();
        receiver.setSession(session);
        receiver.setBeanFactory(springs());
        receiver.afterPropertiesSet();
        for (int round = 0; round < 3; round++) {
            arrived(session);
            await().atMost(Duration.ofMinutes(1)).ignoreExceptions().until(() -> receiver.receive().length > 0);
            box.faults(new FaultPlan().dropConnections("imap"));
        }
        receiver.destroy();
    }

    @Test
    void camelsConsumerGoesOnAfterADroppedConnectionAndTheEndOfAToken() throws Exception {
        Session session = session();
        List<String> received = new CopyOnWriteArrayList<>();
        List<Throwable> failures = new CopyOnWriteArrayList<>();
        ExceptionHandler failed = new ExceptionHandler() {
            @Override
            public void handleException(Throwable failure) {
                failures.add(failure);
            }

            @Override
            public void handleException(String message, Throwable failure) {
                failures.add(failure);
            }

            @Override
            public void handleException(String message, Exchange exchange, Throwable failure) {
                failures.add(failure);
            }
        };
        CamelContext camel = new SimpleCamelContext();
        try {
            camel.start();
            // What the component is given as its session, Camel 4.22 takes for sending only.
            DefaultJavaMailSender sender = new DefaultJavaMailSender();
            sender.setSession(session);
            Consumer consumer = ((MailEndpoint)
                            camel.getEndpoint("imaps://mail.invalid?username=ignored&password=ignored"
                                    + "&delay=100&initialDelay=0&closeFolder=false&peek=true&unseen=true"))
                    .createConsumer(
                            exchange -> {
                                received.add(exchange.getMessage().getHeader("Subject", String.class));
                                // As the end of a route does, where Camel marks the message as seen.
                                UnitOfWorkHelper.doneSynchronizations(
                                        exchange,
                                        exchange.getExchangeExtension().handoverCompletions());
                            },
                            sender);
            ((DefaultConsumer) consumer).setExceptionHandler(failed);
            consumer.start();
            for (FaultPlan fault :
                    List.of(new FaultPlan().dropConnections("imap"), new FaultPlan().expireTokens(), new FaultPlan())) {
                String subject = arrived(session);
                await().atMost(Duration.ofSeconds(30))
                        .untilAsserted(() -> assertThat(received)
                                .as("received; failures: %s", failures)
                                .containsOnlyOnce(subject));
                // Until then it would be read a second time after a fault, and rightly so.
                await().until(() -> box.messages(NOREPLY).stream()
                        .filter(message -> message.subject().equals(subject))
                        .allMatch(message -> message.flags().contains("\\Seen")));
                box.faults(fault);
            }
            consumer.stop();
        } finally {
            camel.stop();
        }
        assertThat(box.state().entra().tokenRequests()).isEqualTo(2);
    }
}
