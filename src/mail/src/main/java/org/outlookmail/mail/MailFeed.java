package org.outlookmail.mail;

import jakarta.mail.MessagingException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * What comes into one folder of a mailbox, from one checkpoint to the next. Whoever reads it keeps the checkpoint once he has
 * dealt with the news; who does not is told them again.
 *
 * <p>Thread rule: one thread at a time. Whoever made it closes it.
 */
public interface MailFeed extends AutoCloseable {

    /**
     * A message that is there.
     *
     * @param id names it as long as it is in its mailbox, in whichever folder
     * @param received when the server got it
     * @param seen whether somebody has read it
     */
    record Arrival(String id, Instant received, boolean seen) {

        public Arrival {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(received, "received");
        }
    }

    /**
     * What has come.
     *
     * @param arrivals in the order in which the server got them, each once
     * @param checkpoint where to go on; a text for {@link #since}
     */
    record News(List<Arrival> arrivals, String checkpoint) {

        public News {
            arrivals = List.copyOf(arrivals);
            Objects.requireNonNull(checkpoint, "checkpoint");
        }
    }

    /**
     * What has come since a checkpoint; all that is there, if there is none.
     *
     * @param checkpoint of earlier news of the same folder; empty for none; not null
     * @throws MessagingException diagnosed; the checkpoint stays good
     */
    News since(String checkpoint) throws MessagingException;

    @Override
    void close();
}
