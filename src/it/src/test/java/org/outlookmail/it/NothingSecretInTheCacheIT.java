package org.outlookmail.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Searches what the other tests have left in the token cache of the server; the build runs the classes by name. */
@Tag("liberty")
@ExtendWith(ArquillianExtension.class)
class NothingSecretInTheCacheIT {

    @Deployment
    static WebArchive deployment() {
        return Deployments.of(NothingSecretInTheCacheIT.class);
    }

    @Test
    void noTokenSecretUserOrTenantStandsInAnyEntry() throws Exception {
        Map<?, ?> cache = Jndi.lookup("services/cache/tokenO365", Map.class);
        String[] secrets = Jndi.lookup("it/secrets", String.class).split("[|]", -1);

        assertThat(cache.keySet()).hasSizeGreaterThan(5);
        for (Object name : cache.keySet()) {
            String value = String.valueOf(cache.get(name));
            for (String text : new String[] {String.valueOf(name), value, decoded(value)}) {
                assertThat(text)
                        .doesNotContainPattern(Box.TOKEN)
                        .doesNotContain("ya29.", "contoso.com", "oauth2", "OMC-")
                        .doesNotContain(secrets);
            }
        }
    }

    private static String decoded(String text) {
        try {
            return new String(Base64.getDecoder().decode(text), StandardCharsets.ISO_8859_1);
        } catch (IllegalArgumentException plain) {
            return text;
        }
    }
}
