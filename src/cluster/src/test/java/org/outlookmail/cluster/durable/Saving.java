package org.outlookmail.cluster.durable;

import java.io.IOException;

/** Writes an entry whatever there is, as often as somebody else comes between. */
final class Saving {

    private Saving() {}

    static void save(DurableStore store, String name, String text) throws IOException {
        boolean done = false;
        while (!done) {
            done = store.replace(name, store.load(name), text);
        }
    }
}
