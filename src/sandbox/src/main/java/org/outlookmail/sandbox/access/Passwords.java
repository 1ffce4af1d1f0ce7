package org.outlookmail.sandbox.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The mailboxes that a password opens. Keeps digests only, so that no dump or message can show a password. Immutable, so safe
 * for any thread.
 */
public final class Passwords {
    private static final byte[] NONE = new byte[0];

    private final Map<String, byte[]> digests = new HashMap<>();

    /** Takes passwords by address, in any case of its letters. */
    public Passwords(Map<String, String> byAddress) {
        byAddress.forEach((address, password) -> digests.put(address.toLowerCase(Locale.ROOT), digest(password)));
    }

    /** Whether no mailbox has one. */
    boolean isEmpty() {
        return digests.isEmpty();
    }

    /** Whether this mailbox has one. */
    boolean has(String address) {
        return digests.containsKey(address.toLowerCase(Locale.ROOT));
    }

    /** Whether it is this one; takes the same time for every wrong password, and for mailboxes without one. */
    boolean match(String address, String password) {
        return MessageDigest.isEqual(digest(password), digests.getOrDefault(address.toLowerCase(Locale.ROOT), NONE));
    }

    private static byte[] digest(String password) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(password.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    /** Names the mailboxes only. */
    @Override
    public String toString() {
        return "Passwords" + digests.keySet();
    }
}
