package org.outlookmail.bench;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import com.microsoft.aad.msal4j.ClientCredentialFactory;
import com.microsoft.aad.msal4j.ClientCredentialParameters;
import com.microsoft.aad.msal4j.ConfidentialClientApplication;
import com.microsoft.aad.msal4j.HttpResponse;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.outlookmail.cluster.CacheConfiguration;
import org.outlookmail.cluster.Cluster;
import org.outlookmail.sandbox.Sandbox;
import org.outlookmail.secret.Secret;
import org.outlookmail.token.AccessToken;
import org.outlookmail.token.Credential;
import org.outlookmail.token.HttpSettings;
import org.outlookmail.token.TokenRequest;
import org.outlookmail.token.TokenService;

/** A token that is cached already, as every send but the first of an hour meets it. All three hold the same token. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CachedToken {

    private static final String SCOPE = "https://outlook.office365.com/.default";
    private static final String KEY = "token";

    private TokenService tokens;
    private TokenRequest request;
    private ConfidentialClientApplication msal;
    private ClientCredentialParameters parameters;
    private HazelcastInstance hazelcast;
    private IMap<String, String> map;

    /** Fills the three caches. */
    @Setup
    public void fill() throws Exception {
        String token;
        try (Sandbox sandbox = Sandbox.builder().randomPorts().start()) {
            token = sandbox.issueToken();
        }
        prepareOurs(token);
        prepareMsal(token);
        prepareHazelcast(token);
    }

    private void prepareOurs(String token) throws Exception {
        request = new TokenRequest(
                TokenRequest.entra(URI.create("https://login.example.com"), "contoso.com"),
                "contoso.com",
                "66666666-7777-8888-9999-000000000000",
                new Credential.ClientSecret(Secret.of("made-up"), Optional.empty()),
                SCOPE,
                HttpSettings.direct(Duration.ofSeconds(10), Duration.ofSeconds(60)));
        Instant now = Instant.now();
        tokens = new TokenService(
                new Cluster(CacheConfiguration.local(), "node", Runnable::run, Clock.systemUTC()),
                Optional.empty(),
                refreshTokens -> asked -> new AccessToken(token, now, now.plusSeconds(3600)),
                Runnable::run,
                Clock.systemUTC());
        tokens.source().token(request);
    }

    private void prepareMsal(String token) throws Exception {
        msal = ConfidentialClientApplication.builder(
                        "66666666-7777-8888-9999-000000000000", ClientCredentialFactory.createFromSecret("made-up"))
                .authority("https://login.microsoftonline.com/contoso.com/")
                .instanceDiscovery(false)
                .httpClient(asked -> answer(token))
                .build();
        parameters = ClientCredentialParameters.builder(Set.of(SCOPE)).build();
        msal.acquireToken(parameters).get();
    }

    private static HttpResponse answer(String token) {
        HttpResponse response = new HttpResponse();
        response.statusCode(200);
        response.addHeaders(Map.of("Content-Type", List.of("application/json")));
        response.body("{\"token_type\":\"Bearer\",\"expires_in\":3599,\"access_token\":\"" + token + "\"}");
        return response;
    }

    private void prepareHazelcast(String token) {
        Config config = new Config();
        config.setProperty("hazelcast.phone.home.enabled", "false");
        config.setProperty("hazelcast.logging.type", "none");
        config.getNetworkConfig()
                .setPortAutoIncrement(true)
                .getInterfaces()
                .setEnabled(true)
                .addInterface("127.0.0.1");
        config.getNetworkConfig().getJoin().getAutoDetectionConfig().setEnabled(false);
        config.getNetworkConfig().getJoin().getMulticastConfig().setEnabled(false);
        hazelcast = Hazelcast.newHazelcastInstance(config);
        map = hazelcast.getMap("tokens");
        map.put(KEY, token);
    }

    /** Ours. */
    @Benchmark
    public Object tokenSource() throws Exception {
        return tokens.source().token(request);
    }

    /** MSAL4J's own cache, which is a map in the same JVM. */
    @Benchmark
    public Object msal4j() throws Exception {
        return msal.acquireToken(parameters).get();
    }

    /** One member, so no network: the least that a shared cache costs without a near cache. */
    @Benchmark
    public Object hazelcastGet() {
        return map.get(KEY);
    }

    /** Closes them. */
    @TearDown
    public void close() {
        tokens.close();
        hazelcast.shutdown();
    }
}
