package org.outlookmail.testkit;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Which calls of an interface or a class a subclass leaves as they are, and why it may. */
public final class DelegatedCalls {

    private DelegatedCalls() {}

    /** The calls of the types that are not of a class of ours. */
    public static Set<String> others(Class<?> ours, Class<?>... ofJakartaMail) {
        return Arrays.stream(ofJakartaMail)
                .flatMap(type -> Arrays.stream(type.getMethods()))
                .filter(method ->
                        !Modifier.isStatic(method.getModifiers()) && method.getDeclaringClass() != Object.class)
                .filter(method -> !isOurs(ours, method))
                .map(DelegatedCalls::signature)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean isOurs(Class<?> ours, Method method) {
        try {
            return ours.getMethod(method.getName(), method.getParameterTypes())
                    .getDeclaringClass()
                    .getName()
                    .startsWith("org.outlookmail.");
        } catch (NoSuchMethodException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static String signature(Method method) {
        return method.getName()
                + Arrays.stream(method.getParameterTypes())
                        .map(Class::getSimpleName)
                        .collect(Collectors.joining(", ", "(", ")"));
    }

    /** The calls, separated by semicolons, and why they may stay, in turn. */
    public static Map<String, String> reasons(Object... pairs) {
        Map<String, String> reasons = new java.util.TreeMap<>();
        for (int index = 0; index < pairs.length; index += 2) {
            for (String signature : ((String) pairs[index]).split("; ", -1)) {
                reasons.put(signature, (String) pairs[index + 1]);
            }
        }
        return reasons;
    }
}
