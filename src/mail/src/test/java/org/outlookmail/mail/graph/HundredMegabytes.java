package org.outlookmail.mail.graph;

import jakarta.mail.BodyPart;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.Multipart;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.outlookmail.mail.Authentication;
import org.outlookmail.mail.Connector;
import org.outlookmail.mail.MailAccount;
import org.outlookmail.mail.MailConnection;
import org.outlookmail.mail.MailRoute;
import org.outlookmail.mail.MailServer;
import org.outlookmail.mail.MailTimeouts;
import org.outlookmail.mail.Messages;
import org.outlookmail.secret.Secret;
import org.outlookmail.token.Credential;
import org.outlookmail.token.HttpSettings;
import org.outlookmail.token.TokenRequest;
import org.outlookmail.token.TrustStoreFile;

/** Sends a message with an attachment of a hundred megabytes and reads it back, in a JVM that its test has made small. */
final class HundredMegabytes {

    private static final int OCTETS = 100_000_000;

    private HundredMegabytes() {}

    /** Of authority, tenant, client, secret, port of Graph, trust store and subject. */
    public static void main(String[] box) throws Exception {
        Optional<TrustStoreFile> trust =
                Optional.of(new TrustStoreFile(Path.of(box[5]), Optional.of(Secret.of("sandbox"))));
        Duration patience = Duration.ofMinutes(1);
        TokenRequest request = new TokenRequest(
                TokenRequest.entra(URI.create(box[0]), box[1]),
                box[1],
                box[2],
                new Credential.ClientSecret(Secret.of(box[3]), Optional.empty()),
                "https://graph.microsoft.com/.default",
                new HttpSettings(patience, patience, java.net.Proxy.NO_PROXY, trust));
        MailServer graph = new MailServer("graph", "localhost", Integer.parseInt(box[4]));
        MailRoute route = new MailRoute(new MailTimeouts(patience, patience, patience), java.net.Proxy.NO_PROXY, trust);
        Authentication token = new Authentication.Token(request);
        MailAccount sender = MailAccount.of("noreply@contoso.com", graph, graph, route, token, Map.of());
        MailAccount reader = MailAccount.of("orders@contoso.com", graph, graph, route, token, Map.of());
        try (Connector connector = new Connector()) {
            connector.connection(sender).send(Messages.withAttachment(box[6], OCTETS, "orders@contoso.com"));
            System.out.println("read " + read(connector.connection(reader), box[6]) + " octets");
        }
    }

    private static long read(MailConnection connection, String subject) throws Exception {
        try (Folder inbox = connection.openFolder("INBOX", Folder.READ_ONLY)) {
            for (int number = inbox.getMessageCount(); number > 0; number--) {
                Message message = inbox.getMessage(number);
                if (subject.equals(message.getSubject()) && message.getContent() instanceof Multipart parts) {
                    BodyPart last = parts.getBodyPart(parts.getCount() - 1);
                    try (InputStream content = last.getInputStream()) {
                        return content.transferTo(OutputStream.nullOutputStream());
                    }
                }
            }
            return -1;
        }
    }
}
