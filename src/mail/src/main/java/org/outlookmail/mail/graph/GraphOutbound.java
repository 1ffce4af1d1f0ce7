package org.outlookmail.mail.graph;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.outlookmail.DiagnosedMessagingException;
import org.outlookmail.DiagnosedSendException;
import org.outlookmail.DiagnosisCode;
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
 * Microsoft Graph as a way out: a message goes in one piece ({@code sendMail}), or through a draft, by which a large one goes
 * in pieces and the outcome is always known.
 *
 * <p>Thread rule: as {@link Outbound}.
 */
final class GraphOutbound implements Outbound {

    private final MailAccount account;
    private final GraphSettings settings;
    private final GraphClient client;

    /** Also between two requests, when there may be no connection, a message is on its way. */
    private volatile boolean delivering;

    /** Nobody begins another message, but that one asks on until it has arrived or is cut. */
    private volatile boolean ending;

    GraphOutbound(MailAccount account, Surroundings surroundings, WriteTimeouts writeTimeouts) {
        this.account = account;
        this.settings = GraphSettings.of(account);
        this.client = new GraphClient(account, account.out(), surroundings, writeTimeouts);
    }

    @Override
    public void open(Call call) throws MessagingException {
        if (ending) {
            client.ending();
        }
        client.open(call);
    }

    /** Exchange Online takes them, and Graph its MIME. */
    @Override
    public boolean takesInternational() {
        return true;
    }

    @Override
    public Optional<DeliveryFailure> deliver(OutgoingMessage message, SenderCheck check, Call call)
            throws MessagingException {
        delivering = true;
        try {
            return delivered(message, check, call);
        } finally {
            delivering = false;
            if (ending) {
                client.ending();
            }
        }
    }

    private Optional<DeliveryFailure> delivered(OutgoingMessage message, SenderCheck check, Call call)
            throws MessagingException {
        try (Spool mime = new Spool()) {
            written(message, check, mime);
            Envelope envelope = new Envelope(account, message);
            List<String> hidden = envelope.hidden(header(mime));
            SendFailures failures = new SendFailures(account, client.diagnosis(), message, call);
            boolean fits = mime.size() <= settings.maxMimeOctets();
            if (settings.send() == GraphSettings.Send.DIRECT && !fits) {
                throw tooLarge(message, mime.size());
            }
            if (!settings.saveToSentItems()) {
                return new DirectSending(client, failures)
                        .inJson(apart(message, envelope, mime, hidden), call, octets -> tooLarge(message, octets));
            }
            if (settings.send() != GraphSettings.Send.DRAFT && fits) {
                return new DirectSending(client, failures).inMime(Envelope.bcc(hidden), mime, call);
            }
            Draft draft = fits
                    ? Draft.inMime(client, Envelope.bcc(hidden), mime)
                    : Draft.inPieces(client, apart(message, envelope, mime, hidden));
            return new DraftSending(client, failures, message.messageId()).send(draft, call);
        } catch (IOException unusable) {
            throw incomplete(message, unusable);
        }
    }

    private void written(OutgoingMessage message, SenderCheck check, Spool mime) throws MessagingException {
        try {
            message.writeTo(mime, check);
        } catch (DiagnosedSendException forbidden) {
            throw forbidden;
        } catch (IOException | MessagingException | RuntimeException unusable) {
            throw incomplete(message, unusable);
        }
    }

    private static InternetHeaders header(Spool mime) throws MessagingException, IOException {
        try (InputStream content = mime.content()) {
            return new InternetHeaders(content, true);
        }
    }

    private static MimeMessage parsed(Spool mime) throws MessagingException, IOException {
        Properties lenient = new Properties();
        lenient.setProperty("mail.mime.allowutf8", "true");
        lenient.setProperty("mail.mime.address.strict", "false");
        return new MimeMessage(Session.getInstance(lenient), mime.content());
    }

    private JsonMessage apart(OutgoingMessage message, Envelope envelope, Spool mime, List<String> hidden)
            throws MessagingException, IOException {
        try {
            return JsonMessage.of(envelope, parsed(mime), hidden);
        } catch (DiagnosedSendException unfit) {
            throw unfit;
        } catch (MessagingException | RuntimeException unreadable) {
            throw incomplete(message, unreadable);
        }
    }

    private DiagnosedSendException incomplete(OutgoingMessage message, Exception unusable) {
        return message.refused(
                account.diagnosis(
                        DiagnosisCode.MESSAGE_INCOMPLETE,
                        "A message of " + account.mailbox() + " could not be written: " + unusable.getMessage() + ".",
                        facts(message)),
                unusable);
    }

    private DiagnosedSendException tooLarge(OutgoingMessage message, long octets) {
        Map<String, String> details = facts(message);
        details.put("octets", Long.toString(octets));
        details.put("limitOctets", Long.toString(settings.maxMimeOctets()));
        return message.refused(
                account.diagnosis(
                        DiagnosisCode.MESSAGE_TOO_LARGE,
                        "A message of " + account.mailbox() + " has " + octets + " octets, and "
                                + account.out().server()
                                + " takes no more than " + settings.maxMimeOctets()
                                + " in one piece; with graphSend=\"auto\" and saveToSentItems=\"true\" it goes in several.",
                        details),
                null);
    }

    private Map<String, String> facts(OutgoingMessage message) {
        Map<String, String> details = new LinkedHashMap<>();
        details.put("mailbox", account.mailbox());
        details.put("server", account.out().server().toString());
        details.put("subject", MessageFacts.subject(message.message()));
        details.put("messageId", message.messageId());
        return details;
    }

    /**
     * Asks Graph to send what is no message. That it says so (400) is the proof that it would take one: it has looked at the
     * token, the mailbox and the permission before, as far as that can be told without sending.
     */
    @Override
    public String introduction(Call call) throws MessagingException {
        GraphRequest probe = GraphRequest.noMessage(client.path("sendMail")).needing("Mail.Send");
        try {
            GraphReply reply = client.asked(probe, call.turn());
            if (reply.status() != 400) {
                throw new RefusedException(probe, reply);
            }
            return "Microsoft Graph v1.0 at " + client.server().host();
        } catch (UnansweredException | RefusedException failure) {
            throw new DiagnosedMessagingException(
                    client.diagnosis()
                            .of(
                                    client.server() + " would not send for " + account.mailbox() + ".",
                                    null,
                                    call.facts(),
                                    failure),
                    failure);
        }
    }

    @Override
    public boolean connected() {
        return delivering || client.present();
    }

    @Override
    public Duration idle() {
        return client.idle();
    }

    /** A connection that has ended costs nothing but another one. */
    @Override
    public boolean alive() {
        return true;
    }

    @Override
    public void rest() {
        // Each request has its own time.
    }

    @Override
    public void retire() {
        client.drop();
    }

    @Override
    public void ending() {
        ending = true;
        if (!delivering) {
            client.ending();
        }
    }

    @Override
    public void cut() {
        client.ending();
        client.cut();
    }

    @Override
    public void close(Deadline deadline) {
        client.ending();
        client.drop();
    }
}
