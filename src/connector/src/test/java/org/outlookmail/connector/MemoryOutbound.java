package org.outlookmail.connector;

import jakarta.mail.MessagingException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import org.outlookmail.DiagnosedMessagingException;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.mail.Call;
import org.outlookmail.mail.Deadline;
import org.outlookmail.mail.DeliveryFailure;
import org.outlookmail.mail.DeliveryFailure.Connection;
import org.outlookmail.mail.DeliveryFailure.Outcome;
import org.outlookmail.mail.MailAccount;
import org.outlookmail.mail.Outbound;
import org.outlookmail.mail.Quota;
import org.outlookmail.mail.Surroundings;
import org.outlookmail.mail.message.OutgoingMessage;
import org.outlookmail.mail.message.SenderCheck;

/** A provider that is a list, with a wire that is none: what the next protocol has to do, and nothing of SMTP. */
final class MemoryOutbound implements Outbound {

    /** One letter that has arrived. */
    record Letter(String mailbox, List<String> recipients, String text) {}

    /** Where all of them arrive, and what shall go wrong on the way. */
    static final class PostOffice implements Outbound.Factory {
        final List<Letter> letters = new ArrayList<>();
        final Queue<Fault> faults = new ArrayDeque<>();
        int logins;
        int connections;
        int goodbyes;
        boolean international = true;

        @Override
        public Outbound create(MailAccount account, Surroundings surroundings) {
            return new MemoryOutbound(this, account, surroundings);
        }
    }

    /** What happens to one delivery. */
    record Fault(DiagnosisCode code, Connection connection, boolean afresh, Duration retryAfter) {}

    private final PostOffice office;
    private final MailAccount account;
    private final Quota quota;
    private final Quota.Guest guest;
    private boolean connected;
    private boolean closed;

    private MemoryOutbound(PostOffice office, MailAccount account, Surroundings surroundings) {
        this.office = office;
        this.account = account;
        this.quota = surroundings.quota();
        this.guest = surroundings.guest();
    }

    @Override
    public void open(Call call) throws MessagingException {
        if (closed) {
            throw new DiagnosedMessagingException(
                    diagnosis(new Fault(DiagnosisCode.SESSION_TAKEN_BACK, Connection.BROKEN, false, null)), null);
        }
        if (!connected) {
            quota.enter(guest, call.turn());
            office.logins++;
            office.connections++;
            connected = true;
        }
    }

    private Diagnosis diagnosis(Fault fault) {
        Map<String, String> details = new LinkedHashMap<>();
        details.put("mailbox", account.mailbox());
        details.put(
                Diagnosis.RETRY_AFTER, fault.retryAfter == null ? null : Diagnosis.retryAfterSeconds(fault.retryAfter));
        return Diagnosis.of(fault.code, "The post office: " + fault.code + ".", details);
    }

    @Override
    public boolean takesInternational() {
        return office.international;
    }

    @Override
    public Optional<DeliveryFailure> deliver(OutgoingMessage message, SenderCheck check, Call call)
            throws MessagingException {
        ByteArrayOutputStream letter = new ByteArrayOutputStream();
        try {
            message.writeTo(letter, check);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        Fault fault = office.faults.poll();
        boolean arrives = fault == null || fault.code == DiagnosisCode.OUTCOME_UNKNOWN;
        if (arrives) {
            office.letters.add(new Letter(
                    account.mailbox(),
                    Arrays.stream(message.recipients()).map(Object::toString).toList(),
                    letter.toString(StandardCharsets.UTF_8)));
        }
        if (fault == null) {
            return Optional.empty();
        }
        if (fault.connection == Connection.BROKEN) {
            hangUp();
        }
        Diagnosis diagnosis = diagnosis(fault);
        return Optional.of(new DeliveryFailure(
                diagnosis,
                arrives ? Outcome.UNKNOWN : Outcome.NOT_ACCEPTED,
                fault.connection,
                fault.afresh,
                new DiagnosedMessagingException(diagnosis, null)));
    }

    private void hangUp() {
        if (connected) {
            connected = false;
            office.connections--;
            quota.leave(guest);
        }
    }

    @Override
    public String introduction(Call call) {
        return "A post office in memory";
    }

    @Override
    public boolean connected() {
        return connected;
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
        // It answers at once.
    }

    @Override
    public void retire() {
        if (connected) {
            office.goodbyes++;
            hangUp();
        }
    }

    @Override
    public void ending() {
        closed = true;
    }

    @Override
    public void cut() {
        hangUp();
    }

    @Override
    public void close(Deadline deadline) {
        ending();
        retire();
    }
}
