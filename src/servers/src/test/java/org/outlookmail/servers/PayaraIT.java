package org.outlookmail.servers;

import java.nio.file.Path;

/** Payara, which tells as little of a failed commit as GlassFish. */
class PayaraIT extends ServerContract {
    @Override
    AppServer start(Box tenant, Path folder) throws Exception {
        return GlassFish.start(Path.of(System.getProperty("homes"), "payara6"), tenant, folder);
    }

    @Override
    String failedCommit() {
        return "undiagnosed ";
    }
}
