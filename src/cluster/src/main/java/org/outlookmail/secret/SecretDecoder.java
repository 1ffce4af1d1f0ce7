package org.outlookmail.secret;

import java.lang.reflect.InvocationTargetException;
import java.util.regex.Pattern;
import org.outlookmail.ServerWords;

/**
 * Reads secrets as an administrator writes them: in clear, or encoded by Liberty's {@code securityUtility} as
 * {@code {aes}...} or {@code {xor}...}. Liberty itself decodes only properties whose name contains "password", so its
 * own {@code com.ibm.websphere.crypto.PasswordUtil} is asked, where the server has it.
 */
public final class SecretDecoder {

    private static final Pattern ENCODED = Pattern.compile("\\{(aes|xor|hash|aes-128|aes-256)}.*", Pattern.DOTALL);
    private static final String UNDECODABLE =
            "cannot be decoded: encode it with this server's key (wlp.password.encryption.key, or"
                    + " wlp.aes.encryption.key) as {aes} or {xor}; a {hash} is one way and cannot be used";
    private static final String PASSWORD_UTIL = "com.ibm.websphere.crypto.PasswordUtil";

    private SecretDecoder() {}

    /** A secret that could not be read; the message names the cure and never the value. */
    public static final class UnreadableSecretException extends Exception {
        private static final long serialVersionUID = 1L;

        /**
         * @param message a predicate with the cure, and without the value; not null
         * @param cause perhaps null
         */
        public UnreadableSecretException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /**
     * Decodes a configured value.
     *
     * @param configured the property's value; not null
     * @return the value in clear text, wrapped
     * @throws UnreadableSecretException if the value is encoded and cannot be decoded here
     */
    public static Secret decode(String configured) throws UnreadableSecretException {
        if (!encoded(configured)) {
            return Secret.of(configured);
        }
        try {
            Class<?> util = Class.forName(PASSWORD_UTIL, true, loader());
            String clear = (String) util.getMethod("decode", String.class).invoke(null, configured);
            if (clear == null) {
                throw new UnreadableSecretException(UNDECODABLE, null);
            }
            return Secret.of(clear);
        } catch (ClassNotFoundException missing) {
            throw new UnreadableSecretException(
                    "is encoded, and this server has nothing to decode it: "
                            + ServerWords.atHand().decoding(),
                    missing);
        } catch (InvocationTargetException refused) {
            throw new UnreadableSecretException(UNDECODABLE, refused.getCause());
        } catch (ReflectiveOperationException | LinkageError different) {
            throw new UnreadableSecretException(
                    "is encoded, and this server's " + PASSWORD_UTIL + " cannot be used", different);
        }
    }

    /** Whether it is not in clear; not null. */
    public static boolean encoded(String configured) {
        return ENCODED.matcher(configured).matches();
    }

    private static ClassLoader loader() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        try {
            Class.forName(PASSWORD_UTIL, false, SecretDecoder.class.getClassLoader());
            return SecretDecoder.class.getClassLoader();
        } catch (ClassNotFoundException notHere) {
            return context;
        }
    }
}
