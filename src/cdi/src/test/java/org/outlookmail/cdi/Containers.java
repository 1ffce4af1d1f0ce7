package org.outlookmail.cdi;

import jakarta.enterprise.inject.spi.Extension;
import java.util.ServiceLoader;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;

/** CDI containers of one bean. */
final class Containers {

    private Containers() {}

    /** The extension comes as a server finds it, from {@code META-INF/services}; the caller closes the container. */
    static WeldContainer of(Class<?> bean) {
        Extension extension = ServiceLoader.load(Extension.class).stream()
                .filter(provider -> provider.type() == MailboxExtension.class)
                .findFirst()
                .orElseThrow()
                .get();
        return new Weld()
                .disableDiscovery()
                .addExtension(extension)
                .addBeanClass(bean)
                .initialize();
    }
}
