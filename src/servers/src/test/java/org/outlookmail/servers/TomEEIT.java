package org.outlookmail.servers;

import java.nio.file.Path;

/** TomEE, which derives a class from that of the handle. */
class TomEEIT extends ServerContract {
    @Override
    AppServer start(Box tenant, Path folder) throws Exception {
        Path home = Path.of(System.getProperty("homes"), "apache-tomee-plus-" + System.getProperty("tomee.version"));
        return TomEE.start(home, tenant, folder);
    }

    @Override
    String failedCommit() {
        return "OMC-3301 ";
    }
}
