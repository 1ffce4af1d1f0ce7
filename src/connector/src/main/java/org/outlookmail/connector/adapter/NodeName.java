package org.outlookmail.connector.adapter;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** How this server is called where people look for it: the machine's name and the number of its process. */
final class NodeName {

    private NodeName() {}

    static String ofThisServer() {
        return host() + ":" + ProcessHandle.current().pid();
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            // A machine whose own name nobody resolves; its process still has a number.
            return "localhost";
        }
    }
}
