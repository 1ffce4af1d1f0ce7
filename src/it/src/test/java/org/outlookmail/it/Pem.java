package org.outlookmail.it;

import java.util.Base64;

/** The text form of keys and certificates (RFC 7468). Stateless. */
final class Pem {

    private Pem() {}

    /** {@code label} is PUBLIC KEY, PRIVATE KEY or CERTIFICATE. */
    static String of(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + label + "-----\n";
    }
}
