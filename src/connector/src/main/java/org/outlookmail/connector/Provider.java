package org.outlookmail.connector;

import java.util.Arrays;

/** Who issues tokens. */
enum Provider {
    MICROSOFT("microsoft"),
    GOOGLE("google"),
    GENERIC("generic"),
    BASIC("basic");

    private final String property;

    Provider(String property) {
        this.property = property;
    }

    /** As the property has it. */
    String text() {
        return property;
    }

    static String[] names() {
        return Arrays.stream(values()).map(provider -> provider.property).toArray(String[]::new);
    }

    /** By its name, one of {@link #names}. */
    static Provider of(String property) {
        return Arrays.stream(values())
                .filter(provider -> provider.property.equals(property))
                .findFirst()
                .orElse(MICROSOFT);
    }
}
