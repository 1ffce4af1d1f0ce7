package org.outlookmail.connector;

import java.time.Duration;
import java.util.Optional;
import org.outlookmail.connector.adapter.MailResourceAdapter;
import org.outlookmail.mail.Call;
import org.outlookmail.mail.Deadline;
import org.outlookmail.mail.DeliveryFailure;
import org.outlookmail.mail.Outbound;
import org.outlookmail.mail.message.OutgoingMessage;
import org.outlookmail.mail.message.SenderCheck;

/** A way out that does nothing, so that a benchmark measures what lies before it. Here, because the adapter takes it from nobody else. */
public final class QuietOutbound implements Outbound {

    private QuietOutbound() {}

    /** Makes an adapter send by it. */
    public static void into(MailResourceAdapter adapter) {
        adapter.runtime().outbound((account, surroundings) -> new QuietOutbound());
    }

    @Override
    public void open(Call call) {
        // It always is.
    }

    @Override
    public boolean takesInternational() {
        return true;
    }

    @Override
    public Optional<DeliveryFailure> deliver(OutgoingMessage message, SenderCheck check, Call call) {
        return Optional.empty();
    }

    @Override
    public String introduction(Call call) {
        return "";
    }

    @Override
    public boolean connected() {
        return false;
    }

    @Override
    public Duration idle() {
        return Duration.ZERO;
    }

    @Override
    public boolean alive() {
        return true;
    }

    @Override
    public void rest() {
        // It does nothing else.
    }

    @Override
    public void retire() {
        // Nothing is open.
    }

    @Override
    public void ending() {
        // Nothing is under way.
    }

    @Override
    public void cut() {
        // Nothing is under way.
    }

    @Override
    public void close(Deadline deadline) {
        // Nothing is open.
    }
}
