package org.outlookmail.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.search.MessageIDTerm;
import java.time.Duration;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.outlookmail.DelegatedSignIn;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.OutlookMailSession;
import org.outlookmail.OutlookMailSessionFactory;

/** Each grant end to end: a token from its provider, a mail sent and read back with it. Rows C1, K4, M3, M5, S1. */
@Tag("liberty")
@ExtendWith(ArquillianExtension.class)
class GrantsIT {

    private Box box;

    @Deployment
    static WebArchive deployment() {
        return Deployments.of(GrantsIT.class);
    }

    @BeforeEach
    void reset() throws Exception {
        box = Box.inServer();
        box.reset();
    }

    private static OutlookMailSessionFactory factory(String name) throws Exception {
        return Jndi.lookup(name, OutlookMailSessionFactory.class);
    }

    /** Sends a mail to the mailbox itself and reads it there. */
    private static void sendAndReadBack(String name, String mailbox) throws Exception {
        OutlookMailSessionFactory factory = factory(name);
        String subject = "By " + name;
        try (OutlookMailSession session = factory.getConnection()) {
            MimeMessage message = new MimeMessage(session.mailSession());
            message.setRecipient(Message.RecipientType.TO, new InternetAddress(mailbox));
            message.setSubject(subject);
            message.setText("Hello");
            session.send(message);
            try (Folder inbox = session.openFolder("INBOX", Folder.READ_ONLY)) {
                Message[] found = inbox.search(new MessageIDTerm(message.getMessageID()));
                assertThat(found).hasSize(1);
                assertThat(found[0].getSubject()).isEqualTo(subject);
            }
        }
    }

    private long issued(String grant) throws Exception {
        return box.count("/entra/byGrant/" + grant + "/issued");
    }

    @Test
    void aCertificate() throws Exception {
        sendAndReadBack("mail/certificate", "certificate@contoso.com");
        assertThat(box.count("/entra/tokenRequests")).isEqualTo(1);
    }

    @Test
    void aPlatformsToken() throws Exception {
        sendAndReadBack("mail/federated", "federated@contoso.com");
        assertThat(box.count("/entra/tokenRequests")).isEqualTo(1);
    }

    @Test
    void aUsersPassword() throws Exception {
        sendAndReadBack("mail/password", "password@contoso.com");
        assertThat(issued("password")).isEqualTo(1);
    }

    @Test
    void aUserWhoSignsInOnce() throws Exception {
        Throwable before = catchThrowable(() -> sendAndReadBack("mail/delegated", "delegated@contoso.com"));
        assertThat(Diagnosis.of(before).map(Diagnosis::code)).contains(DiagnosisCode.SIGN_IN_MISSING);

        DelegatedSignIn signIn = factory("mail/delegated").signIn();
        assertThat(signIn.mailbox()).isEqualTo("delegated@contoso.com");
        assertThat(signIn.poll()).isFalse();
        box.signIn(signIn.userCode(), "delegated@contoso.com");
        await().atMost(Duration.ofSeconds(30)).until(signIn::poll);
        assertThat(signIn.user()).contains("delegated@contoso.com");
        sendAndReadBack("mail/delegated", "delegated@contoso.com");
    }

    @Test
    void onlyAFactoryWhoseUserSignsInHasASignIn() {
        assertThat(catchThrowable(() -> factory("mail/office365").signIn()))
                .hasMessageContaining("grant=\"delegated\"");
    }

    @Test
    void anyOAuthProviderWithASecretInTheHeaderOrInTheBodyOrWithAKey() throws Exception {
        sendAndReadBack("mail/genericBasic", "generic@contoso.com");
        sendAndReadBack("mail/genericPost", "generic@contoso.com");
        sendAndReadBack("mail/genericKey", "generic@contoso.com");
        assertThat(issued("client_credentials"))
                .as("one for the secret, one for the key")
                .isBetween(1L, 3L);
    }

    @Test
    void anyOAuthProviderWithARefreshToken() throws Exception {
        sendAndReadBack("mail/genericRefresh", "refresh@contoso.com");
        assertThat(issued("refresh_token")).isEqualTo(1);
    }

    @Test
    void aGoogleServiceAccount() throws Exception {
        sendAndReadBack("mail/google", "google@contoso.com");
        assertThat(box.count("/entra/tokenRequests")).isEqualTo(1);
    }

    @Test
    void aPasswordForTheMailServerItself() throws Exception {
        sendAndReadBack("mail/basic", "basic@contoso.com");
        assertThat(box.count("/entra/tokenRequests")).isZero();
    }

    @Test
    void aMissingPermissionIsNamedFromTheToken() {
        Throwable failure = catchThrowable(() -> sendAndReadBack("mail/noPermission", "noreply@contoso.com"));

        assertThat(Diagnosis.of(failure)).hasValueSatisfying(diagnosis -> {
            assertThat(diagnosis.code()).isEqualTo(DiagnosisCode.PERMISSION_MISSING);
            assertThat(diagnosis.summary()).contains("SMTP.SendAsApp", "IMAP.AccessAsApp");
        });
    }

    @Test
    void tokensInAMapThatTheServerOffersAreSealed() throws Exception {
        sendAndReadBack("mail/certificate", "certificate@contoso.com");

        Map<?, ?> map = Jndi.lookup("services/cache/tokenO365", Map.class);
        assertThat(map.keySet()).isNotEmpty();
        for (Object key : map.keySet()) {
            assertThat(String.valueOf(map.get(key))).doesNotContainPattern(Box.TOKEN);
        }
    }
}
