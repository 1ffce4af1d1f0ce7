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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What lies in the shared cache, and who can read it. */
@Tag("unit")
class ClusterTokenCacheTest {

    private static final TokenRequest REQUEST = Nodes.REQUEST;
    private static final Instant NOW = Instant.parse("2026-11-20T08:00:00Z");
    private static final AccessToken TOKEN = new AccessToken("eyJhbGciOi.the-token.signature", NOW.plusSeconds(3600));

    private final EmbeddedCache backend = new EmbeddedCache("tokens");
    private final CacheProbe probe = new CacheProbe(backend.cache());
    private final ClusterTokenCache cache = cache(null);

    @AfterEach
    void close() {
        backend.close();
    }

    private ClusterTokenCache cache(String key) {
        return new ClusterTokenCache(probe.cache(), Optional.ofNullable(key).map(Secret::of));
    }

    @Test
    void aTokenComesBackAsItWas() {
        cache.put(REQUEST, TOKEN);

        assertThat(cache.get(REQUEST)).contains(TOKEN);
        assertThat(cache(null).get(REQUEST)).contains(TOKEN);
    }

    @Test
    void neitherKeysNorValuesShowAnything() {
        cache.put(REQUEST, TOKEN);
        cache.lease(REQUEST).acquire(NOW, Duration.ofSeconds(60));
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
                        .doesNotContain("eyJ", "the-token")
                        .doesNotContain(REQUEST.clientSecret().reveal())
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
        cache.put(REQUEST, TOKEN);
        List<TokenRequest> others = List.of(
                Nodes.request("another secret"),
                new TokenRequest(REQUEST.authority(), "t", REQUEST.clientId(), REQUEST.clientSecret(), REQUEST.scope()),
                new TokenRequest(REQUEST.authority(), REQUEST.tenantId(), "c", REQUEST.clientSecret(), REQUEST.scope()),
                new TokenRequest(
                        REQUEST.authority(), REQUEST.tenantId(), REQUEST.clientId(), REQUEST.clientSecret(), "s"),
                new TokenRequest(
                        URI.create("https://elsewhere.example.com"),
                        REQUEST.tenantId(),
                        REQUEST.clientId(),
                        REQUEST.clientSecret(),
                        REQUEST.scope()));

        assertThat(others).allSatisfy(other -> assertThat(cache.get(other)).isEmpty());
        ClusterTokenCache withKey = cache("one key for all");
        withKey.put(REQUEST, TOKEN);
        assertThat(others).allSatisfy(other -> assertThat(withKey.get(other)).isEmpty());
    }

    @Test
    void twoNodesWithTheSameTokenCacheKeyShareAToken() {
        cache("the cache's passphrase").put(REQUEST, TOKEN);

        assertThat(cache("the cache's passphrase").get(REQUEST)).contains(TOKEN);
    }

    @Test
    void aNodeWithAnotherTokenCacheKeyOrNoneSeesNothing() {
        cache("the cache's passphrase").put(REQUEST, TOKEN);

        assertThat(cache("another passphrase").get(REQUEST)).isEmpty();
        assertThat(cache.get(REQUEST)).isEmpty();
    }

    @Test
    void anEntryMovedToAnotherNameCountsAsAbsent() {
        TokenRequest other = Nodes.request("another secret");
        ClusterTokenCache withKey = cache("one key for all, so that only the name differs");
        withKey.put(REQUEST, TOKEN);
        Map.Entry<String, String> theirs = probe.entries().entrySet().iterator().next();
        withKey.put(other, new AccessToken("another token", NOW));
        probe.entries().keySet().forEach(name -> probe.raw().put(name, theirs.getValue()));

        assertThat(withKey.get(REQUEST)).contains(TOKEN);
        assertThat(withKey.get(other)).isEmpty();
    }

    @Test
    void anAlteredEntryCountsAsAbsentAndIsReplaced() {
        cache.put(REQUEST, TOKEN);
        probe.entries().forEach((name, value) -> probe.raw().put(name, altered(value)));
        assertThat(cache.get(REQUEST)).isEmpty();

        cache.put(REQUEST, TOKEN);
        assertThat(cache.get(REQUEST)).contains(TOKEN);
    }

    private static String altered(String sealed) {
        byte[] bytes = Base64.getDecoder().decode(sealed);
        bytes[bytes.length - 1] ^= 1;
        return Base64.getEncoder().encodeToString(bytes);
    }

    @Test
    void removingChecksTheValueNotTheMomentOfExpiry() {
        AccessToken finer = new AccessToken(TOKEN.value(), TOKEN.expiresAt().plusNanos(1));
        cache.put(REQUEST, finer);
        cache.remove(REQUEST, new AccessToken("another", finer.expiresAt()));
        assertThat(cache.get(REQUEST)).isPresent();

        cache.remove(REQUEST, finer);
        assertThat(cache.get(REQUEST)).isEmpty();
    }

    @Test
    void aTokenStoredWhileAnOldOneIsRemovedStays() {
        cache.put(REQUEST, TOKEN);
        AccessToken newer = new AccessToken("newer", TOKEN.expiresAt());
        probe.before("remove", () -> cache(null).put(REQUEST, newer));
        cache.remove(REQUEST, TOKEN);

        assertThat(cache.get(REQUEST)).contains(newer);
    }

    @Test
    void oneNodeAtATimeHasTheLease() {
        ClusterLease mine = cache.lease(REQUEST);
        ClusterLease theirs = cache(null).lease(REQUEST);

        assertThat(mine.acquire(NOW, Duration.ofSeconds(60))).isTrue();
        assertThat(theirs.acquire(NOW, Duration.ofSeconds(60))).isFalse();
        theirs.release();
        assertThat(theirs.acquire(NOW, Duration.ofSeconds(60))).isFalse();
        mine.release();
        assertThat(theirs.acquire(NOW, Duration.ofSeconds(60))).isTrue();
    }

    @Test
    void aNodeWhoseLeaseRanOutDoesNotEndItsSuccessors() {
        ClusterLease late = cache.lease(REQUEST);
        ClusterLease successor = cache(null).lease(REQUEST);
        assertThat(late.acquire(NOW, Duration.ofSeconds(60))).isTrue();
        assertThat(successor.acquire(NOW.plusSeconds(60), Duration.ofSeconds(60)))
                .isTrue();
        late.release();

        assertThat(cache.lease(REQUEST).acquire(NOW.plusSeconds(61), Duration.ofSeconds(60)))
                .isFalse();
    }

    @Test
    void ofTwoNodesThatSeeALeaseRunOutOneGetsIt() {
        assertThat(cache.lease(REQUEST).acquire(NOW, Duration.ofSeconds(60))).isTrue();
        Instant later = NOW.plusSeconds(60);
        ClusterLease faster = cache(null).lease(REQUEST);
        probe.before(
                "replace",
                () -> assertThat(faster.acquire(later, Duration.ofSeconds(60))).isTrue());

        assertThat(cache.lease(REQUEST).acquire(later, Duration.ofSeconds(60))).isFalse();
    }
}
