package org.outlookmail.mail.graph;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Numbers for what Graph knows by texts: the same for the same immutable id, on every server and for ever, but without the
 * order that IMAP promises of its UIDs (RFC 3501, section 2.3.1.1).
 */
final class GraphUid {

    private GraphUid() {}

    /** Of a message; 62 bits, so that two of a million messages are the same once in four million such mailboxes. */
    static long of(String id) {
        return 1 + (digest(id) >>> 2);
    }

    /** Of a folder, for UIDVALIDITY, which has 32 bits. */
    static long validity(String folderId) {
        return 1 + (digest(folderId) >>> 33);
    }

    private static long digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(digest).getLong();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
