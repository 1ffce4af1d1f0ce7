package org.outlookmail.naming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import jakarta.mail.Session;
import jakarta.resource.ResourceException;
import java.lang.reflect.Proxy;
import java.util.Hashtable;
import java.util.Map;
import java.util.Properties;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.Reference;
import javax.naming.StringRefAddr;
import javax.naming.spi.ObjectFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.outlookmail.OutlookMailSessionFactory;
import org.outlookmail.testkit.BoundNames;

/** The one method is called as a server's name service calls it. */
@Tag("unit")
class MailSessionObjectFactoryTest {

    private static final String NAME = "java:/mail/office365";

    private final Session session = Session.getInstance(new Properties());
    private final ObjectFactory objects = new MailSessionObjectFactory();

    @AfterEach
    void forget() {
        BoundNames.clear();
    }

    private static void bind(ResourceException refusal, Session session) {
        BoundNames.bind(
                NAME,
                Proxy.newProxyInstance(
                        OutlookMailSessionFactory.class.getClassLoader(),
                        new Class<?>[] {OutlookMailSessionFactory.class},
                        (proxy, method, arguments) -> {
                            assertThat(method.getName()).isEqualTo("mailSession");
                            if (refusal != null) {
                                throw refusal;
                            }
                            return session;
                        }));
    }

    @SuppressWarnings("JdkObsolete") // what the interface takes
    private Object found(Object reference, Map<String, String> environment) throws Exception {
        return objects.getObjectInstance(reference, null, null, new Hashtable<>(environment));
    }

    @Test
    void aSessionIsThatOfTheFactoryThatTheEnvironmentNames() throws Exception {
        bind(null, session);
        assertThat(found(null, Map.of("factory", NAME))).isSameAs(session);
    }

    @Test
    void orOfTheOneThatTheReferenceNames() throws Exception {
        bind(null, session);
        Reference reference = new Reference("jakarta.mail.Session", new StringRefAddr("factory", NAME));
        assertThat(found(reference, Map.of())).isSameAs(session);
    }

    @Test
    void withoutANameItSaysWhatIsMissing() {
        assertThatExceptionOfType(NamingException.class)
                .isThrownBy(() -> found(null, Map.of()))
                .withMessageContaining("\"factory\"")
                .withMessageContaining(NAME);
    }

    @Test
    void aNameThatIsNotBoundIsTheNameServicesToTell() {
        bind(null, session);
        assertThatExceptionOfType(NameNotFoundException.class)
                .isThrownBy(() -> found(null, Map.of("factory", "java:/mail/other")))
                .withMessageContaining("java:/mail/other");
    }

    @Test
    void whatIsNoFactoryIsToldWithItsClass() {
        BoundNames.bind(NAME, "a text");
        assertThatExceptionOfType(NamingException.class)
                .isThrownBy(() -> found(null, Map.of("factory", NAME)))
                .withMessageContaining("java.lang.String");
    }

    @Test
    void whyAFactoryRefusesIsPassedOn() {
        ResourceException refusal = new ResourceException("the configuration has one problem");
        bind(refusal, null);
        assertThatExceptionOfType(NamingException.class)
                .isThrownBy(() -> found(null, Map.of("factory", NAME)))
                .withMessageContaining("the configuration has one problem")
                .withCause(refusal);
    }
}
