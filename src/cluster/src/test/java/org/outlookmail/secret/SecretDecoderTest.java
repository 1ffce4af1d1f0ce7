package org.outlookmail.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.outlookmail.secret.SecretDecoder.UnreadableSecretException;

/** Plain and encoded values, with and without Liberty's decoder. */
@Tag("unit")
class SecretDecoderTest {

    private static final String ENCODED = "{xor}LDo8LTor";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"plain", "", "{curly}value", "a{xor}b", "~8Q.x_{aes}", "{XOR}upper case is not encoded"})
    void aPlainValueIsUntouched(String value) throws Exception {
        assertThat(SecretDecoder.decode(value).reveal()).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {ENCODED, "{aes}ADe6tDZ", "{aes-256}AEqZ", "{hash}ATAAAA", "{xor}two\nlines"})
    void withoutLibertyTheMessageNamesTheFeatureAndNoValue(String value) {
        UnreadableSecretException failure =
                catchThrowableOfType(UnreadableSecretException.class, () -> SecretDecoder.decode(value));

        assertThat(failure).hasMessageContaining("passwordUtilities-1.1");
        assertThat(failure.toString()).doesNotContain(value.substring(value.indexOf('}') + 1));
    }

    @Test
    void theServersOwnDecoderIsAsked() throws Exception {
        assertThat(decodedBy("return \"decoded: \" + value;").reveal()).isEqualTo("decoded: " + ENCODED);
    }

    @Test
    void aValueThatTheServerCannotDecodeIsReportedWithTheCureAndNoValue() {
        UnreadableSecretException failure = catchThrowableOfType(
                UnreadableSecretException.class, () -> decodedBy("throw new IllegalArgumentException();"));

        assertThat(failure).hasMessageContaining("wlp.password.encryption.key").hasMessageNotContaining("LDo8");
    }

    @Test
    void aDecoderThatAnswersNothingIsReportedToo() {
        assertThat(catchThrowableOfType(UnreadableSecretException.class, () -> decodedBy("return null;")))
                .hasMessageContaining("cannot be decoded");
    }

    /** Decodes with a stand-in for Liberty's class, which is there only through the context class loader, as in Liberty. */
    private Secret decodedBy(String body) throws IOException, UnreadableSecretException {
        Path source = Files.createDirectories(folder.resolve("com/ibm/websphere/crypto"))
                .resolve("PasswordUtil.java");
        Files.writeString(
                source,
                "package com.ibm.websphere.crypto; public class PasswordUtil { public static String decode(String value) {"
                        + body + "}}");
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, source.toString()))
                .isZero();
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader server =
                new URLClassLoader(new URL[] {folder.toUri().toURL()}, before)) {
            thread.setContextClassLoader(server);
            return SecretDecoder.decode(ENCODED);
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
