package org.outlookmail.connector.config;

import java.util.Objects;
import org.outlookmail.ServerWords;
import org.outlookmail.configuration.Property;
import org.outlookmail.configuration.PropertySource;

/**
 * The properties of a stanza, and behind them those of the resource adapter, which are defaults.
 *
 * <p>Thread rule: one use, one thread.
 *
 * @param own the stanza's own
 * @param defaults those of the resource adapter
 */
public record StanzaProperties(PropertyBean own, PropertyBean defaults) implements PropertySource {

    @Override
    public Object value(Property property) {
        return own.sets(property) ? own.get(property) : defaults.get(property);
    }

    @Override
    public String name(Property property) {
        boolean atAdapter = property.group() == Property.Group.CLUSTER || (defaults.sets(property) && !own(property));
        return property.text() + (atAdapter ? ServerWords.atHand().ofAdapter() : "");
    }

    @Override
    public boolean offers(Property property) {
        return true;
    }

    /** Some servers (Open Liberty) copy the adapter's values into every factory. */
    @Override
    public boolean own(Property property) {
        return own.sets(property) && !Objects.equals(own.get(property), defaults.get(property));
    }

    @Override
    public String elsewhere() {
        return ServerWords.atHand().elsewhere();
    }

    @Override
    public String definition(String variable) {
        return ServerWords.atHand().definition(variable);
    }
}
