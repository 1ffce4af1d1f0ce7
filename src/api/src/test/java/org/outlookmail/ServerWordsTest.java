package org.outlookmail;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("unit")
class ServerWordsTest {

    @ParameterizedTest
    @CsvSource({
        "jboss.home.dir, WILDFLY",
        "com.sun.aas.installRoot, GLASSFISH",
        "openejb.home, TOMEE",
        "was.install.root, WEBSPHERE",
        "something.else, OTHER"
    })
    void aServerIsKnownByWhatItSetsAtItsStart(String property, ServerWords words) {
        assertThat(ServerWords.of(name -> name.equals(property) ? "/opt/server" : null, "java.net.URLClassLoader"))
                .isEqualTo(words);
    }

    @Test
    void openLibertyIsKnownByItsClassLoaders() {
        assertThat(ServerWords.of(name -> null, "com.ibm.ws.classloading.internal.AppClassLoader"))
                .isEqualTo(ServerWords.LIBERTY);
    }

    /** Who looks for a server.xml on WildFly finds none. */
    @ParameterizedTest
    @EnumSource(
            names = {"LIBERTY", "OTHER"},
            mode = EnumSource.Mode.EXCLUDE)
    void noOtherServerIsToldOfThePlacesOfOpenLiberty(ServerWords words) {
        PropertyNames names = new PropertyNames(Optional::of, words);
        for (DiagnosisCode code : DiagnosisCode.values()) {
            assertThat(code.likelyCause(names) + code.cure(names))
                    .as(code.code())
                    .doesNotContain(
                            "server.xml", "stanza", "passwordUtilities", "<connectionManager>", "connectionFactory");
        }
        assertThat(words.configuration()
                        + words.factory("Session", "a@b.c")
                        + words.elsewhere()
                        + words.ofAdapter()
                        + words.decoding()
                        + words.definition("v")
                        + words.missing("mail/x")
                        + words.poolSize())
                .doesNotContain("server.xml", "passwordUtilities", "<", "properties.outlookMail");
    }

    @Test
    void onOpenLibertyTheyAreItsOwn() {
        PropertyNames names = new PropertyNames(Optional::of, ServerWords.LIBERTY);
        Diagnosis exhausted = Diagnosis.of(DiagnosisCode.POOL_EXHAUSTED, "None left.", Map.of())
                .naming(names);
        assertThat(exhausted.cure()).contains("maxPoolSize of the <connectionManager>");
        assertThat(DiagnosisCode.CONFIGURATION_INVALID.cure(names)).contains("server.xml");
        assertThat(ServerWords.LIBERTY.factory("Session", null)).isEqualTo("<properties.outlookMail.Session/>");
        assertThat(ServerWords.LIBERTY.missing("mail/orders"))
                .isEqualTo(
                        "<connectionFactory jndiName=\"mail/orders\"><properties.outlookMail.OutlookMailSessionFactory"
                                + " mailbox=\"...\"/></connectionFactory>");
    }
}
