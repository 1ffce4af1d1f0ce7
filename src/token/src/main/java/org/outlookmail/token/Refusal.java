package org.outlookmail.token;

import com.azure.json.JsonProviders;
import com.azure.json.JsonReader;
import com.azure.json.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;

/**
 * Why a token could not be had, and for how long nobody asks again. Immutable; goes through the shared cache as JSON.
 *
 * @param diagnosis what all who ask meanwhile are told
 * @param asked when the provider was asked
 * @param until when the next request may be made
 * @param wished whether the provider itself asked for that wait
 * @param count how many requests in a row have failed
 */
record Refusal(Diagnosis diagnosis, Instant asked, Instant until, boolean wished, int count) {

    /** By how much the nodes' clocks may differ. */
    private static final Duration CLOCKS = Duration.ofMinutes(1);

    /** Whether it holds now. One that ends later than any can, by a clock far ahead or by intent, does not. */
    boolean stands(Instant now) {
        return until.isAfter(now) && !until.isAfter(now.plus(Refusals.LONGEST).plus(CLOCKS));
    }

    /** An exception of the caller's own, who is told that it is no fresh one; its wait is what is left of the first one's. */
    TokenException exception(Instant now) {
        Duration left = Duration.between(now, until);
        long ago = Math.max(0, Duration.between(asked, now).toSeconds());
        long next = Math.max(1, left.plusMillis(999).toSeconds());
        Map<String, String> details = new LinkedHashMap<>(diagnosis.details());
        details.put("askedSecondsAgo", Long.toString(ago));
        details.put("nextTryInSeconds", Long.toString(next));
        Diagnosis told = new Diagnosis(
                diagnosis.code(),
                diagnosis.summary() + " (Asked " + ago + " s ago; next try in " + next + " s.)",
                diagnosis.likelyCause(),
                diagnosis.cure(),
                details);
        return new TokenException(told, wished ? left : null, null);
    }

    String write() {
        StringWriter text = new StringWriter();
        try (JsonWriter json = JsonProviders.createWriter(text)) {
            json.writeStartObject()
                    .writeStringField("code", diagnosis.code().code())
                    .writeStringField("summary", diagnosis.summary())
                    .writeStringField("likelyCause", diagnosis.likelyCause())
                    .writeStringField("cure", diagnosis.cure())
                    .writeMapField("details", diagnosis.details(), JsonWriter::writeString)
                    .writeLongField("asked", asked.toEpochMilli())
                    .writeLongField("until", until.toEpochMilli())
                    .writeBooleanField("wished", wished)
                    .writeIntField("count", count)
                    .writeEndObject();
        } catch (IOException impossible) {
            throw new IllegalStateException("a string takes everything", impossible);
        }
        return text.toString();
    }

    /** Empty for an entry of another version of this adapter. */
    static Optional<Refusal> read(String text) {
        try (JsonReader json = JsonProviders.createReader(text)) {
            if (!(json.readUntyped() instanceof Map<?, ?> fields)) {
                return Optional.empty();
            }
            Optional<DiagnosisCode> code = DiagnosisCode.byCode(string(fields, "code"));
            if (code.isEmpty()
                    || !(fields.get("asked") instanceof Number asked)
                    || !(fields.get("until") instanceof Number until)
                    || !(fields.get("count") instanceof Number count)) {
                return Optional.empty();
            }
            Map<String, String> details = new LinkedHashMap<>();
            if (fields.get("details") instanceof Map<?, ?> facts) {
                facts.forEach((name, value) -> details.put(String.valueOf(name), String.valueOf(value)));
            }
            Diagnosis diagnosis = new Diagnosis(
                    code.get(),
                    string(fields, "summary"),
                    string(fields, "likelyCause"),
                    string(fields, "cure"),
                    details);
            return Optional.of(new Refusal(
                    diagnosis,
                    Instant.ofEpochMilli(asked.longValue()),
                    Instant.ofEpochMilli(until.longValue()),
                    Boolean.TRUE.equals(fields.get("wished")),
                    count.intValue()));
        } catch (IOException | IllegalStateException foreign) {
            // Sealed by us, so of another version: what it says is not for this one.
            return Optional.empty();
        }
    }

    private static String string(Map<?, ?> fields, String name) {
        return String.valueOf(fields.get(name));
    }
}
