package org.outlookmail.it;

import java.io.File;
import java.net.URISyntaxException;
import java.security.CodeSource;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;
import org.hamcrest.Matcher;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.EmptyAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The archive that a test class is deployed in. */
final class Deployments {

    private Deployments() {}

    static WebArchive of(Class<?> test) {
        return ShrinkWrap.create(WebArchive.class, test.getSimpleName() + ".war")
                .addClasses(test, Box.class, Jndi.class, FactoryBean.class, SessionBean.class)
                .addAsLibrary(jarOf(Assertions.class))
                .addAsLibrary(jarOf(net.bytebuddy.ByteBuddy.class))
                .addAsLibrary(jarOf(Awaitility.class))
                .addAsLibrary(jarOf(Matcher.class))
                .addAsWebInfResource(EmptyAsset.INSTANCE, "beans.xml");
    }

    static File jarOf(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        try {
            return new File(source.getLocation().toURI());
        } catch (URISyntaxException malformed) {
            throw new IllegalStateException(malformed);
        }
    }
}
