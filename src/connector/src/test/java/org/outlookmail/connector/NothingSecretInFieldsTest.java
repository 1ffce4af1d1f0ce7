package org.outlookmail.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.outlookmail.connector.Messages.message;
import static org.outlookmail.testkit.TestBox.subject;

import jakarta.mail.Folder;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.outlookmail.OutlookMailSession;
import org.outlookmail.OutlookMailSessionFactory;
import org.outlookmail.connector.pool.MailManagedConnectionFactory;
import org.outlookmail.testkit.TestBox;

/**
 * When something fails inside of it, a server writes the fields of the objects at hand into its logs (Open Liberty: FFDC),
 * private and static ones too, some levels deep. None of them may hold a secret in clear.
 */
@Tag("unit")
@ExtendWith(TestBox.class)
class NothingSecretInFieldsTest {

    /** Open Liberty goes three fields deep; one more, for other servers. */
    private static final int LEVELS = 4;

    private static final Pattern TOKEN = Pattern.compile("eyJ[\\w-]+\\.eyJ");
    private static final List<String> SECRETS =
            List.of("a-client-secret", "a-second-secret", "a-password", "a-cache-key");

    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final List<String> found = new ArrayList<>();
    private Server server;
    private MailManagedConnectionFactory managed;

    @BeforeEach
    void start() throws Exception {
        server = new Server();
        managed = server.configured(new MailManagedConnectionFactory());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** As FFDC does: into our own objects, and no further into those of the JDK. */
    private void look(Object object, String path, int level, List<String> secrets) throws IllegalAccessException {
        if (object instanceof String text) {
            secrets.stream().filter(text::contains).forEach(secret -> found.add(path));
            if (TOKEN.matcher(text).find()) {
                found.add(path);
            }
        } else if (object instanceof Object[] array) {
            look(Arrays.asList(array).toString(), path, level, secrets);
        } else if (object != null
                && level < LEVELS
                && object.getClass().getName().startsWith("org.outlookmail.")) {
            seen.add(object);
            for (Class<?> type = object.getClass(); type != Object.class; type = type.getSuperclass()) {
                for (Field field : type.getDeclaredFields()) {
                    if (field.trySetAccessible()) {
                        look(field.get(object), path + "." + field.getName(), level + 1, secrets);
                    }
                }
            }
        }
    }

    @Test
    void noBeanHoldsASecretInClear() throws Exception {
        managed.setClientSecret(SECRETS.get(0));
        managed.setClientSecretNext(SECRETS.get(1));
        managed.setUserPassword(SECRETS.get(2));
        managed.setClientCertificatePassword(SECRETS.get(2));
        managed.setTrustStorePassword(SECRETS.get(2));
        managed.setRefreshToken(SECRETS.get(2));
        server.adapter.setTokenCacheKey(SECRETS.get(3));
        server.adapter.setTokenCacheKeyPrevious(SECRETS.get(3));
        assertThat(managed.getClientSecret()).isEqualTo(SECRETS.get(0));

        look(managed, "factory", 0, SECRETS);
        // Not used by client_credentials with a secret, and so refused.
        managed.setUserPassword(null);
        managed.setClientCertificatePassword(null);
        managed.setRefreshToken(null);
        managed.configuration();
        seen.clear();
        look(managed, "factory", 0, SECRETS);
        look(server.adapter, "adapter", 0, SECRETS);
        look(managed.configuration(), "configuration", 0, SECRETS);
        assertThat(seen).hasSizeGreaterThan(8);
        assertThat(found).isEmpty();
    }

    @Test
    void norDoesAConnectionInUse() throws Exception {
        OutlookMailSessionFactory factory = (OutlookMailSessionFactory) managed.createConnectionFactory(server);
        try (OutlookMailSession session = factory.getConnection()) {
            session.send(message(session.mailSession(), subject()));
            session.openFolder("INBOX", Folder.READ_ONLY).close();
            List<String> secrets = List.of(TestBox.box().clientSecret());
            look(session, "session", 0, secrets);
            look(server.all.get(0), "connection", 0, secrets);
            assertThat(found).isEmpty();
        }
    }
}
