package org.outlookmail.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.outlookmail.sandbox.SandboxState;

/** The demo over Microsoft Graph alone: {@code -Ddemo.transport=graph -Ddemo.store=graph}. */
@Tag("liberty")
class DemoOverGraphIT extends DemoContract {

    DemoOverGraphIT() {
        super("graph", "graph");
    }

    @Override
    long sent(SandboxState state) {
        assertThat(state.smtp().connections()).isZero();
        assertThat(state.imap().connections()).isZero();
        return state.graph().byMethod().getOrDefault("POST", 0L);
    }

    @Override
    String used() {
        return "0 SMTP login, 0 IMAP login, ";
    }

    @AfterAll
    void nothingWentOverSmtpOrImap() {
        assertThat(demo().sandbox().state().smtp().connections()).isZero();
        assertThat(demo().sandbox().state().imap().connections()).isZero();
    }
}
