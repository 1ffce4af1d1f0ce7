package org.outlookmail.providers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The files by which Jakarta Mail knows our classes; their name changed with its versions. */
@Tag("unit")
class ProviderFilesTest {

    private static final List<Class<?>> PROVIDERS = List.of(
            SmtpTransport.class,
            SmtpsTransport.class,
            ImapStore.class,
            ImapsStore.class,
            Pop3Store.class,
            Pop3sStore.class);

    @Test
    void bothFilesAreTheSame() throws IOException {
        assertThat(text("javamail.providers")).isEqualTo(text("jakarta.providers"));
    }

    @Test
    void eachClassIsKnownUnderAProtocolThatNobodyElseHas() throws IOException {
        List<String> lines = Arrays.stream(text("javamail.providers").split("\n", -1))
                .filter(line -> line.startsWith("protocol="))
                .toList();
        assertThat(lines)
                .hasSize(PROVIDERS.size())
                .allSatisfy(line -> assertThat(line).startsWith("protocol=outlookmail-"));
        for (Class<?> provider : PROVIDERS) {
            assertThat(lines).anyMatch(line -> line.contains("class=" + provider.getName() + ";"));
        }
    }

    /** Of this module, not of Angus Mail, whose file has the same name. */
    private static String text(String name) throws IOException {
        String own = SmtpTransport.class.getProtectionDomain().getCodeSource().getLocation() + "META-INF/" + name;
        try (InputStream in = URI.create(own).toURL().openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
