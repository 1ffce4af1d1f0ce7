package org.outlookmail.sandbox.imap;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.outlookmail.sandbox.mime.Section;

/**
 * One thing that FETCH is asked for (RFC 3501, 6.4.5).
 *
 * @param name in upper case, as the answer has it, brackets included
 * @param section what of the message, or null if it is no piece of the message
 * @param peek whether reading it leaves the message unseen
 * @param first of a partial FETCH the first octet, else negative
 * @param count of a partial FETCH how many octets
 */
record FetchItem(String name, Section section, boolean peek, long first, long count) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9.]+");
    private static final Pattern PARTS = Pattern.compile("[1-9]\\d{0,4}(?:\\.[1-9]\\d{0,4})*");
    private static final Pattern WHAT = Pattern.compile("[A-Za-z.]+");
    private static final Pattern FIELD = Pattern.compile("[A-Za-z0-9_-]+");
    private static final Pattern PARTIAL = Pattern.compile("<(\\d{1,10})\\.([1-9]\\d{0,9})>");
    private static final Set<String> PLAIN =
            Set.of("FLAGS", "INTERNALDATE", "RFC822.SIZE", "ENVELOPE", "BODY", "BODYSTRUCTURE", "UID");

    /** One item, a macro, or a list of items. */
    static List<FetchItem> readAll(Scanner in) throws BadCommandException {
        List<FetchItem> items = new ArrayList<>();
        if (in.accept('(')) {
            do {
                items.add(read(in));
            } while (in.accept(' '));
            in.expect(')');
            return items;
        }
        FetchItem first = read(in);
        List<String> macro = switch (first.name) {
            case "ALL" -> List.of("FLAGS", "INTERNALDATE", "RFC822.SIZE", "ENVELOPE");
            case "FAST" -> List.of("FLAGS", "INTERNALDATE", "RFC822.SIZE");
            case "FULL" -> List.of("FLAGS", "INTERNALDATE", "RFC822.SIZE", "ENVELOPE", "BODY");
            default -> List.of();
        };
        if (macro.isEmpty()) {
            return List.of(first);
        }
        return macro.stream().map(FetchItem::plain).toList();
    }

    static FetchItem plain(String name) {
        return new FetchItem(name, null, true, -1, 0);
    }

    private static FetchItem read(Scanner in) throws BadCommandException {
        String name = in.require(NAME, "what to fetch").group().toUpperCase(Locale.ROOT);
        if ((name.equals("BODY") || name.equals("BODY.PEEK")) && in.accept('[')) {
            return section(in, name.equals("BODY.PEEK"));
        }
        return switch (name) {
            case "RFC822" -> new FetchItem(name, of(Section.What.ALL), false, -1, 0);
            case "RFC822.HEADER" -> new FetchItem(name, of(Section.What.HEADER), true, -1, 0);
            case "RFC822.TEXT" -> new FetchItem(name, of(Section.What.TEXT), false, -1, 0);
            case "ALL", "FAST", "FULL" -> plain(name);
            default -> {
                if (!PLAIN.contains(name)) {
                    throw new BadCommandException(name + " cannot be fetched");
                }
                yield plain(name);
            }
        };
    }

    private static Section of(Section.What what) {
        return new Section(List.of(), what, Set.of());
    }

    private static FetchItem section(Scanner in, boolean peek) throws BadCommandException {
        StringBuilder name = new StringBuilder("BODY[");
        List<Integer> path = new ArrayList<>();
        Matcher parts = in.next(PARTS);
        if (parts != null) {
            name.append(parts.group());
            for (String number : parts.group().split("\\.", -1)) {
                path.add(Integer.valueOf(number));
            }
        }
        Section.What what = Section.What.ALL;
        Set<String> fields = new LinkedHashSet<>();
        if (path.isEmpty() || in.accept('.')) {
            name.append(path.isEmpty() ? "" : ".");
            Matcher word = path.isEmpty() ? in.next(WHAT) : in.require(WHAT, "the rest of a section");
            String piece = word == null ? "" : word.group().toUpperCase(Locale.ROOT);
            what = what(piece, path.isEmpty());
            name.append(piece);
        }
        if (what == Section.What.FIELDS || what == Section.What.FIELDS_NOT) {
            name.append(fields(in, fields));
        }
        in.expect(']');
        name.append(']');
        Section section = new Section(List.copyOf(path), what, Set.copyOf(fields));
        Matcher partial = in.next(PARTIAL);
        return partial == null
                ? new FetchItem(name.toString(), section, peek, -1, 0)
                : new FetchItem(
                        name + "<" + Long.parseLong(partial.group(1)) + ">",
                        section,
                        peek,
                        Long.parseLong(partial.group(1)),
                        Long.parseLong(partial.group(2)));
    }

    private static Section.What what(String piece, boolean ofMessage) throws BadCommandException {
        Section.What what = switch (piece) {
            case "" -> Section.What.ALL;
            case "HEADER" -> Section.What.HEADER;
            case "HEADER.FIELDS" -> Section.What.FIELDS;
            case "HEADER.FIELDS.NOT" -> Section.What.FIELDS_NOT;
            case "TEXT" -> Section.What.TEXT;
            case "MIME" -> Section.What.MIME;
            default -> throw new BadCommandException(piece + " is no section");
        };
        if (what == Section.What.MIME && ofMessage) {
            throw new BadCommandException("MIME needs the number of a part");
        }
        return what;
    }

    /** Reads the list of names, which may be quoted; gives it as the answer repeats it. */
    private static String fields(Scanner in, Set<String> fields) throws BadCommandException {
        in.expect(' ');
        in.expect('(');
        StringBuilder list = new StringBuilder(" (");
        do {
            String field = in.string();
            fields.add(field.toLowerCase(Locale.ROOT));
            list.append(list.length() == 2 ? "" : " ")
                    .append(FIELD.matcher(field).matches() ? field : ImapStrings.nstring(field));
        } while (in.accept(' '));
        in.expect(')');
        return list.append(')').toString();
    }
}
