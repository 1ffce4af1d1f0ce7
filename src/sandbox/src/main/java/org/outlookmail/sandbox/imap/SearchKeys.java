package org.outlookmail.sandbox.imap;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.outlookmail.sandbox.mime.MimePart;
import org.outlookmail.sandbox.mime.SearchText;

/** Reads what SEARCH looks for (RFC 3501, 6.4.4). Stateless. */
final class SearchKeys {
    private static final Pattern KEY = Pattern.compile("[A-Za-z]+");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,10}");
    private static final Pattern WRITTEN_DATE = Pattern.compile("\\d{1,2}\\s+[A-Za-z]{3}\\s+\\d{4}");
    private static final Pattern SET_FOLLOWS = Pattern.compile("(?=[*1-9])");
    private static final DateTimeFormatter DATE = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .appendPattern("d-MMM-uuuu")
            .toFormatter(Locale.ENGLISH);
    /** A search nested deeper is refused: it must not overflow the stack. */
    private static final int MAX_DEPTH = 50;

    private SearchKeys() {}

    /** A message that may match. */
    static final class Candidate {
        private final SelectedFolder.Shown shown;
        private final int number;
        private final SelectedFolder selected;
        private final FetchCommand.Lazy content;

        Candidate(SelectedFolder.Shown shown, int number, SelectedFolder selected) {
            this.shown = shown;
            this.number = number;
            this.selected = selected;
            this.content = new FetchCommand.Lazy(shown.message());
        }

        private MimePart part() {
            return content.part();
        }

        private LocalDate received() {
            return LocalDate.ofInstant(shown.message().received(), ZoneOffset.UTC);
        }

        /** The date in the field Date, whatever its zone. */
        private Optional<LocalDate> sent() {
            return part().header("Date").flatMap(Candidate::date);
        }

        private static Optional<LocalDate> date(String field) {
            Matcher date = WRITTEN_DATE.matcher(field);
            try {
                return date.find()
                        ? Optional.of(LocalDate.parse(date.group().replaceAll("\\s+", "-"), DATE))
                        : Optional.empty();
            } catch (DateTimeParseException noDate) {
                return Optional.empty();
            }
        }
    }

    /** All keys up to the end or to a parenthesis; a message must match each. */
    static Predicate<Candidate> read(Scanner in) throws BadCommandException {
        return all(in, 0);
    }

    private static Predicate<Candidate> all(Scanner in, int depth) throws BadCommandException {
        Predicate<Candidate> all = key(in, depth);
        while (in.accept(' ')) {
            all = all.and(key(in, depth));
        }
        return all;
    }

    private static Predicate<Candidate> key(Scanner in, int depth) throws BadCommandException {
        if (depth > MAX_DEPTH) {
            throw new BadCommandException("the search is nested too deeply");
        }
        if (in.accept('(')) {
            Predicate<Candidate> inside = all(in, depth + 1);
            in.expect(')');
            return inside;
        }
        if (in.next(SET_FOLLOWS) != null) {
            NumberSet set = NumberSet.read(in);
            return each -> set.has(each.number, each.selected.largest(false));
        }
        String key = in.require(KEY, "a search key").group().toUpperCase(Locale.ROOT);
        return switch (key) {
            case "ALL" -> each -> true;
            case "NOT" -> key(argument(in), depth + 1).negate();
            case "OR" -> key(argument(in), depth + 1).or(key(argument(in), depth + 1));
            case "UID" -> {
                NumberSet set = NumberSet.read(argument(in));
                yield each -> set.has(each.shown.uid(), each.selected.largest(true));
            }
            case "KEYWORD", "UNKEYWORD" -> {
                String keyword = argument(in).flag();
                yield each -> each.shown.message().has(keyword) == key.equals("KEYWORD");
            }
            case "LARGER" -> {
                long size = number(in);
                yield each -> each.shown.message().size() > size;
            }
            case "SMALLER" -> {
                long size = number(in);
                yield each -> each.shown.message().size() < size;
            }
            case "BEFORE", "ON", "SINCE", "SENTBEFORE", "SENTON", "SENTSINCE" -> date(key, in);
            case "BCC", "BODY", "CC", "FROM", "HEADER", "SUBJECT", "TEXT", "TO" -> text(key, in);
            default -> flag(key);
        };
    }

    private static Scanner argument(Scanner in) throws BadCommandException {
        in.expect(' ');
        return in;
    }

    private static long number(Scanner in) throws BadCommandException {
        return Long.parseLong(argument(in).require(NUMBER, "a number").group());
    }

    private static Predicate<Candidate> date(String key, Scanner in) throws BadCommandException {
        LocalDate date;
        try {
            date = LocalDate.parse(argument(in).string(), DATE);
        } catch (DateTimeParseException e) {
            throw new BadCommandException("a date such as 1-Feb-2026 is missing behind " + key);
        }
        Predicate<LocalDate> fits = switch (key.replace("SENT", "")) {
            case "BEFORE" -> each -> each.isBefore(date);
            case "ON" -> date::equals;
            default -> each -> !each.isBefore(date);
        };
        return key.startsWith("SENT")
                ? each -> each.sent().filter(fits).isPresent()
                : each -> fits.test(each.received());
    }

    private static Predicate<Candidate> text(String key, Scanner in) throws BadCommandException {
        String name = key.equals("HEADER") ? argument(in).string() : key;
        String text = argument(in).string().toLowerCase(Locale.ROOT);
        return switch (key) {
            case "BODY" -> each -> SearchText.inBody(each.part(), text);
            case "TEXT" -> each -> SearchText.inHeader(each.part(), text) || SearchText.inBody(each.part(), text);
            default -> each -> SearchText.inField(each.part(), name, text);
        };
    }

    private static Predicate<Candidate> flag(String key) throws BadCommandException {
        Predicate<Candidate> recent = each -> each.shown.recent();
        return switch (key) {
            case "ANSWERED", "DELETED", "DRAFT", "FLAGGED", "SEEN" -> has("\\" + key);
            case "UNANSWERED", "UNDELETED", "UNDRAFT", "UNFLAGGED", "UNSEEN" ->
                flag(key.substring("UN".length())).negate();
            case "RECENT" -> recent;
            case "OLD" -> recent.negate();
            case "NEW" -> recent.and(has(Flags.SEEN).negate());
            default -> throw new BadCommandException(key + " is no search key");
        };
    }

    private static Predicate<Candidate> has(String flag) {
        return each -> each.shown.message().has(flag);
    }
}
