package org.outlookmail.mail.graph;

import jakarta.mail.MessagingException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.outlookmail.OneLine;
import org.outlookmail.mail.Call;
import org.outlookmail.mail.Deadline;
import org.outlookmail.mail.DeliveryFailure;

/**
 * Sends a message through a draft, of which there is one and no second: so that the request to send it may be repeated, and
 * its immutable id tells afterwards whether it has gone. Until then nothing has been sent; what fails before leaves nothing
 * behind, if Graph lets it be removed.
 *
 * <p>Thread rule: one use, one thread.
 */
final class DraftSending {

    private static final Logger LOG = System.getLogger(DraftSending.class.getName());

    /** Graph tells whole seconds. */
    private static final Duration TICK = Duration.ofSeconds(1);

    /** Where a message stands. */
    private enum Place {
        DRAFT,
        SENT,
        GONE
    }

    private final GraphClient client;
    private final SendFailures failures;
    private final String messageId;

    /** When the draft was made, by Graph's clock. */
    private Instant createdAt = Instant.EPOCH;

    /** Whether a request to send it was heard, and nobody said what has become of it. */
    private boolean perhapsSent;

    /** The last ones that were heard of that. */
    private String words = "";

    DraftSending(GraphClient client, SendFailures failures, String messageId) {
        this.client = client;
        this.failures = failures;
        this.messageId = messageId == null ? "" : messageId;
    }

    Optional<DeliveryFailure> send(Draft draft, Call call) throws MessagingException, IOException {
        String id;
        try {
            id = created(draft, call);
        } catch (UnansweredException | RefusedException failure) {
            client.requireOpen();
            return Optional.of(failures.notSent(failure));
        }
        boolean left = false;
        try {
            new Attaching(client, id).all(draft.attachments(), call.turn());
            Optional<DeliveryFailure> failure = sent(id, call);
            left = failure.isEmpty() || failure.get().outcome() == DeliveryFailure.Outcome.UNKNOWN;
            return failure;
        } catch (MessagingException failure) {
            client.requireOpen();
            return Optional.of(failures.notSent(failure));
        } finally {
            if (!left) {
                removed(id);
            }
        }
    }

    /**
     * The id of a draft. Of one that was perhaps made, and nobody said so, another one is made: who looks for it by its
     * Message-ID could find what the application has put there before.
     */
    private String created(Draft draft, Call call) throws MessagingException {
        long started = System.nanoTime();
        GraphReply reply = null;
        try {
            reply = client.asked(draft.creation(), call.turn());
        } catch (UnansweredException broken) {
            if (!broken.heard()) {
                throw broken;
            }
        }
        boolean unsure = reply == null || reply.unsettled();
        GraphReply made = unsure ? client.done(draft.creation(), call.turn()) : reply;
        String id = made.json().text("id");
        if (!made.success() || id.isEmpty()) {
            throw new RefusedException(draft.creation(), made);
        }
        createdAt = created(made.json());
        if (unsure) {
            forgotten(id, Duration.ofNanos(System.nanoTime() - started), call.turn());
        }
        return id;
    }

    /** By Graph's clock. */
    private static Instant created(Json message) {
        try {
            return Instant.parse(message.text("createdDateTime"));
        } catch (DateTimeException untold) {
            return Instant.EPOCH;
        }
    }

    /** Removes what may have been made before, as far as it is certain that it was made since then; nothing depends on it. */
    private void forgotten(String id, Duration elapsed, Deadline turn) {
        try {
            Instant since = createdAt.minus(elapsed).minus(TICK);
            for (String each : in("drafts", since, turn)) {
                if (!each.equals(id)) {
                    removed(each);
                }
            }
        } catch (MessagingException remains) {
            LOG.log(Level.DEBUG, () -> "a second draft may stay in Drafts: " + OneLine.of(remains.toString()));
        }
    }

    /** The ids of this message in a folder, as far as it was made since then. */
    private List<String> in(String folder, Instant since, Deadline turn) throws MessagingException {
        if (messageId.isEmpty() || createdAt.equals(Instant.EPOCH)) {
            return List.of(); // Who cannot tell its time could take an older one for it.
        }
        String filter = "internetMessageId eq '" + messageId.replace("'", "''") + "'";
        GraphReply found = client.done(
                GraphRequest.get(client.path("mailFolders", folder, "messages")
                        + "?$top=50&$select=id,createdDateTime&$filter=" + GraphRequest.encoded(filter)),
                turn);
        return found.json().list("value").stream()
                .filter(each -> !created(each).isBefore(since))
                .map(each -> each.text("id"))
                .toList();
    }

    private Optional<DeliveryFailure> sent(String id, Call call) throws MessagingException {
        try {
            return repeated(id, call);
        } catch (MessagingException failure) {
            if (!perhapsSent) {
                throw failure;
            }
            // Whatever ends the search for it, such as whoever closes this: it may have gone.
            return Optional.of(failures.unknown(
                    client.server() + " did not say whether it sends the draft, and could not be asked where it is.",
                    words,
                    failure));
        }
    }

    private Optional<DeliveryFailure> repeated(String id, Call call) throws MessagingException {
        GraphRequest sending =
                GraphRequest.post(client.path("messages", id, "send"), Map.of()).needing("Mail.Send");
        RefusedException refusal;
        do {
            GraphReply reply = null;
            try {
                reply = client.asked(sending, call.turn());
                words = reply.words();
            } catch (UnansweredException broken) {
                words = String.valueOf(broken.getMessage());
                if (!broken.heard() && !perhapsSent) {
                    throw broken;
                }
            }
            if (reply != null && reply.status() == 202) {
                return Optional.empty();
            }
            boolean clear = reply != null && !reply.success() && !reply.unsettled();
            if (clear && !perhapsSent && reply.status() != 404) {
                throw new RefusedException(sending, reply);
            }
            perhapsSent |= !clear;
            Place place = place(id, call);
            if (place == Place.SENT) {
                return Optional.empty();
            }
            if (place == Place.GONE && perhapsSent) {
                return gone(call);
            }
            if (place == Place.GONE) {
                throw new RefusedException(sending, reply);
            }
            // It is still a draft, of which there is one: to ask once more sends it once.
            refusal = perhapsSent ? null : new RefusedException(sending, reply);
        } while (!call.end().left().isZero() && client.waited(call.end()));
        if (refusal != null) {
            throw refusal;
        }
        return Optional.of(failures.unknown(
                client.server() + " did not say whether it sends the draft, which is still in Drafts.", words, null));
    }

    private Place place(String id, Call call) throws MessagingException {
        GraphRequest asking = GraphRequest.get(client.path("messages", id) + "?$select=isDraft");
        while (true) {
            GraphReply reply;
            try {
                reply = client.asked(asking, call.end());
            } catch (UnansweredException broken) {
                if (call.end().left().isZero() || !client.waited(call.end())) {
                    throw broken;
                }
                continue;
            }
            if (reply.success()) {
                return reply.json().flag("isDraft").orElse(true) ? Place.DRAFT : Place.SENT;
            }
            // What was made, or moved, a moment ago may not be found yet.
            if (reply.status() != 404 || call.end().left().isZero() || !client.waited(call.end())) {
                return reply.status() == 404 ? Place.GONE : Place.DRAFT;
            }
        }
    }

    /** It is no draft any more; who sent it has moved it, or has kept no copy. */
    private Optional<DeliveryFailure> gone(Call call) throws MessagingException {
        if (!in("sentitems", createdAt, call.end()).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(failures.unknown(
                "The draft is neither in Drafts nor in Sent Items any more: it was sent and not kept, or somebody has deleted"
                        + " it.",
                words,
                null));
    }

    private void removed(String id) {
        try {
            client.done(GraphRequest.delete(client.path("messages", id)), client.turn());
        } catch (MessagingException remains) {
            LOG.log(Level.DEBUG, () -> "a draft that was not sent stays in Drafts: " + OneLine.of(remains.toString()));
        }
    }
}
