package org.outlookmail.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.outlookmail.Diagnosis;

/** What a call's failure says of itself. */
public final class Failures {

    private Failures() {}

    /** What it throws; never null. */
    public static Throwable failureOf(ThrowingCallable call) {
        Throwable failure = catchThrowable(call);
        assertThat(failure).as("a failure").isNotNull();
        return failure;
    }

    /** The diagnosis of what it throws. */
    public static Diagnosis diagnosisOf(ThrowingCallable call) {
        Throwable failure = failureOf(call);
        return Diagnosis.of(failure).orElseThrow(() -> new AssertionError("no diagnosis in " + failure, failure));
    }

    /** All that a log would show of it: every message and every cause. */
    public static String allTextOf(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text + failure.toString();
    }
}
