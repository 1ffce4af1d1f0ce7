package org.outlookmail.cluster;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.outlookmail.secret.Secret;

/**
 * Seals what goes into the shared cache (AES-256-GCM, NIST SP 800-38D) and names it by a keyed hash (HMAC-SHA-256), so
 * that neither the cache's memory nor its traffic shows a token, a secret, or which tenant they belong to. The keys come
 * from a passphrase by PBKDF2 (RFC 8018), which takes a tenth of a second: keep the instance.
 *
 * <p>Thread rule: immutable, free for any thread.
 */
public final class EntryCipher {

    private static final int ITERATIONS = 120_000;
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final byte VERSION = 1;

    private final SecretKeySpec sealingKey;
    private final SecretKeySpec namingKey;
    private final SecureRandom random = new SecureRandom();

    /**
     * @param passphrase the same on every node; not null
     * @param salt separates uses of one passphrase; public
     */
    public EntryCipher(Secret passphrase, String salt) {
        PBEKeySpec spec = new PBEKeySpec(
                passphrase.reveal().toCharArray(),
                salt.getBytes(StandardCharsets.UTF_8),
                ITERATIONS,
                2 * KEY_BYTES * 8);
        try {
            byte[] keys = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(spec)
                    .getEncoded();
            sealingKey = new SecretKeySpec(keys, 0, KEY_BYTES, "AES");
            namingKey = new SecretKeySpec(keys, KEY_BYTES, KEY_BYTES, "HmacSHA256");
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every Java 17 platform offers PBKDF2WithHmacSHA256", missing);
        } finally {
            spec.clearPassword();
        }
    }

    /** A name for the cache that reveals nothing of what it names. */
    public String name(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(namingKey);
            byte[] digest = mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every Java 17 platform offers HmacSHA256", missing);
        }
    }

    /**
     * Encrypts a text for one place in the cache.
     *
     * @param name where it will stand; a sealed text moved elsewhere does not open
     * @param text what to hide
     */
    public String seal(String name, String text) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] hidden = cipher(Cipher.ENCRYPT_MODE, nonce, name).doFinal(text.getBytes(StandardCharsets.UTF_8));
            ByteBuffer all = ByteBuffer.allocate(1 + NONCE_BYTES + hidden.length);
            all.put(VERSION).put(nonce).put(hidden);
            return Base64.getEncoder().encodeToString(all.array());
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every Java 17 platform offers AES/GCM/NoPadding", missing);
        }
    }

    /**
     * Decrypts what {@link #seal} made.
     *
     * @return empty if it was sealed with another key, for another place, or was altered
     */
    public Optional<String> open(String name, String hidden) {
        try {
            byte[] all = Base64.getDecoder().decode(hidden);
            // Shorter than an empty text's: not ours, and some platforms answer it with a RuntimeException.
            if (all.length < 1 + NONCE_BYTES + TAG_BITS / 8 || all[0] != VERSION) {
                return Optional.empty();
            }
            byte[] nonce = Arrays.copyOfRange(all, 1, 1 + NONCE_BYTES);
            byte[] text = cipher(Cipher.DECRYPT_MODE, nonce, name)
                    .doFinal(all, 1 + NONCE_BYTES, all.length - 1 - NONCE_BYTES);
            return Optional.of(new String(text, StandardCharsets.UTF_8));
        } catch (GeneralSecurityException | IllegalArgumentException foreign) {
            // An entry of another key is not ours to read; the caller treats it as absent and replaces it.
            return Optional.empty();
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String name) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, sealingKey, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(name.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
