package org.outlookmail;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What somebody calls the properties that a {@link DiagnosisCode} speaks of. Its texts have them in braces: {@code {tenantId}}
 * for one, {@code {authority|cloud}} and {@code {smtpHost&smtpPort}} for several, of which those that are not there are left
 * out, and {@code {cloud?; check *}} for words that stand there only with the property. Places of the configuration are
 * {@code {@configuration}}, {@code {@factory}} and {@code {@poolSize}}, in {@link ServerWords}.
 *
 * <p>Thread rule: no state.
 */
public final class PropertyNames {

    /** Those of the resource adapter and of docs/configuration.md. */
    public static final PropertyNames STANDARD = new PropertyNames(Optional::of, ServerWords.atHand());

    private static final Pattern BRACES = Pattern.compile("\\{([^{}]*)}");

    private final Function<String, Optional<String>> names;
    private final ServerWords words;

    /**
     * For the server at hand.
     *
     * @param names gives for a standard name such as {@code tenantId} the one that is used instead, empty if there is no such
     *     property, and for everything else the same; not null
     */
    public PropertyNames(Function<String, Optional<String>> names) {
        this(names, ServerWords.atHand());
    }

    PropertyNames(Function<String, Optional<String>> names, ServerWords words) {
        this.names = names;
        this.words = words;
    }

    /** A text with its braces filled in. */
    String in(String text) {
        return BRACES.matcher(text).replaceAll(found -> Matcher.quoteReplacement(filled(found.group(1))));
    }

    private String filled(String inside) {
        if (inside.startsWith("@")) {
            return switch (inside) {
                case "@configuration" -> words.configuration();
                case "@factory" -> words.factory();
                case "@poolSize" -> words.poolSize();
                default -> throw new IllegalArgumentException("no place: " + inside);
            };
        }
        int condition = inside.indexOf('?');
        if (condition >= 0) {
            String words = inside.substring(condition + 1);
            return names.apply(inside.substring(0, condition))
                    .map(name -> words.replace("*", name))
                    .orElse("");
        }
        String last = inside.contains("&") ? " and " : " or ";
        List<String> known = Arrays.stream(inside.split("[&|]", -1))
                .map(names)
                .flatMap(Optional::stream)
                .distinct()
                .collect(Collectors.toList());
        if (known.size() < 2) {
            return known.isEmpty() ? inside : known.get(0);
        }
        return String.join(", ", known.subList(0, known.size() - 1)) + last + known.get(known.size() - 1);
    }
}
