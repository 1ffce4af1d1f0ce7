package org.outlookmail;

import java.io.Serializable;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A failure that explains itself: what happened, why most likely, and what to do. It never holds a token or a secret.
 * Every text in it is {@link OneLine one line} of at most {@link #LONGEST} characters, wherever it comes from, so that
 * nobody who prints it needs to think of that.
 *
 * @param code the stable code; not null
 * @param summary what happened, one sentence with the names of this configuration; not null
 * @param likelyCause why, most likely; not null
 * @param cure what to do about it; not null
 * @param details facts for the reader, in order: mailbox, host, the server's reply, elapsed milliseconds, for tokens
 *     the decoded claims; immutable, not null, perhaps empty
 */
public record Diagnosis(
        DiagnosisCode code, String summary, String likelyCause, String cure, Map<String, String> details)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    /** How long each of its texts can be: {@value} characters. */
    public static final int LONGEST = 32_000;

    /** The name of the detail that {@link #retryAfter} reads: {@value}. */
    public static final String RETRY_AFTER = "retryAfterSeconds";

    private static final Pattern SECONDS = Pattern.compile("\\d{1,12}(\\.\\d{1,3})?");

    /** What stands in a cure for something that only the details know. */
    private static final Map<String, String> PLACES = Map.of(
            "<mailbox>", "mailbox",
            "<sender>", "sender",
            "<permission>", "permission",
            "<application id>", "token.appid",
            "<object id>", "token.oid");

    public Diagnosis {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(summary, "summary");
        Objects.requireNonNull(likelyCause, "likelyCause");
        Objects.requireNonNull(cure, "cure");
        summary = OneLine.of(summary, LONGEST);
        likelyCause = OneLine.of(likelyCause, LONGEST);
        cure = OneLine.of(cure, LONGEST);
        Map<String, String> shown = new LinkedHashMap<>();
        details.forEach((name, value) -> shown.put(OneLine.of(name), OneLine.of(value, LONGEST)));
        details = Collections.unmodifiableMap(shown);
    }

    /**
     * A diagnosis with the code's own cause and cure; what the cure leaves open is filled in from the details as far as
     * they tell it: the mailbox, the sender, and of the token the application's id and its object id.
     *
     * @param code the code; not null
     * @param summary what happened; not null
     * @param details facts, in the order to show them; entries without a value are left out
     */
    public static Diagnosis of(DiagnosisCode code, String summary, Map<String, String> details) {
        Map<String, String> known = new LinkedHashMap<>(details);
        known.values().removeIf(Objects::isNull);
        return new Diagnosis(code, summary, code.likelyCause(), filled(code.cure(), known), known);
    }

    /**
     * The same with a cause and a cure that this case narrows down; what they leave open is filled in as the code's own is.
     *
     * @param likelyCause why, with properties in braces as {@link PropertyNames} has them; not null
     * @param cure what to do about it, likewise; not null
     * @param names what the properties are called; not null
     */
    public Diagnosis narrowed(String likelyCause, String cure, PropertyNames names) {
        return new Diagnosis(code, summary, names.in(likelyCause), filled(names.in(cure), details), details);
    }

    /**
     * The same for somebody who calls the properties of the connector otherwise. Only the code's own cause and cure know how;
     * texts that somebody else wrote stay as they are.
     *
     * @param names what they are called; not null
     */
    public Diagnosis naming(PropertyNames names) {
        boolean ownCause = likelyCause.equals(code.likelyCause());
        boolean ownCure = cure.equals(filled(code.cure(), details));
        return new Diagnosis(
                code,
                summary,
                ownCause ? code.likelyCause(names) : likelyCause,
                ownCure ? filled(code.cure(names), details) : cure,
                details);
    }

    private static String filled(String cure, Map<String, String> details) {
        String text = cure;
        for (Map.Entry<String, String> place : PLACES.entrySet()) {
            String value = details.get(place.getValue());
            // Quotes would end the argument of a command line that somebody copies.
            // The object id in a user's token is the user's, not that of a service principal.
            boolean applies = !place.getKey().equals("<object id>") || !details.containsKey("token.scp");
            if (applies && value != null && !value.isEmpty() && value.matches("[\\w.@+-]+")) {
                text = text.replace(place.getKey(), value);
            }
        }
        return text;
    }

    /**
     * Finds the diagnosis that a failure carries, however deep in its chain of causes; should there be none, among what was
     * suppressed beside them, where some servers put what a resource adapter has thrown.
     *
     * @param failure any throwable, perhaps null
     */
    public static Optional<Diagnosis> of(Throwable failure) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Throwable> left = new ArrayDeque<>();
        for (Throwable next = failure; next != null; next = left.poll()) {
            for (Throwable cause = next; cause != null && seen.add(cause); cause = cause.getCause()) {
                if (cause instanceof Diagnosed diagnosed) {
                    return Optional.of(diagnosed.diagnosis());
                }
                left.addAll(List.of(cause.getSuppressed()));
            }
        }
        return Optional.empty();
    }

    /**
     * How long whoever refused asks to wait before another try (RFC 9110, section 10.2.3, and what mail servers say like it);
     * empty if he does not.
     */
    public Optional<Duration> retryAfter() {
        String seconds = details.get(RETRY_AFTER);
        return seconds == null || !SECONDS.matcher(seconds).matches()
                ? Optional.empty()
                : Optional.of(Duration.ofMillis(
                        new BigDecimal(seconds).movePointRight(3).longValue()));
    }

    /** The detail that {@link #retryAfter} reads, as it is written there: in seconds. */
    public static String retryAfterSeconds(Duration wait) {
        return BigDecimal.valueOf(wait.toMillis(), 3).stripTrailingZeros().toPlainString();
    }

    /** Code and summary, for where the rest stands beside it. */
    public String brief() {
        return code.code() + ": " + summary;
    }

    /** Code, summary, cause, cure and details in one line, fit for an exception message or a log. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder()
                .append(code.code())
                .append(": ")
                .append(summary)
                .append(" Likely cause: ")
                .append(likelyCause)
                .append(" Cure: ")
                .append(cure);
        return details.isEmpty()
                ? text.toString()
                : text.append(' ').append(details).toString();
    }
}
