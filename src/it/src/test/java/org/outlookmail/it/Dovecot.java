package org.outlookmail.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;

/**
 * A real Dovecot as a child process: IMAP and POP3 for users with {@link MailTokens}, LMTP for what comes in, and the check
 * of tokens for Postfix. Every address has a mailbox. Needs root and the user vmail. {@link #close} ends it.
 */
final class Dovecot implements AutoCloseable {

    private final ServerProcess process;

    /** Starts it in a new folder and waits until it answers. */
    Dovecot(Path folder, Path log, ServerPorts ports, ServerCertificate certificate, MailTokens tokens)
            throws IOException {
        Files.createDirectories(folder);
        UserPrincipal vmail =
                folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(RealMailServers.MAIL_USER);
        Files.setOwner(Files.createDirectory(folder.resolve("mail")), vmail);
        Path keys = Files.createDirectories(folder.resolve("keys/default/RS256"));
        Files.writeString(
                keys.resolve(MailTokens.KEY_ID),
                Pem.of("PUBLIC KEY", tokens.publicKey().getEncoded()));

        ConfigurationFile files = new ConfigurationFile(ports.numbers())
                .with("folder", folder)
                .with("certificate", certificate.certificate())
                .with("key", certificate.key())
                .with("issuer", tokens.issuer());
        Path configuration = folder.resolve("dovecot.conf");
        files.write("dovecot.conf", configuration);
        files.write("dovecot-token.conf", folder.resolve("user-token.conf"), "username_attribute = upn\n");
        // Dovecot compares the format filled with the name at login to the format filled with the claim: equal for an
        // application's token, whoever logs in.
        files.write("dovecot-token.conf", folder.resolve("application-token.conf"), """
                username_attribute = idtyp
                username_format = %{if;%{user};eq;user;delegated;any}
                """);
        process = new ServerProcess(
                List.of(RealMailServers.DOVECOT.toString(), "-F", "-c", configuration.toString()),
                log,
                ports.of("imap", "imaps", "pop3", "pop3s", "lmtp", "sasl"));
    }

    @Override
    public void close() {
        process.close();
    }
}
