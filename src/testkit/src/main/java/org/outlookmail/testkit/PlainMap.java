package org.outlookmail.testkit;

import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A map that several threads may use and that cannot compare and replace in one step, as Liberty's DistributedMap. */
public final class PlainMap extends AbstractMap<String, String> {

    private final Map<String, String> map = new ConcurrentHashMap<>();

    @Override
    public Set<Entry<String, String>> entrySet() {
        return map.entrySet();
    }

    @Override
    public String put(String key, String value) {
        return map.put(key, value);
    }
}
