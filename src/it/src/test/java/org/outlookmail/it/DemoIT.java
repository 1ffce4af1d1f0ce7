package org.outlookmail.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.outlookmail.sandbox.SandboxState;

/** The demo over SMTP and IMAP. */
@Tag("liberty")
class DemoIT extends DemoContract {

    DemoIT() {
        super("smtp", "imaps");
    }

    @Override
    long sent(SandboxState state) {
        return state.smtp().messages();
    }

    @Override
    String used() {
        return "1 SMTP login, 1 IMAP login, 0 requests to Graph";
    }

    /** Graph takes the message and reports later that it could not be delivered. */
    @Test
    void aRefusedRecipientBecomesAProblemDocumentWithTheDiagnosis() throws Exception {
        var answer = post("{\"to\":[\"nobody@contoso.com\"],\"subject\":\"s\",\"text\":\"t\"}");
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
        assertThat(answer.body()).contains("OMC-2302").contains("nobody@contoso.com");
    }
}
