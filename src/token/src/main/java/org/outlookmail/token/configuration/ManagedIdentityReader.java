package org.outlookmail.token.configuration;

import static org.outlookmail.configuration.Property.GRANT;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;
import org.outlookmail.configuration.PropertyReader;
import org.outlookmail.secret.Secret;
import org.outlookmail.token.AccessToken;

/**
 * Finds out where this machine asks for the tokens of its managed identity: at App Service's endpoint if the environment names
 * one, otherwise at the metadata service. The environment is input like any other: nothing is asked, and App Service's secret
 * is sent nowhere, but on this machine and its own link.
 *
 * <p>Thread rule: one use, one thread.
 */
final class ManagedIdentityReader {

    /** Of a virtual machine, the same everywhere. */
    private static final URI METADATA_SERVICE = URI.create("http://169.254.169.254");

    private static final String PATH = "/metadata/identity/oauth2/token";

    private static final String ENDPOINT = "IDENTITY_ENDPOINT";
    private static final String HEADER = "IDENTITY_HEADER";
    private static final String HOST = "AZURE_POD_IDENTITY_AUTHORITY_HOST";

    /** The loopback (RFC 1122, section 3.2.1.3) and the link (RFC 3927), as App Service writes them: no name server has a say. */
    private static final Pattern NEAR =
            Pattern.compile("localhost|127(\\.\\d{1,3}){3}|169\\.254(\\.\\d{1,3}){2}|\\[::1]");

    private final PropertyReader reader;
    private final EnvironmentReader environment;

    ManagedIdentityReader(PropertyReader reader, EnvironmentReader environment) {
        this.reader = reader;
        this.environment = environment;
    }

    /**
     * Where to ask.
     *
     * @param address without a query
     * @param header what App Service wants to see; empty for the metadata service
     */
    record Endpoint(URI address, Optional<Secret> header) {}

    /** Empty if there are problems. */
    Optional<Endpoint> endpoint() {
        Optional<String> endpoint = environment.variable(ENDPOINT);
        Optional<String> header = environment.variable(HEADER);
        if (endpoint.isPresent() && header.isPresent()) {
            return appService(endpoint.get(), header.get());
        }
        if (endpoint.isPresent()) {
            return problem("the environment has " + ENDPOINT + " without " + HEADER + ", as on a machine of Azure Arc:"
                    + " this version knows virtual machines and App Service");
        }
        Optional<String> host = environment.variable(HOST);
        Optional<URI> base =
                host.isPresent() ? EnvironmentReader.bare(host.get(), "http") : Optional.of(METADATA_SERVICE);
        return base.isPresent()
                ? Optional.of(new Endpoint(base.get().resolve(PATH), Optional.empty()))
                : problem("the environment variable " + HOST + " is \"" + host.orElse("")
                        + "\": it must be http://host or http://host:port and nothing more");
    }

    private Optional<Endpoint> appService(String text, String header) {
        Optional<URI> address = EnvironmentReader.address(text, "http")
                .filter(uri -> NEAR.matcher(uri.getHost()).matches());
        if (address.isEmpty()) {
            return problem("the environment variable " + ENDPOINT + " is \"" + text
                    + "\": it must be an http address of this machine or its link, as App Service sets it");
        }
        if (!AccessToken.visible(header)) {
            return problem("the environment variable " + HEADER + " has characters that no header may have");
        }
        return Optional.of(new Endpoint(address.get(), Optional.of(Secret.of(header))));
    }

    private Optional<Endpoint> problem(String what) {
        reader.problem(GRANT, "is \"managed-identity\", and " + what);
        return Optional.empty();
    }
}
