package org.outlookmail.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.outlookmail.cluster.EntryKeys;
import org.outlookmail.cluster.Lease;
import org.outlookmail.cluster.Place;
import org.outlookmail.cluster.SealedEntries;
import org.outlookmail.cluster.SharedEntries;
import org.outlookmail.secret.Secret;
import org.outlookmail.testkit.SettableClock;
import org.outlookmail.testkit.SharedMapProbe;

/** What lies in the shared cache, and who can read it. */
@Tag("unit")
class ClusterTokenCacheTest {

    private static final TokenRequest REQUEST = Nodes.REQUEST;
    private static final Instant NOW = Instant.parse("2026-11-20T08:00:00Z");
    private static final AccessToken TOKEN =
            new AccessToken("eyJhbGciOi.the-token.signature", NOW, NOW.plusSeconds(3600));

    private final SettableClock clock = new SettableClock();
    private final SharedMapProbe probe = new SharedMapProbe();
    private final ClusterTokenCache cache = cache(null);

    private ClusterTokenCache cache(String key) {
        return cache(key, null);
    }

    private ClusterTokenCache cache(String key, String previous) {
        EntryKeys keys = new EntryKeys(
                Optional.ofNullable(key).map(Secret::of),
                Optional.ofNullable(previous).map(Secret::of));
        return new ClusterTokenCache(Nodes.cluster(probe, keys, clock));
    }

    private static Optional<AccessToken> get(ClusterTokenCache cache, TokenRequest request) {
        return cache.get(request, material(request));
    }

    private static Secret material(TokenRequest request) {
        return ((Credential.ClientSecret) request.credential()).material();
    }

    @Test
    void aTokenComesBackAsItWas() {
        cache.put(REQUEST, material(REQUEST), TOKEN);

        assertThat(get(cache, REQUEST)).contains(TOKEN);
        assertThat(get(cache(null), REQUEST)).contains(TOKEN);
    }

    @Test
    void neitherKeysNorValuesShowAnything() {
        cache.put(REQUEST, material(REQUEST), TOKEN);
        cache.lease(REQUEST, Nodes.MATERIAL).acquire();
        List<String> visible = new ArrayList<>();
        probe.entries().forEach((name, value) -> {
            visible.add(name);
            visible.add(value);
            visible.add(decoded(name));
            visible.add(decoded(value));
        });

        assertThat(visible)
                .hasSize(8)
                .allSatisfy(text -> assertThat(text)
                        .doesNotContain("eyJhbGciOi", "the-token")
                        .doesNotContain(Nodes.MATERIAL.reveal())
                        .doesNotContain(REQUEST.tenantId(), REQUEST.clientId(), REQUEST.scope(), "login.example.com"));
    }

    private static String decoded(String text) {
        try {
            return new String(
                    Base64.getUrlDecoder().decode(text.replace('+', '-').replace('/', '_')),
                    StandardCharsets.ISO_8859_1);
        } catch (IllegalArgumentException notEncoded) {
            return text;
        }
    }

    @Test
    void anotherSecretTenantClientScopeOrAuthorityNamesAnotherEntry() {
        cache.put(REQUEST, material(REQUEST), TOKEN);
        URI endpoint = REQUEST.tokenEndpoint();
        List<TokenRequest> others = List.of(
                Nodes.request("another secret"),
                request(endpoint, "t", REQUEST.clientId(), REQUEST.scope()),
                request(endpoint, REQUEST.tenantId(), "c", REQUEST.scope()),
                request(endpoint, REQUEST.tenantId(), REQUEST.clientId(), "s"),
                request(
                        URI.create("https://elsewhere.example.com/token"),
                        REQUEST.tenantId(),
                        REQUEST.clientId(),
                        REQUEST.scope()));

        assertThat(others).allSatisfy(other -> assertThat(get(cache, other)).isEmpty());
        ClusterTokenCache withKey = cache("one key for all");
        withKey.put(REQUEST, material(REQUEST), TOKEN);
        assertThat(others).allSatisfy(other -> assertThat(get(withKey, other)).isEmpty());
    }

    private static TokenRequest request(URI endpoint, String tenant, String client, String scope) {
        return new TokenRequest(endpoint, tenant, client, REQUEST.credential(), scope, REQUEST.http());
    }

    @Test
    void howTheEndpointIsReachedNamesNoOtherEntry() {
        cache.put(REQUEST, Nodes.MATERIAL, TOKEN);
        TokenRequest slower = new TokenRequest(
                REQUEST.tokenEndpoint(),
                REQUEST.tenantId(),
                REQUEST.clientId(),
                REQUEST.credential(),
                REQUEST.scope(),
                HttpSettings.direct(Duration.ofSeconds(9), Duration.ofSeconds(9)));

        assertThat(get(cache, slower)).contains(TOKEN);
    }

    @Test
    void whileAKeyIsReplacedItsEntriesCanBeReadAndNewOnesHaveTheNewKey() {
        cache("old key").put(REQUEST, Nodes.MATERIAL, TOKEN);
        ClusterTokenCache changing = cache("new key", "old key");
        assertThat(get(changing, REQUEST)).contains(TOKEN);

        AccessToken newer = new AccessToken("newer", NOW, TOKEN.expiresAt());
        changing.put(REQUEST, Nodes.MATERIAL, newer);
        assertThat(get(changing, REQUEST)).contains(newer);
        assertThat(get(cache("new key"), REQUEST)).contains(newer);
        assertThat(get(cache("old key"), REQUEST))
                .as("a server not changed yet")
                .contains(TOKEN);
    }

    @Test
    void aTokenIsRemovedUnderWhicheverKey() {
        cache("old key").put(REQUEST, Nodes.MATERIAL, TOKEN);
        ClusterTokenCache changing = cache("new key", "old key");
        changing.put(REQUEST, Nodes.MATERIAL, TOKEN);
        changing.remove(REQUEST, Nodes.MATERIAL, TOKEN);

        assertThat(probe.entries()).isEmpty();
    }

    @Test
    void anEntryOfAnotherVersionCountsAsAbsent() {
        SealedEntries entries =
                new SealedEntries(SharedEntries.of(probe), new EntryKeys(Optional.empty(), Optional.empty()));
        entries.put(Place.of("token", REQUEST.identity(), Nodes.MATERIAL), "1\ntwo fields");

        assertThat(get(cache, REQUEST)).isEmpty();
    }

    @Test
    void twoNodesWithTheSameTokenCacheKeyShareAToken() {
        cache("the cache's passphrase").put(REQUEST, material(REQUEST), TOKEN);

        assertThat(get(cache("the cache's passphrase"), REQUEST)).contains(TOKEN);
    }

    @Test
    void aNodeWithAnotherTokenCacheKeyOrNoneSeesNothing() {
        cache("the cache's passphrase").put(REQUEST, material(REQUEST), TOKEN);

        assertThat(get(cache("another passphrase"), REQUEST)).isEmpty();
        assertThat(get(cache, REQUEST)).isEmpty();
    }

    @Test
    void anEntryMovedToAnotherNameCountsAsAbsent() {
        TokenRequest other = Nodes.request("another secret");
        ClusterTokenCache withKey = cache("one key for all, so that only the name differs");
        withKey.put(REQUEST, material(REQUEST), TOKEN);
        Map.Entry<String, String> theirs = probe.entries().entrySet().iterator().next();
        withKey.put(other, material(other), new AccessToken("another token", NOW, NOW));
        probe.entries().keySet().forEach(name -> probe.put(name, theirs.getValue()));

        assertThat(get(withKey, REQUEST)).contains(TOKEN);
        assertThat(get(withKey, other)).isEmpty();
    }

    @Test
    void anAlteredEntryCountsAsAbsentAndIsReplaced() {
        cache.put(REQUEST, material(REQUEST), TOKEN);
        probe.entries().forEach((name, value) -> probe.put(name, altered(value)));
        assertThat(get(cache, REQUEST)).isEmpty();

        cache.put(REQUEST, material(REQUEST), TOKEN);
        assertThat(get(cache, REQUEST)).contains(TOKEN);
    }

    private static String altered(String sealed) {
        byte[] bytes = Base64.getDecoder().decode(sealed);
        bytes[bytes.length - 1] ^= 1;
        return Base64.getEncoder().encodeToString(bytes);
    }

    @Test
    void removingChecksTheValueNotTheMomentOfExpiry() {
        AccessToken finer =
                new AccessToken(TOKEN.value(), NOW, TOKEN.expiresAt().plusNanos(1));
        cache.put(REQUEST, material(REQUEST), finer);
        cache.remove(REQUEST, Nodes.MATERIAL, new AccessToken("another", NOW, finer.expiresAt()));
        assertThat(get(cache, REQUEST)).isPresent();

        cache.remove(REQUEST, Nodes.MATERIAL, finer);
        assertThat(get(cache, REQUEST)).isEmpty();
    }

    @Test
    void aTokenStoredWhileAnOldOneIsRemovedStays() {
        cache.put(REQUEST, material(REQUEST), TOKEN);
        AccessToken newer = new AccessToken("newer", NOW, TOKEN.expiresAt());
        probe.before("remove", () -> cache(null).put(REQUEST, material(REQUEST), newer));
        cache.remove(REQUEST, Nodes.MATERIAL, TOKEN);

        assertThat(get(cache, REQUEST)).contains(newer);
    }

    @Test
    void oneNodeAtATimeHasTheLease() {
        Lease mine = cache.lease(REQUEST, Nodes.MATERIAL);
        Lease theirs = cache(null).lease(REQUEST, Nodes.MATERIAL);

        assertThat(mine.acquire()).isTrue();
        assertThat(theirs.acquire()).isFalse();
        theirs.release();
        assertThat(theirs.acquire()).isFalse();
        mine.release();
        assertThat(theirs.acquire()).isTrue();
    }

    @Test
    void aNodeWhoseLeaseRanOutDoesNotEndItsSuccessors() {
        Lease late = cache.lease(REQUEST, Nodes.MATERIAL);
        Lease successor = cache(null).lease(REQUEST, Nodes.MATERIAL);
        assertThat(late.acquire()).isTrue();
        clock.advance(TokenFetch.LEASE);
        assertThat(successor.acquire()).isTrue();
        late.release();

        clock.advance(Duration.ofSeconds(1));
        assertThat(cache.lease(REQUEST, Nodes.MATERIAL).acquire()).isFalse();
    }

    @Test
    void ofTwoNodesThatSeeALeaseRunOutOneGetsIt() {
        assertThat(cache.lease(REQUEST, Nodes.MATERIAL).acquire()).isTrue();
        clock.advance(TokenFetch.LEASE);
        Lease faster = cache(null).lease(REQUEST, Nodes.MATERIAL);
        probe.before("replace", () -> assertThat(faster.acquire()).isTrue());

        assertThat(cache.lease(REQUEST, Nodes.MATERIAL).acquire()).isFalse();
    }
}
