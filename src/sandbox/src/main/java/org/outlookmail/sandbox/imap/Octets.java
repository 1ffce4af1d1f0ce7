package org.outlookmail.sandbox.imap;

import com.icegreen.greenmail.store.StoredMessage;
import jakarta.mail.MessagingException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The octets of a message in GreenMail's store. Stateless. */
public final class Octets {
    private Octets() {}

    /** All of them, header and body. */
    public static byte[] of(StoredMessage stored) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        try {
            stored.getMimeMessage().writeTo(octets);
        } catch (IOException e) {
            throw new UncheckedIOException("A stored message cannot be read", e);
        } catch (MessagingException e) {
            throw new IllegalStateException("A stored message cannot be read", e);
        }
        return octets.toByteArray();
    }
}
