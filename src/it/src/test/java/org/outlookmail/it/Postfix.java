package org.outlookmail.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A real Postfix as a child process: takes mail from whom Dovecot lets in, and hands it to Dovecot. Its queue and its
 * configuration are its own, not the machine's. Needs root and the user postfix. {@link #close} ends it.
 */
final class Postfix implements AutoCloseable {

    private final ServerProcess process;

    /** Starts it in a new folder and waits until it answers. */
    Postfix(Path folder, Path log, ServerPorts ports, ServerCertificate certificate, PolicyService policy)
            throws IOException {
        Path configuration = Files.createDirectories(folder.resolve("etc"));
        Files.createDirectory(folder.resolve("queue"));
        Files.setOwner(
                Files.createDirectory(folder.resolve("data")),
                folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("postfix"));
        ConfigurationFile files = new ConfigurationFile(ports.numbers())
                .with("folder", folder)
                .with("certificate", certificate.certificate())
                .with("key", certificate.key())
                .with("policy", policy.port());
        files.write("postfix-main.cf", configuration.resolve("main.cf"));
        files.write("postfix-master.cf", configuration.resolve("master.cf"));
        process = new ServerProcess(
                List.of(RealMailServers.POSTFIX.toString(), "-c", configuration.toString(), "start-fg"),
                log,
                ports.of("smtp", "smtps", "smtp-narrow", "smtp-strict"));
    }

    @Override
    public void close() {
        process.close();
    }
}
