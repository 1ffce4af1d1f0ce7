package org.outlookmail.cdi;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import org.outlookmail.OutlookMailSessionFactory;

/** The API a second time, as when an application brings a copy with it. */
final class CopiedApi extends ClassLoader {

    private CopiedApi() {
        super(CopiedApi.class.getClassLoader());
    }

    /** Of the copied type, so not an instance of the {@link OutlookMailSessionFactory} that a test compiles against. */
    static Object factory() throws ClassNotFoundException {
        Class<?> copy = new CopiedApi().loadClass(OutlookMailSessionFactory.class.getName());
        return Proxy.newProxyInstance(copy.getClassLoader(), new Class<?>[] {copy}, (proxy, method, arguments) -> null);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith("org.outlookmail.")) {
            return super.loadClass(name, resolve);
        }
        Class<?> loaded = findLoadedClass(name);
        if (loaded != null) {
            return loaded;
        }
        try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            byte[] code = in.readAllBytes();
            return defineClass(name, code, 0, code.length);
        } catch (IOException failure) {
            throw new ClassNotFoundException(name, failure);
        }
    }
}
