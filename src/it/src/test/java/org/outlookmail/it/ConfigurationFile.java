package org.outlookmail.it;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Fills the templates of {@code src/test/resources/real-servers}. Thread rule: one thread at a time. */
final class ConfigurationFile {

    private final Map<String, String> values = new HashMap<>();

    ConfigurationFile(Map<String, Integer> ports) {
        ports.forEach(this::with);
    }

    ConfigurationFile with(String name, Object value) {
        values.put("${" + name + "}", value.toString());
        return this;
    }

    void write(String template, Path file) throws IOException {
        write(template, file, "");
    }

    /** Writes the filled template and {@code further} lines. */
    void write(String template, Path file, String further) throws IOException {
        String text;
        try (InputStream in = ConfigurationFile.class.getResourceAsStream("/real-servers/" + template)) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        for (Map.Entry<String, String> value : values.entrySet()) {
            text = text.replace(value.getKey(), value.getValue());
        }
        if (text.contains("${")) {
            throw new IllegalArgumentException(template + " has a value that nobody gave: " + text);
        }
        Files.writeString(file, text + further);
    }
}
