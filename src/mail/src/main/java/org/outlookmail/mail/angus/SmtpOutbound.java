package org.outlookmail.mail.angus;

import jakarta.mail.MessagingException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.outlookmail.DiagnosedSendException;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.DiagnosisCode.Retry;
import org.outlookmail.mail.Call;
import org.outlookmail.mail.Deadline;
import org.outlookmail.mail.DeliveryFailure;
import org.outlookmail.mail.MailAccount;
import org.outlookmail.mail.Outbound;
import org.outlookmail.mail.Surroundings;
import org.outlookmail.mail.message.MessageFacts;
import org.outlookmail.mail.message.OutgoingMessage;
import org.outlookmail.mail.message.SenderCheck;
import org.outlookmail.mail.wire.WriteTimeouts;

/**
 * SMTP (RFC 5321) by Angus Mail.
 *
 * <p>Thread rule: as {@link Outbound}.
 */
final class SmtpOutbound implements Outbound {

    private final MailAccount account;
    private final ServerLogin<SmtpConnection> login;
    private SmtpConnection present;

    /** Whether the connection was made for the present message: then it had no time to die while it rested. */
    private boolean fresh;

    /** The call that has got another token already. */
    private Call renewed;

    SmtpOutbound(MailAccount account, Surroundings surroundings, WriteTimeouts writeTimeouts) {
        this.account = account;
        this.login = new ServerLogin<>(account, account.out(), surroundings, writeTimeouts, SmtpConnection::new);
    }

    @Override
    public void open(Call call) throws MessagingException {
        fresh = login.present() == null;
        present = login.client(call);
    }

    @Override
    public boolean takesInternational() {
        return present.supportsExtension("SMTPUTF8");
    }

    @Override
    public Optional<DeliveryFailure> deliver(OutgoingMessage message, SenderCheck check, Call call)
            throws MessagingException {
        requireSize(message);
        WireMessage wire = new WireMessage(message, check);
        boolean intact = false;
        try {
            present.sendMessage(wire, message.recipients());
            intact = true;
        } catch (MessagingException | RuntimeException failure) {
            if (wire.refusal() != null) {
                throw wire.refusal();
            }
            SendFailure diagnosed = new SendFailure(account, login.proof(), message, call, present, fresh, failure);
            intact = diagnosed.connectionIntact();
            if (present.beforeContent() && diagnosed.code().retry() == Retry.OVER_ANOTHER_CONNECTION) {
                login.requireOpen(); // It was cut by whoever closes it, and nothing was handed over.
            }
            return Optional.of(diagnosed.told(intact, afresh(diagnosed, call)));
        } finally {
            if (!intact) {
                // Broken, or stopped in the middle of the data by a fault of the message: its state is not known.
                login.drop();
            }
        }
        login.took();
        return Optional.empty();
    }

    /** Before anything is sent: a server that is told the size by the last octet of the content has read it all. */
    private void requireSize(OutgoingMessage message) throws DiagnosedSendException {
        OptionalLong limit = present.sizeLimit();
        long octets = limit.isEmpty() ? 0 : message.atLeastOctets();
        if (limit.isPresent() && octets > limit.getAsLong()) {
            Map<String, String> details = new LinkedHashMap<>();
            details.put("mailbox", account.mailbox());
            details.put("server", account.out().server().toString());
            details.put("octetsAtLeast", Long.toString(octets));
            details.put("limitOctets", Long.toString(limit.getAsLong()));
            details.put("subject", MessageFacts.subject(message.message()));
            details.put("messageId", message.messageId());
            throw message.refused(
                    account.diagnosis(
                            DiagnosisCode.MESSAGE_TOO_LARGE,
                            "A message of " + account.mailbox() + " has at least " + octets
                                    + " octets as it leaves, and "
                                    + account.out().server() + " takes no more than " + limit.getAsLong() + ".",
                            details),
                    null);
        }
    }

    /** Whether another connection, or another token, lets the same message go: the server has certainly not taken it. */
    private boolean afresh(SendFailure failure, Call call) throws MessagingException {
        if (failure.code() == DiagnosisCode.TOKEN_EXPIRES_SOON && renewed != call) {
            renewed = call;
            login.renewProof(call.turn());
            return true;
        }
        return failure.stale();
    }

    /** The greeting, without its code. */
    @Override
    public String introduction(Call call) {
        return present.greeting().replaceFirst("^220[ -]", "");
    }

    @Override
    public boolean connected() {
        return login.present() != null;
    }

    @Override
    public Duration idle() {
        return login.idle();
    }

    @Override
    public boolean alive() {
        return login.alive();
    }

    @Override
    public void rest() {
        login.rest();
    }

    @Override
    public void retire() {
        login.retire();
    }

    @Override
    public void ending() {
        login.ending();
    }

    @Override
    public void cut() {
        login.cut();
    }

    @Override
    public void close(Deadline deadline) {
        login.close(deadline);
    }
}
