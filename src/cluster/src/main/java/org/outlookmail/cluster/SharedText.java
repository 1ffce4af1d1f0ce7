package org.outlookmail.cluster;

import java.util.function.Function;
import org.outlookmail.cluster.Register.Change;

/**
 * A text that all nodes see and change, one after the other. While the cluster's cache fails this node has one of its own.
 *
 * <p>Thread rule: free for any thread.
 */
public final class SharedText {

    private final Cluster cluster;
    private final Place place;

    SharedText(Cluster cluster, Place place) {
        this.cluster = cluster;
        this.place = place;
    }

    /** The text; empty if there is none. */
    public String read() {
        return cluster.useOrAlone(entries -> entries.register(place).read());
    }

    /** Changes the text in one step that no other node comes between. The change is computed anew as often as need be. */
    public <T> T update(Function<String, Change<T>> change) {
        return cluster.useOrAlone(entries -> entries.register(place).update(change));
    }
}
