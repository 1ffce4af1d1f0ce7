package org.outlookmail.sandbox;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Fetches a package of npm for a test; where there is no Node 20 or no network, the test is skipped. Stateless. */
final class Npm {
    private Npm() {}

    /** A program in a folder that has the package; trusts the box. */
    static ForeignProgram with(String packageAndVersion, Path folder, Sandbox box)
            throws IOException, InterruptedException {
        install(packageAndVersion, new ForeignProgram(folder, Map.of()));
        Path authority = folder.resolve("ca.pem").toAbsolutePath();
        Files.writeString(authority, box.caPem());
        // Only for the program: npm needs the authorities of this machine.
        return new ForeignProgram(folder, Map.of("NODE_EXTRA_CA_CERTS", authority.toString()));
    }

    private static void install(String packageAndVersion, ForeignProgram npm) throws IOException, InterruptedException {
        ForeignProgram.Ended version = npm.run("node", "-p", "Number(process.versions.node.split('.')[0]) >= 20");
        assumeTrue(version.output().startsWith("true"), "There is no Node 20: " + version.errors());
        Path installed = npm.folder().resolve("installed.txt");
        if (Files.exists(installed) && Files.readString(installed).equals(packageAndVersion)) {
            return;
        }
        ForeignProgram.Ended ended = npm.run(
                "npm",
                "install",
                "--prefix",
                npm.folder(),
                "--ignore-scripts",
                "--no-audit",
                "--no-fund",
                "--fetch-retries=0",
                "--fetch-timeout=20000",
                packageAndVersion);
        assumeTrue(ended.code() == 0, "npm cannot fetch " + packageAndVersion + ": " + ended.errors());
        Files.writeString(installed, packageAndVersion);
    }
}
