package org.outlookmail.secret;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.KeyGenerator;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Covers secrets in memory, under a key of this JVM. Not against somebody who can read the memory: against tools that write
 * the fields of objects into files when something fails, as Open Liberty's first failure data capture (FFDC) does. Those
 * show the fields of the objects at hand, and no object has this class.
 *
 * <p>Thread rule: free for any thread.
 */
final class Veil {

    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final SecretKey KEY = key("AES", 256);
    private static final SecretKey DIGEST_KEY = key("HmacSHA256", 256);

    private Veil() {}

    private static SecretKey key(String algorithm, int bits) {
        try {
            KeyGenerator generator = KeyGenerator.getInstance(algorithm);
            generator.init(bits, RANDOM);
            return generator.generateKey();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has " + algorithm, impossible);
        }
    }

    static byte[] cover(String clear) {
        byte[] nonce = new byte[NONCE];
        RANDOM.nextBytes(nonce);
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, KEY, new GCMParameterSpec(TAG_BITS, nonce));
            byte[] hidden = cipher.doFinal(clear.getBytes(StandardCharsets.UTF_8));
            byte[] covered = Arrays.copyOf(nonce, NONCE + hidden.length);
            System.arraycopy(hidden, 0, covered, NONCE, hidden.length);
            return covered;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("AES with a key of our own", impossible);
        }
    }

    static String uncover(byte[] covered) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.DECRYPT_MODE, KEY, new GCMParameterSpec(TAG_BITS, covered, 0, NONCE));
            return new String(cipher.doFinal(covered, NONCE, covered.length - NONCE), StandardCharsets.UTF_8);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("covered by this very class", impossible);
        }
    }

    /** The same for the same text, and no hint at it for whoever has not the key. */
    static byte[] digest(String clear) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(DIGEST_KEY);
            return mac.doFinal(clear.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has HmacSHA256", impossible);
        }
    }
}
