package org.outlookmail.connector.config;

import java.io.Serializable;
import java.util.EnumMap;
import java.util.Map;
import org.outlookmail.configuration.Property;
import org.outlookmail.secret.Secret;

/**
 * Keeps the properties of a JavaBean as Jakarta Connectors 2.1, section 5.3.7.6, wants it. Secrets are covered, because servers
 * write the fields of a bean into their logs when something fails. Nothing is checked here.
 *
 * <p>Thread rule: the server sets the properties before it uses the object.
 */
public abstract class PropertyBean implements Serializable {

    private static final long serialVersionUID = 1L;

    private final EnumMap<Property, Serializable> values = new EnumMap<>(Property.class);

    /** Sets one; null for none. */
    protected final void set(Property property, String value) {
        put(property, value == null || property.type() != Property.Type.SECRET ? value : Secret.of(value));
    }

    /** Sets one; null for none. */
    protected final void set(Property property, Integer value) {
        put(property, value);
    }

    private void put(Property property, Serializable value) {
        if (value == null) {
            values.remove(property);
        } else {
            values.put(property, value);
        }
    }

    /** A text or a number, as it was set; null for none. */
    final Object get(Property property) {
        Object value = values.get(property);
        return value instanceof Secret secret ? secret.reveal() : value;
    }

    protected final String text(Property property) {
        return (String) get(property);
    }

    protected final Integer number(Property property) {
        return (Integer) get(property);
    }

    /** Whether one has a value that means something. */
    final boolean sets(Property property) {
        Object value = get(property);
        return value != null && !(value instanceof String text && text.isBlank());
    }

    /** All that is set, by value, to tell beans apart; the secrets in it are covered. */
    protected final Map<Property, ?> values() {
        return values;
    }
}
