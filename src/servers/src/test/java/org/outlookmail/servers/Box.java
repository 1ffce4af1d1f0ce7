package org.outlookmail.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.outlookmail.sandbox.Sandbox;

/** The tenant behind a server. Closed by who made it. */
record Box(Sandbox sandbox, Path certificate) implements AutoCloseable {
    static final String MAILBOX = "noreply@contoso.com";
    static final String SECRET = "a-secret-that-stands-nowhere";

    static Box start(Path folder) throws IOException {
        Sandbox sandbox = Sandbox.builder().randomPorts().clientSecret(SECRET).start();
        Path certificate = Files.writeString(folder.resolve("box.pem"), sandbox.caPem());
        return new Box(sandbox, certificate);
    }

    /** The adapter's properties; {@code secret} is how this server has it. */
    Map<String, String> properties(String secret) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("tenantId", sandbox.tenantId());
        properties.put("clientId", sandbox.clientId());
        properties.put("clientSecret", secret);
        properties.put("authority", sandbox.entraUrl().toString());
        properties.put("smtpHost", "localhost");
        properties.put("smtpPort", Integer.toString(sandbox.smtpPort()));
        properties.put("storeHost", "localhost");
        properties.put("storePort", Integer.toString(sandbox.imapsPort()));
        properties.put("trustStore", certificate.toString());
        return properties;
    }

    /** Mails with that subject in the mailbox that they are sent to. */
    long received(String address, String subject) {
        return sandbox.messages(address).stream()
                .filter(message -> message.subject().equals(subject))
                .count();
    }

    @Override
    public void close() {
        sandbox.close();
    }
}
