package org.outlookmail;

/** A throwable that carries a {@link Diagnosis}. */
public interface Diagnosed {

    /**
     * What happened, why, and what to do.
     *
     * @return never null
     */
    Diagnosis diagnosis();
}
