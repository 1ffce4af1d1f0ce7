package org.outlookmail.sandbox.entra;

import com.nimbusds.jose.util.Base64URL;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Sign-ins under way (RFC 8628). Safe for any thread. */
final class DeviceCodes {
    private static final Duration LIFE = Duration.ofMinutes(15);
    private static final String LETTERS = "BCDFGHJKLMNPQRSTVWXZ23456789";

    /** One sign-in. */
    static final class Pending {
        private final String deviceCode;
        private final String userCode;
        private final String clientId;
        private final String scope;
        private final Instant expiresAt;
        private Instant lastPoll = Instant.MIN;
        private String upn = "";
        private boolean declined;

        private Pending(String deviceCode, String userCode, String clientId, String scope, Instant expiresAt) {
            this.deviceCode = deviceCode;
            this.userCode = userCode;
            this.clientId = clientId;
            this.scope = scope;
            this.expiresAt = expiresAt;
        }

        String deviceCode() {
            return deviceCode;
        }

        String userCode() {
            return userCode;
        }

        String scope() {
            return scope;
        }

        long expiresInSeconds() {
            return LIFE.toSeconds();
        }
    }

    private final Map<String, Pending> byDevice = new HashMap<>();
    private final SecureRandom random = new SecureRandom();
    private final Clock clock;
    private final Duration interval;

    DeviceCodes(Clock clock, Duration interval) {
        this.clock = clock;
        this.interval = interval;
    }

    Duration interval() {
        return interval;
    }

    synchronized Pending start(String clientId, String scope) {
        byte[] bytes = new byte[48];
        random.nextBytes(bytes);
        StringBuilder userCode = new StringBuilder();
        for (int i = 0; i < 9; i++) {
            userCode.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        Pending pending = new Pending(
                Base64URL.encode(bytes).toString(),
                userCode.toString(),
                clientId,
                scope,
                clock.instant().plus(LIFE));
        byDevice.put(pending.deviceCode, pending);
        return pending;
    }

    /** The user has entered the code; an empty name is a refusal. */
    synchronized void answer(String userCode, String upn) {
        Pending pending = byDevice.values().stream()
                .filter(each -> each.userCode.equals(userCode.trim().toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no sign-in with that code"));
        pending.upn = upn;
        pending.declined = upn.isEmpty();
    }

    /** The name of the user who has signed in; the sign-in is over then. */
    synchronized String poll(String deviceCode, String clientId) throws EntraRefusedException {
        Pending pending = byDevice.get(deviceCode);
        if (pending == null || !pending.clientId.equalsIgnoreCase(clientId)) {
            throw new EntraRefusedException(EntraError.deviceCodeInvalid());
        }
        Instant now = clock.instant();
        if (!now.isBefore(pending.expiresAt)) {
            byDevice.remove(deviceCode);
            throw new EntraRefusedException(EntraError.deviceCodeExpired());
        }
        if (pending.declined) {
            byDevice.remove(deviceCode);
            throw new EntraRefusedException(EntraError.signInDeclined());
        }
        if (pending.upn.isEmpty()) {
            boolean hasty = now.isBefore(later(pending.lastPoll, interval));
            pending.lastPoll = now;
            throw new EntraRefusedException(hasty ? EntraError.slowDown() : EntraError.signInPending());
        }
        byDevice.remove(deviceCode);
        return pending.upn;
    }

    /** The scope that was asked for; empty for an unknown code. */
    synchronized String scope(String deviceCode) {
        Pending pending = byDevice.get(deviceCode);
        return pending == null ? "" : pending.scope;
    }

    private static Instant later(Instant moment, Duration by) {
        return moment.equals(Instant.MIN) ? moment : moment.plus(by);
    }
}
