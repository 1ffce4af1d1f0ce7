package org.outlookmail.sample;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class BodyTextTest {

    @Test
    void plainTextIsPreferredWhereverItStands() throws Exception {
        assertThat(of(
                        "Content-Type: multipart/alternative; boundary=b",
                        "--b",
                        "Content-Type: text/html",
                        "",
                        "<p>html</p>",
                        "--b",
                        "Content-Type: text/plain",
                        "",
                        "plain",
                        "--b--"))
                .isEqualTo(new BodyText("plain", false));
    }

    @Test
    void htmlLosesItsTagsAndScripts() throws Exception {
        assertThat(of(
                        "Content-Type: text/html",
                        "",
                        "<head><title>no</title></head><script>alert(1)</script><p>Fish &amp;",
                        "chips</p>second<br>third &lt;b&gt;"))
                .isEqualTo(new BodyText("Fish & chips\nsecond\nthird <b>", true));
    }

    @Test
    void anAttachedTextIsNotTheBody() throws Exception {
        assertThat(of(
                        "Content-Type: multipart/mixed; boundary=b",
                        "--b",
                        "Content-Type: text/plain",
                        "Content-Disposition: attachment; filename=log.txt",
                        "",
                        "log",
                        "--b",
                        "Content-Type: text/plain",
                        "",
                        "body",
                        "--b--"))
                .isEqualTo(new BodyText("body", false));
    }

    @Test
    void aMessageWithoutTextHasAnEmptyOne() throws Exception {
        assertThat(of("Content-Type: application/pdf", "", "%PDF")).isEqualTo(new BodyText("", false));
    }

    private static BodyText of(String... lines) throws Exception {
        String source = "MIME-Version: 1.0\r\n" + String.join("\r\n", lines).replace("\r\n--b\r\n", "\r\n\r\n--b\r\n");
        return BodyText.of(new MimeMessage(
                Session.getInstance(new Properties()),
                new ByteArrayInputStream(source.getBytes(StandardCharsets.UTF_8))));
    }
}
