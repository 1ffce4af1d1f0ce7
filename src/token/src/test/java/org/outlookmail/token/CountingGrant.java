package org.outlookmail.token;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;

/** An identity provider without a network: counts requests, holds them up or refuses them as told. Free for any thread. */
final class CountingGrant implements Grant {

    static final Duration LIFE = Duration.ofHours(1);

    private final String name;
    private final Clock clock;
    private final AtomicInteger requests = new AtomicInteger();
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private volatile boolean refusing;

    CountingGrant(String name, Clock clock) {
        this.name = name;
        this.clock = clock;
    }

    /** The next requests get no answer before {@link #release}. */
    void hold() {
        gate = new CountDownLatch(1);
    }

    void release() {
        gate.countDown();
    }

    /** Whether the next requests are refused, with code CLIENT_SECRET_WRONG and a wait of 7 seconds. */
    void refuse(boolean refuse) {
        refusing = refuse;
    }

    int requests() {
        return requests.get();
    }

    @Override
    public AccessToken acquire(TokenRequest request) throws TokenException {
        int number = requests.incrementAndGet();
        try {
            gate.await();
        } catch (InterruptedException interrupted) {
            throw new AssertionError("nobody interrupts a request", interrupted);
        }
        if (refusing) {
            throw new TokenException(
                    Diagnosis.of(DiagnosisCode.CLIENT_SECRET_WRONG, "Refused: request " + number + ".", Map.of()),
                    Duration.ofSeconds(7),
                    null);
        }
        // Finer than the milliseconds that a cache entry keeps.
        Instant now = clock.instant();
        return new AccessToken(name + "-token-" + number, now, now.plus(LIFE).plusNanos(123_456));
    }
}
