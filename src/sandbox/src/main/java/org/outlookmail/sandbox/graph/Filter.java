package org.outlookmail.sandbox.graph;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.outlookmail.sandbox.mailstore.MailMessage;
import org.outlookmail.sandbox.mime.Decoded;
import org.outlookmail.sandbox.mime.SearchText;

/**
 * What $filter and $search leave of a list: the comparisons that mail programs use, joined by and, or and not. Immutable.
 */
final class Filter {
    private static final int MAX_DEPTH = 50;
    private static final Pattern COMPARISON = Pattern.compile(
            "\\s*([A-Za-z/]+)\\s+(eq|ne|gt|ge|lt|le)\\s+('(?:[^']|'')*+'|[^\\s()]+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern FUNCTION =
            Pattern.compile("\\s*(contains|startswith|endswith)\\(\\s*([A-Za-z/]+)\\s*,\\s*'((?:[^']|'')*+)'\\s*\\)");
    private static final Pattern SEARCH =
            Pattern.compile("\"?(?:(subject|from|to|cc|body):)?([^\"]*)\"?", Pattern.CASE_INSENSITIVE);

    private final Predicate<MailMessage> predicate;

    private Filter(Predicate<MailMessage> predicate) {
        this.predicate = predicate;
    }

    static Filter of(GraphCall call) throws GraphException {
        Predicate<MailMessage> all = message -> true;
        if (!call.query("$filter").isEmpty()) {
            Parser parser = new Parser(call.query("$filter"));
            all = all.and(parser.or(0));
            parser.end();
        }
        Matcher search = SEARCH.matcher(call.query("$search"));
        if (!call.query("$search").isEmpty() && search.matches()) {
            String field = search.group(1) == null ? "" : search.group(1).toLowerCase(Locale.ROOT);
            String text = search.group(2).toLowerCase(Locale.ROOT);
            all = all.and(message -> found(message, field, text));
        }
        return new Filter(all);
    }

    boolean fits(MailMessage message) {
        return predicate.test(message);
    }

    private static boolean found(MailMessage message, String field, String text) {
        return switch (field) {
            case "" -> SearchText.inHeader(message.part(), text) || SearchText.inBody(message.part(), text);
            case "body" -> SearchText.inBody(message.part(), text);
            default -> SearchText.inField(message.part(), field, text);
        };
    }

    private static GraphException unsupported(String what) {
        return GraphException.badRequest("ErrorInvalidUrlQueryFilter", "The query filter clause is not valid: " + what);
    }

    /** Reads an expression from left to right. */
    private static final class Parser {
        private final String text;
        private int position;

        Parser(String text) {
            this.text = text;
        }

        void end() throws GraphException {
            if (!text.substring(position).isBlank()) {
                throw unsupported(text.substring(position));
            }
        }

        private boolean word(String word) {
            Matcher matcher = Pattern.compile("\\s*" + word + "(?=[\\s(])", Pattern.CASE_INSENSITIVE)
                    .matcher(text)
                    .region(position, text.length());
            boolean there = matcher.lookingAt();
            position = there ? matcher.end() : position;
            return there;
        }

        private boolean sign(char sign) {
            int next = position;
            while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
                next++;
            }
            boolean there = next < text.length() && text.charAt(next) == sign;
            position = there ? next + 1 : position;
            return there;
        }

        Predicate<MailMessage> or(int depth) throws GraphException {
            Predicate<MailMessage> all = and(depth);
            while (word("or")) {
                all = all.or(and(depth));
            }
            return all;
        }

        private Predicate<MailMessage> and(int depth) throws GraphException {
            Predicate<MailMessage> all = one(depth);
            while (word("and")) {
                all = all.and(one(depth));
            }
            return all;
        }

        private Predicate<MailMessage> one(int depth) throws GraphException {
            if (depth > MAX_DEPTH) {
                throw GraphException.badRequest("ErrorRestrictionTooComplex", "The restriction is too complex.");
            }
            if (word("not")) {
                return one(depth + 1).negate();
            }
            if (sign('(')) {
                Predicate<MailMessage> inside = or(depth + 1);
                if (!sign(')')) {
                    throw unsupported("a parenthesis is missing");
                }
                return inside;
            }
            Matcher function = next(FUNCTION);
            if (function != null) {
                return function(
                        function.group(1), function.group(2), function.group(3).replace("''", "'"));
            }
            Matcher comparison = next(COMPARISON);
            if (comparison == null) {
                throw unsupported(text.substring(position));
            }
            return comparison(comparison.group(1), comparison.group(2).toLowerCase(Locale.ROOT), comparison.group(3));
        }

        private Matcher next(Pattern pattern) {
            Matcher matcher = pattern.matcher(text).region(position, text.length());
            if (!matcher.lookingAt()) {
                return null;
            }
            position = matcher.end();
            return matcher;
        }
    }

    private static Predicate<MailMessage> function(String name, String property, String text) throws GraphException {
        String wanted = text.toLowerCase(Locale.ROOT);
        check(property);
        return message -> {
            String value = value(message, property).toLowerCase(Locale.ROOT);
            return switch (name) {
                case "contains" -> value.contains(wanted);
                case "startswith" -> value.startsWith(wanted);
                default -> value.endsWith(wanted);
            };
        };
    }

    private static Predicate<MailMessage> comparison(String property, String operator, String literal)
            throws GraphException {
        if (property.equals("receivedDateTime")) {
            return byTime(operator, literal);
        }
        check(property);
        String wanted = literal.startsWith("'")
                ? literal.substring(1, literal.length() - 1).replace("''", "'")
                : literal;
        return switch (operator) {
            case "eq" -> message -> value(message, property).equalsIgnoreCase(wanted);
            case "ne" -> message -> !value(message, property).equalsIgnoreCase(wanted);
            default -> throw unsupported(property + " " + operator);
        };
    }

    private static Predicate<MailMessage> byTime(String operator, String literal) throws GraphException {
        Instant wanted;
        try {
            wanted = Instant.parse(literal);
        } catch (DateTimeParseException e) {
            throw unsupported(literal);
        }
        return message -> {
            int order = message.received().compareTo(wanted);
            return switch (operator) {
                case "eq" -> order == 0;
                case "ne" -> order != 0;
                case "gt" -> order > 0;
                case "ge" -> order >= 0;
                case "lt" -> order < 0;
                default -> order <= 0;
            };
        };
    }

    private static void check(String property) throws GraphException {
        switch (property) {
            case "isRead",
                    "isDraft",
                    "hasAttachments",
                    "subject",
                    "internetMessageId",
                    "from/emailAddress/address",
                    "flag/flagStatus",
                    "importance" -> {
                // Known.
            }
            default -> throw unsupported(property);
        }
    }

    private static String value(MailMessage message, String property) {
        return switch (property) {
            case "isRead" -> Boolean.toString(message.has("\\Seen"));
            case "isDraft" -> Boolean.toString(message.has("\\Draft"));
            case "flag/flagStatus" -> message.has("\\Flagged") ? "flagged" : "notFlagged";
            case "hasAttachments" ->
                Boolean.toString(Attachments.of(message.part()).stream().anyMatch(each -> !each.inline()));
            case "from/emailAddress/address" ->
                MessageJson.addresses(message.part(), "From").stream()
                        .findFirst()
                        .map(each -> each.getAddress())
                        .orElse("");
            case "internetMessageId" -> header(message, "Message-ID");
            case "importance" -> header(message, "Importance");
            default -> header(message, "Subject");
        };
    }

    private static String header(MailMessage message, String name) {
        return message.part().header(name).map(Decoded::field).orElse("");
    }
}
