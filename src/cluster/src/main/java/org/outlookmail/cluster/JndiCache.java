package org.outlookmail.cluster;

import java.util.Map;
import javax.cache.Cache;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/**
 * A cache that somebody else has made and bound in JNDI: a {@code javax.cache.Cache}, or a {@code java.util.Map} such as
 * Liberty's {@code DistributedMap}. It is used and never closed.
 *
 * <p>Thread rule: free for any thread.
 */
final class JndiCache implements CacheBackend {

    private final String name;
    private final SharedEntries entries;

    /**
     * @param name a name that holds for the whole server, not {@code java:comp}; not null
     * @throws IllegalArgumentException if there is nothing of that name, or something else
     */
    JndiCache(String name) {
        this.name = name;
        entries = entries(name, lookup(name));
    }

    @SuppressWarnings("BanJNDI") // the name is the administrator's own, from the server's configuration
    private static Object lookup(String name) {
        try {
            return new InitialContext().lookup(name);
        } catch (NamingException missing) {
            throw new IllegalArgumentException(
                    "tokenCacheJndiName names " + name + ", and there is nothing of that name", missing);
        }
    }

    @SuppressWarnings("unchecked") // strings go in, so strings come out; of a JCache the declared types are checked
    private static SharedEntries entries(String name, Object found) {
        if (found instanceof Cache<?, ?> cache) {
            Cache<String, String> strings = (Cache<String, String>) cache;
            try {
                CacheBackend.requireStrings(strings);
            } catch (ClassCastException others) {
                throw new IllegalArgumentException(
                        "tokenCacheJndiName names " + name + ": " + others.getMessage(), others);
            }
            return SharedEntries.of(strings);
        }
        if (found instanceof Map<?, ?> map) {
            return SharedEntries.of((Map<String, String>) map);
        }
        throw new IllegalArgumentException("tokenCacheJndiName names " + name + ", which is a "
                + (found == null ? "null" : found.getClass().getName())
                + " and neither a javax.cache.Cache nor a java.util.Map");
    }

    @Override
    public SharedEntries entries() {
        return entries;
    }

    @Override
    public String description() {
        return "the server's own under " + name;
    }

    @Override
    public void close() {
        // It belongs to whoever bound it.
    }
}
