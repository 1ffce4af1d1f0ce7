package org.outlookmail.sample;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;

/**
 * A problem document (RFC 9457).
 *
 * @param kind the last part of the type, a URN; not null
 * @param title the same for all problems of this type; not null
 * @param status the HTTP status
 * @param detail what happened this time; not null
 * @param diagnosis what the connector knows about it, or null
 * @param errors what is wrong with the request; empty unless that is the problem
 */
record Problem(String kind, String title, int status, String detail, Diagnosis diagnosis, List<FieldError> errors) {

    static final String MEDIA_TYPE = "application/problem+json";

    private static final String NAMESPACE = "urn:outlookmail:";
    private static final Set<String> ACRONYMS = Set.of("SMTP", "TLS");

    Problem {
        errors = List.copyOf(errors);
    }

    static Problem of(String kind, String title, int status, String detail) {
        return new Problem("problem:" + kind, title, status, detail, null, List.of());
    }

    static Problem of(Diagnosis diagnosis) {
        DiagnosisCode code = diagnosis.code();
        return new Problem(
                "diagnosis:" + code.code(),
                title(code),
                DiagnosisStatus.of(code),
                diagnosis.summary(),
                diagnosis,
                List.of());
    }

    static Problem of(InvalidRequestException invalid) {
        return new Problem(
                "problem:invalid-request",
                "The request is not valid",
                400,
                invalid.getMessage(),
                null,
                invalid.errors());
    }

    /** {@code CLIENT_SECRET_EXPIRED} as "Client secret expired". */
    private static String title(DiagnosisCode code) {
        StringBuilder title = new StringBuilder();
        for (String word : code.name().split("_", -1)) {
            String written = ACRONYMS.contains(word) ? word : word.toLowerCase(Locale.ROOT);
            title.append(title.isEmpty() ? "" : " ").append(written);
        }
        title.setCharAt(0, Character.toUpperCase(title.charAt(0)));
        return title.toString();
    }

    /**
     * The document.
     *
     * @param instance a URI for this one occurrence, which the log names too; not null
     */
    JsonObject toJson(String instance) {
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add("type", NAMESPACE + kind)
                .add("title", title)
                .add("status", status)
                .add("detail", detail)
                .add("instance", instance);
        if (diagnosis != null) {
            JsonObjectBuilder details = Json.createObjectBuilder();
            diagnosis.details().forEach(details::add);
            json.add("code", diagnosis.code().code())
                    .add("likelyCause", diagnosis.likelyCause())
                    .add("cure", diagnosis.cure())
                    .add("details", details);
        }
        if (!errors.isEmpty()) {
            JsonArrayBuilder list = Json.createArrayBuilder();
            for (FieldError error : errors) {
                list.add(Json.createObjectBuilder()
                        .add("field", error.field())
                        .add("expected", error.expected())
                        .add("found", error.found()));
            }
            json.add("errors", list);
        }
        return json.build();
    }
}
