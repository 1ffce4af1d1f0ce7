/**
 * What the servers of a cluster share.
 *
 * <ol>
 *   <li>{@link org.outlookmail.cluster.CacheBackend}: the cache, as its {@link org.outlookmail.cluster.CacheConfiguration}
 *       says: {@code EmbeddedCache}, {@code HazelcastCache}, {@code ProviderCache} or {@code JndiCache}
 *   <li>{@link org.outlookmail.cluster.SharedEntries}: plain strings in it
 *   <li>{@link org.outlookmail.cluster.SealedEntries}: names and encrypts them with the {@link
 *       org.outlookmail.cluster.EntryKeys}, each an {@link org.outlookmail.cluster.EntryCipher}
 *   <li>{@link org.outlookmail.cluster.Lease}: one node of the cluster goes on
 *   <li>{@code durable}: what outlives every node
 * </ol>
 */
package org.outlookmail.cluster;
