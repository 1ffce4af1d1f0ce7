package org.outlookmail.sandbox.entra;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.UUID;

/** A made-up Google service account with a key of its own. Immutable. */
final class ServiceAccount {
    private final KeyPair keys;
    private final String keyId = UUID.randomUUID().toString().replace("-", "");
    private final String tokenUri;

    ServiceAccount(String tokenUri) {
        this.tokenUri = tokenUri;
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            keys = generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JDK cannot make RSA keys", e);
        }
    }

    String email() {
        return "mailer@sandbox-project.iam.gserviceaccount.com";
    }

    String keyId() {
        return keyId;
    }

    String tokenUri() {
        return tokenUri;
    }

    RSAPublicKey publicKey() {
        return (RSAPublicKey) keys.getPublic();
    }

    /** The key file, as Google Cloud hands it out. */
    String keyFile() {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(keys.getPrivate().getEncoded());
        ObjectNode file = new ObjectMapper().createObjectNode();
        file.put("type", "service_account");
        file.put("project_id", "sandbox-project");
        file.put("private_key_id", keyId);
        file.put("private_key", "-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----\n");
        file.put("client_email", email());
        file.put("client_id", "104857600000000000000");
        file.put("auth_uri", "https://accounts.google.com/o/oauth2/auth");
        file.put("token_uri", tokenUri);
        file.put("universe_domain", "googleapis.com");
        return file.toPrettyString();
    }
}
