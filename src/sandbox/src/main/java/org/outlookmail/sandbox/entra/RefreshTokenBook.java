package org.outlookmail.sandbox.entra;

import com.nimbusds.jose.util.Base64URL;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * The refresh tokens that are out. With single use, one that comes back a second time ends its whole family (RFC 9700,
 * section 4.14.2). Safe for any thread.
 */
final class RefreshTokenBook {
    private static final int BYTES = 400;

    /** {@code family} is the sign-in that it descends from. */
    record Entry(String clientId, String upn, String scope, String family) {}

    private final Map<String, Entry> good = new HashMap<>();
    private final Map<String, Entry> used = new HashMap<>();
    private final Map<String, Integer> ended = new HashMap<>();
    private final SecureRandom random = new SecureRandom();
    private final boolean singleUse;

    RefreshTokenBook(boolean singleUse) {
        this.singleUse = singleUse;
    }

    /** The first one after a sign-in. */
    synchronized String first(String clientId, String upn, String scope) {
        return add(new Entry(clientId, upn, scope, UUID.randomUUID().toString()));
    }

    private String add(Entry entry) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        String token = "1.A" + Base64URL.encode(bytes);
        good.put(token, entry);
        return token;
    }

    /** Whose it is. */
    synchronized Entry find(String token, String clientId) throws EntraRefusedException {
        if (ended.containsKey(token)) {
            throw new EntraRefusedException(EntraError.refreshTokenEnded(ended.get(token)));
        }
        Entry reused = used.get(token);
        if (reused != null) {
            good.values().removeIf(entry -> entry.family().equals(reused.family()));
            throw new EntraRefusedException(EntraError.refreshTokenInvalid());
        }
        Entry entry = good.get(token);
        if (entry == null || !entry.clientId().equalsIgnoreCase(clientId)) {
            throw new EntraRefusedException(EntraError.refreshTokenInvalid());
        }
        return entry;
    }

    /** The next one; with single use the old one is good no more. */
    synchronized String rotate(String token, Entry entry) {
        if (singleUse) {
            good.remove(token);
            used.put(token, entry);
        }
        return add(entry);
    }

    /** All that are out meet this code from now on. */
    synchronized void endAll(int code) {
        good.keySet().forEach(token -> ended.put(token, code));
        good.clear();
    }
}
