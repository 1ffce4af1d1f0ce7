package org.outlookmail.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Store;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ImapTest {
    private final Sandbox sandbox = Sandbox.builder().randomPorts().start();

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void aMessageSentThroughSmtpIsReadThroughImap() throws Exception {
        MailClients.send(sandbox, "noreply@contoso.com", "orders@contoso.com", "Order 1");

        try (Store store = MailClients.connect(sandbox, "imaps", "orders@contoso.com", sandbox.issueToken());
                Folder inbox = MailClients.open(store, "INBOX")) {
            assertThat(inbox.getMessageCount()).isEqualTo(1);
            Message message = inbox.getMessage(1);
            assertThat(message.getSubject()).isEqualTo("Order 1");
            assertThat(message.getContent().toString()).contains("\r\n.a line with a dot");
            message.setFlag(Flags.Flag.SEEN, true);
        }
        assertThat(sandbox.messages("orders@contoso.com").get(0).flags()).contains("\\Seen");
    }

    @Test
    void theSenderKeepsACopyInSentItems() throws Exception {
        MailClients.send(sandbox, "noreply@contoso.com", "orders@contoso.com", "Order 1");

        try (Store store = MailClients.connect(sandbox, "imaps", "noreply@contoso.com", sandbox.issueToken());
                Folder sent = MailClients.open(store, "Sent Items")) {
            assertThat(sent.getMessage(1).getSubject()).isEqualTo("Order 1");
            assertThat(sent.getMessage(1).isSet(Flags.Flag.SEEN)).isTrue();
        }
    }

    @Test
    void aTokenWithoutTheImapRoleIsRefused() {
        String token = sandbox.issueToken(Map.of("roles", List.of("SMTP.SendAsApp")));

        assertThatThrownBy(() -> MailClients.connect(sandbox, "imaps", "orders@contoso.com", token))
                .isInstanceOf(AuthenticationFailedException.class)
                .hasMessageContaining("AUTHENTICATE failed");
        assertThat(sandbox.state().imap().refusedAuthentications()).isEqualTo(1);
        assertThat(sandbox.state().imap().lastRefusal()).contains("IMAP.AccessAsApp is missing");
    }

    @Test
    void aMailboxWithoutTheRightIsAuthenticatedButNotConnected() throws Exception {
        sandbox.createMailbox("private@contoso.com", Set.of(), Set.of("another-app"));

        try (Store store = MailClients.connect(sandbox, "imaps", "private@contoso.com", sandbox.issueToken())) {
            assertThatThrownBy(() -> MailClients.open(store, "INBOX"))
                    .isInstanceOf(MessagingException.class)
                    .hasMessageContaining("User is authenticated but not connected.");
        }
    }
}
