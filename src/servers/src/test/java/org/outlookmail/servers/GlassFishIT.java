package org.outlookmail.servers;

import java.nio.file.Path;

/** GlassFish, whose exception at a failed commit has no cause: why it failed stands in its log. */
class GlassFishIT extends ServerContract {
    @Override
    AppServer start(Box tenant, Path folder) throws Exception {
        return GlassFish.start(Path.of(System.getProperty("homes"), "glassfish7"), tenant, folder);
    }

    @Override
    String failedCommit() {
        return "undiagnosed ";
    }
}
