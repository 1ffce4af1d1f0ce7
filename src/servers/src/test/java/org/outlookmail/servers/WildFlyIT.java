package org.outlookmail.servers;

import java.nio.file.Path;

/** WildFly, where a diagnosis hangs on the exception as a suppressed one. */
class WildFlyIT extends ServerContract {
    @Override
    AppServer start(Box tenant, Path folder) throws Exception {
        Path home = Path.of(System.getProperty("homes"), "wildfly-" + System.getProperty("wildfly.version"));
        return WildFly.start(home, tenant, folder);
    }

    @Override
    String failedCommit() {
        return "OMC-3301 ";
    }
}
