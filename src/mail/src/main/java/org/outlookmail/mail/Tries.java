package org.outlookmail.mail;

import jakarta.mail.MessagingException;
import java.util.Optional;
import org.outlookmail.Diagnosis;

/**
 * The one rule for trying again, within one call of an application: at once and once, if a connection that had rested was
 * found dead or its token had run out; after a pause of the whole mailbox, if the server throttles; after a moment, if it is
 * not available; otherwise never. What waits waits within the call's patience.
 *
 * <p>Thread rule: one thread.
 */
final class Tries {

    private final Quota quota;
    private final Call call;
    private boolean renewed;

    Tries(Quota quota, Call call) {
        this.quota = quota;
        this.call = call;
    }

    /**
     * Whether to try again now.
     *
     * @param afresh whether another connection, or another token, is likely to make the difference
     * @throws MessagingException diagnosed: the wait was ended from outside
     */
    boolean again(Diagnosis failure, boolean afresh) throws MessagingException {
        if (afresh && !renewed) {
            renewed = true;
            return true;
        }
        return switch (failure.code()) {
            case MAIL_THROTTLED -> quota.throttled(failure.retryAfter(), call.turn());
            case MAIL_SERVER_UNAVAILABLE -> quota.unavailable(call.turn());
            default -> false;
        };
    }

    /** Something that opens a connection, tried until it succeeds or is not to be tried again. */
    @FunctionalInterface
    interface Opening<T> {
        T open(Call call) throws MessagingException;
    }

    /** Opens it; a connection that cannot be made is no other than the first one. */
    <T> T opened(Opening<T> opening) throws MessagingException {
        while (true) {
            call.tried();
            try {
                return opening.open(call);
            } catch (MessagingException failure) {
                Optional<Diagnosis> diagnosis = Diagnosis.of(failure);
                if (diagnosis.isEmpty() || !again(diagnosis.get(), false)) {
                    throw failure;
                }
            }
        }
    }
}
