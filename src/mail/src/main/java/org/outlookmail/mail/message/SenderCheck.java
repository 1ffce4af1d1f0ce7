package org.outlookmail.mail.message;

import java.util.Optional;
import org.outlookmail.Diagnosis;

/** Says in whose name a message may leave. It is asked of the header as it leaves, which may be later than one thinks. */
@FunctionalInterface
public interface SenderCheck {

    /** The mail server alone decides. */
    SenderCheck ANYBODY = originators -> Optional.empty();

    /**
     * What speaks against them.
     *
     * @param originators as they leave; not null
     */
    Optional<Diagnosis> objection(Originators originators);
}
