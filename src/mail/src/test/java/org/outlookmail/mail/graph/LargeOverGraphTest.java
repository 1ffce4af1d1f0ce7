package org.outlookmail.mail.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.outlookmail.testkit.TestBox.NOREPLY;
import static org.outlookmail.testkit.TestBox.ORDERS;
import static org.outlookmail.testkit.TestBox.accepted;
import static org.outlookmail.testkit.TestBox.message;
import static org.outlookmail.testkit.TestBox.received;
import static org.outlookmail.testkit.TestBox.subject;

import jakarta.activation.DataHandler;
import jakarta.mail.Message;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.outlookmail.mail.Connector;
import org.outlookmail.mail.TestAccounts;
import org.outlookmail.sandbox.Sandbox;
import org.outlookmail.testkit.TestBox;

/** Large messages over Graph: every part as it was, and no more memory than a small one needs. */
@Tag("unit")
@ExtendWith(TestBox.class)
class LargeOverGraphTest {

    private final Sandbox box = TestBox.box();
    private final Connector connector = new Connector();
    private final String subject = subject();

    @AfterEach
    void close() {
        connector.close();
    }

    private static byte[] random(int octets, int seed) {
        byte[] content = new byte[octets];
        new Random(seed).nextBytes(content);
        return content;
    }

    private static MimeBodyPart file(byte[] content, String type, String name) throws Exception {
        MimeBodyPart part = new MimeBodyPart();
        part.setDataHandler(new DataHandler(new ByteArrayDataSource(content, type)));
        part.setFileName(name);
        part.setHeader("Content-Transfer-Encoding", "base64");
        return part;
    }

    @Test
    void thirtyMegabytesArriveWithEachPartAsItWas() throws Exception {
        Map<String, byte[]> files = new HashMap<>();
        MimeMultipart mixed = new MimeMultipart("mixed");
        MimeBodyPart text = new MimeBodyPart();
        text.setText("<p>Grüße <img src=\"cid:logo@x\"></p>", "utf-8", "html");
        MimeBodyPart logo = file(random(40_000, 99), "image/png", "Lögo.png");
        logo.setContentID("<logo@x>");
        logo.setDisposition(Part.INLINE);
        files.put("Lögo.png", random(40_000, 99));
        MimeMultipart related = new MimeMultipart("related", text, logo);
        MimeBodyPart shown = new MimeBodyPart();
        shown.setContent(related);
        mixed.addBodyPart(shown);
        for (int i = 1; i <= 10; i++) {
            byte[] content = random(i % 2 == 0 ? 2_500_000 : 3_500_000, i);
            files.put("Übersicht " + i + ".bin", content);
            mixed.addBodyPart(file(content, "application/octet-stream", "Übersicht " + i + ".bin"));
        }
        MimeMessage sent = new MimeMessage(Session.getInstance(new Properties()));
        sent.setFrom(new InternetAddress(NOREPLY, "Jörg Grün", "UTF-8"));
        sent.setRecipient(Message.RecipientType.TO, new InternetAddress(ORDERS, "Bestellungen Süd", "UTF-8"));
        sent.setReplyTo(
                new InternetAddress[] {new InternetAddress("answers@contoso.com", "Antworten für alle", "UTF-8")});
        sent.setSubject(subject);
        sent.setHeader("In-Reply-To", "<first@contoso.com>");
        sent.setContent(mixed);

        connector.connection(TestAccounts.graph(NOREPLY, Map.of())).send(sent);

        MimeMessage arrived = message(ORDERS, subject).mimeMessage();
        assertThat(((InternetAddress) arrived.getFrom()[0]).getPersonal()).isEqualTo("Jörg Grün");
        assertThat(((InternetAddress) arrived.getAllRecipients()[0]).getPersonal())
                .isEqualTo("Bestellungen Süd");
        assertThat(((InternetAddress) arrived.getReplyTo()[0]).getPersonal()).isEqualTo("Antworten für alle");
        assertThat(arrived.getHeader("In-Reply-To")).containsExactly("<first@contoso.com>");
        assertThat(arrived.getMessageID()).isEqualTo(sent.getMessageID());
        Map<String, byte[]> found = new HashMap<>();
        List<String> texts = new ArrayList<>();
        collect(arrived, found, texts);
        assertThat(texts).anyMatch(each -> each.contains("Grüße <img src=\"cid:logo@x\">"));
        assertThat(found).containsOnlyKeys(files.keySet());
        files.forEach((name, content) -> assertThat(found.get(name)).as(name).isEqualTo(content));
        assertThat(accepted(NOREPLY, subject)).isOne();
    }

    private static void collect(Part part, Map<String, byte[]> files, List<String> texts) throws Exception {
        if (part.getContent() instanceof MimeMultipart parts) {
            for (int i = 0; i < parts.getCount(); i++) {
                collect(parts.getBodyPart(i), files, texts);
            }
        } else if (part.getFileName() != null) {
            try (InputStream content = part.getInputStream()) {
                files.put(jakarta.mail.internet.MimeUtility.decodeText(part.getFileName()), content.readAllBytes());
            }
            if (part instanceof MimeBodyPart body && body.getContentID() != null) {
                assertThat(body.getContentID()).isEqualTo("<logo@x>");
                assertThat(body.getDisposition()).isEqualTo(Part.INLINE);
            }
        } else {
            texts.add(String.valueOf(part.getContent()));
        }
    }

    /** A JVM of its own with 64 MB sends a hundred, and reads them back. */
    @Test
    void aHundredMegabytesNeedNoMemoryOfTheirOwn(@TempDir Path folder) throws Exception {
        Path trust = folder.resolve("trust.p12");
        box.writeTrustStore(trust);
        Path out = folder.resolve("out.txt");
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-Djava.io.tmpdir=" + folder,
                        "-cp",
                        classPath,
                        HundredMegabytes.class.getName(),
                        box.entraUrl().toString(),
                        box.tenantId(),
                        box.clientId(),
                        box.clientSecret(),
                        Integer.toString(box.graphUrl().getPort()),
                        trust.toString(),
                        subject)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        assertThat(process.waitFor(3, TimeUnit.MINUTES)).as(() -> said(out)).isTrue();

        assertThat(process.exitValue()).as(() -> said(out)).isZero();
        assertThat(said(out)).contains("read 100000000 octets");
        assertThat(received(ORDERS, subject)).isOne();
        try (var left = Files.list(folder)) {
            assertThat(left).as("files of large messages").containsExactlyInAnyOrder(trust, out);
        }
    }

    private static String said(Path out) {
        try {
            return Files.readString(out, StandardCharsets.UTF_8);
        } catch (java.io.IOException unreadable) {
            return unreadable.toString();
        }
    }
}
