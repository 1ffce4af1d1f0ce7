package org.outlookmail.token;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.outlookmail.secret.Secret;

/** Finds the key in a PKCS#12 or JKS key store. */
final class KeyStoreKey {

    private KeyStoreKey() {}

    static KeyStoreFile.Entry read(byte[] content, Optional<Secret> password, Optional<String> alias)
            throws IOException, GeneralSecurityException {
        char[] secret = password.map(value -> value.reveal().toCharArray()).orElseGet(() -> new char[0]);
        // The JDK's PKCS12 reads JKS too (keystore.type.compat).
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(new ByteArrayInputStream(content), secret);
        String name = alias.isPresent() ? alias.get() : onlyKey(store);
        if (!(store.getKey(name, secret) instanceof PrivateKey key)) {
            throw new IOException("there is no private key named " + name + " in it; it has " + keys(store));
        }
        List<X509Certificate> chain = new ArrayList<>();
        Certificate[] known = store.getCertificateChain(name);
        if (known == null) {
            throw new IOException("there is no certificate of the private key " + name + " in it");
        }
        for (Certificate certificate : known) {
            chain.add((X509Certificate) certificate);
        }
        return new KeyStoreFile.Entry(key, chain);
    }

    private static String onlyKey(KeyStore store) throws IOException, GeneralSecurityException {
        List<String> keys = keys(store);
        if (keys.size() != 1) {
            throw new IOException(
                    keys.isEmpty()
                            ? "there is no private key in it"
                            : "there are several keys in it, " + keys + ": name one as clientCertificateAlias");
        }
        return keys.get(0);
    }

    private static List<String> keys(KeyStore store) throws GeneralSecurityException {
        List<String> keys = new ArrayList<>();
        for (String alias : Collections.list(store.aliases())) {
            if (store.isKeyEntry(alias)) {
                keys.add(alias);
            }
        }
        return keys;
    }
}
