package org.outlookmail.management;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;

/** Every event reaches every listener, and one that fails keeps nothing from the next. */
@Tag("unit")
class ListenersTest {

    private static final Map<Class<?>, Object> ARGUMENTS = Map.of(
            String.class,
            "orders@contoso.com",
            Instant.class,
            Instant.EPOCH,
            Duration.class,
            Duration.ofMillis(1),
            boolean.class,
            true,
            Throwable.class,
            new IllegalStateException("of the cache"),
            Diagnosis.class,
            Diagnosis.of(DiagnosisCode.MAIL_FAILURE, "Made up.", Map.of()));

    private final List<String> heard = new ArrayList<>();

    private ConnectorListener recording(boolean failing) {
        return (ConnectorListener) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ConnectorListener.class}, (proxy, method, arguments) -> {
                    if (method.getDeclaringClass() == Object.class) {
                        return method.getName().equals("equals")
                                ? (Object) (proxy == arguments[0])
                                : proxy.getClass().getName().hashCode();
                    }
                    heard.add(method.getName() + Arrays.toString(arguments == null ? new Object[0] : arguments));
                    if (failing) {
                        throw new IllegalStateException("a listener that fails");
                    }
                    return null;
                });
    }

    @Test
    void eachEventIsPassedOnAsItCame() throws Exception {
        Listeners listeners = new Listeners(recording(true), recording(false));
        for (Method event : ConnectorListener.class.getMethods()) {
            Object[] arguments =
                    Arrays.stream(event.getParameterTypes()).map(ARGUMENTS::get).toArray();
            heard.clear();
            event.invoke(listeners, arguments);
            String told = event.getName() + Arrays.toString(arguments);
            assertThat(heard).containsExactly(told, told);
        }
    }

    @Test
    void whoIsRemovedHearsNoMore() {
        ConnectorListener listener = recording(false);
        Listeners listeners = new Listeners();
        listeners.add(listener);
        listeners.remove(listener);
        listeners.onMessageSent("orders@contoso.com", Duration.ZERO);
        assertThat(heard).isEmpty();
    }
}
