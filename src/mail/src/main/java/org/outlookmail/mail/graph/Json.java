package org.outlookmail.mail.graph;

import com.azure.json.JsonProviders;
import com.azure.json.JsonReader;
import com.azure.json.JsonWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A JSON object that somebody else has written: what is missing, or of another type than expected, is empty, never an
 * exception. Immutable as far as nobody changes what it was made of.
 */
final class Json {

    static final Json NOTHING = new Json(Map.of());

    private final Map<?, ?> fields;

    private Json(Map<?, ?> fields) {
        this.fields = fields;
    }

    /**
     * Reads it.
     *
     * @throws IOException if it is no JSON object (RFC 8259)
     */
    static Json of(byte[] text) throws IOException {
        try (JsonReader reader = JsonProviders.createReader(text)) {
            if (reader.readUntyped() instanceof Map<?, ?> fields) {
                return new Json(fields);
            }
        } catch (IllegalStateException | IllegalArgumentException malformed) { // Of numbers too, such as 1e400.
            throw new IOException("the answer is not JSON: " + malformed.getMessage(), malformed);
        }
        throw new IOException("the answer is JSON, but not an object");
    }

    static byte[] write(Map<String, ?> fields) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try (JsonWriter writer = JsonProviders.createWriter(text)) {
            writer.writeUntyped(fields);
        } catch (IOException impossible) {
            throw new IllegalStateException("memory does not fail to be written", impossible);
        }
        return text.toByteArray();
    }

    /** A text, of a field within fields if there are several names; empty if there is none. */
    String text(String... path) {
        Object found = fields;
        for (String name : path) {
            found = found instanceof Map<?, ?> object ? object.get(name) : null;
        }
        return found instanceof String text ? text : "";
    }

    /** Empty if there is none. */
    Optional<Boolean> flag(String name) {
        return fields.get(name) instanceof Boolean flag ? Optional.of(flag) : Optional.empty();
    }

    /** -1 if there is none, or a negative one. */
    long number(String name) {
        return fields.get(name) instanceof Number number ? Math.max(-1, number.longValue()) : -1;
    }

    Json object(String name) {
        return fields.get(name) instanceof Map<?, ?> object ? new Json(object) : NOTHING;
    }

    /** The objects of a list. */
    List<Json> list(String name) {
        List<Json> objects = new ArrayList<>();
        if (fields.get(name) instanceof List<?> list) {
            list.forEach(each -> {
                if (each instanceof Map<?, ?> object) {
                    objects.add(new Json(object));
                }
            });
        }
        return objects;
    }

    /** The texts of a list. */
    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        if (fields.get(name) instanceof List<?> list) {
            list.forEach(each -> {
                if (each instanceof String text) {
                    texts.add(text);
                }
            });
        }
        return texts;
    }

    /** Of its fields. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        fields.keySet().forEach(name -> names.add(String.valueOf(name)));
        return names;
    }

    boolean has(String name) {
        return fields.get(name) != null;
    }
}
