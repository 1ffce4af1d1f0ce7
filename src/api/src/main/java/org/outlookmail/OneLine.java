package org.outlookmail;

import jakarta.mail.internet.AddressException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * What comes from outside - subjects, addresses, the replies of servers - as one line for a log, an exception or a page.
 * Whatever could end the line, change the order of its letters or hide some is written as an escape: controls, separators
 * of lines and paragraphs, marks of direction, letters without width. So nobody can write a second line, or one that reads
 * as another. Stateless.
 */
public final class OneLine {

    /** How much of a text from outside is shown: {@value} characters. */
    public static final int LONGEST = 1_000;

    private OneLine() {}

    /**
     * A text from outside, of which {@link #LONGEST} characters are shown.
     *
     * @param text perhaps null
     * @return one line; null for null
     */
    public static String of(String text) {
        return of(text, LONGEST);
    }

    static String of(String text, int longest) {
        if (text == null) {
            return null;
        }
        String cut = " ... (" + text.length() + " characters)";
        StringBuilder line = new StringBuilder();
        int fits = 0;
        for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
            int letter = text.codePointAt(at);
            line.append(visible(letter) ? Character.toString(letter) : escaped(letter));
            if (line.length() > longest) {
                line.setLength(fits);
                return line.append(cut).toString();
            }
            if (line.length() + cut.length() <= longest) {
                fits = line.length();
            }
        }
        return line.toString();
    }

    private static boolean visible(int letter) {
        return switch (Character.getType(letter)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    private static String escaped(int letter) {
        return switch (letter) {
            case '\t' -> "\\t";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            default -> letter > 0xffff ? String.format("\\u{%x}", letter) : String.format("\\u%04x", letter);
        };
    }

    /**
     * A cause that can be printed with its stack trace: itself, if its message and those of its own causes are one line
     * each. Otherwise a copy that has the same stack trace and names the class, because a trace is printed as it is.
     *
     * @param failure perhaps null
     */
    public static Throwable cause(Throwable failure) {
        return clean(failure, circle()) ? failure : copy(failure, circle());
    }

    private static Set<Throwable> circle() {
        return Collections.newSetFromMap(new IdentityHashMap<>());
    }

    private static boolean clean(Throwable failure, Set<Throwable> seen) {
        if (failure == null || !seen.add(failure)) {
            return true;
        }
        boolean line = isLine(failure.getMessage());
        // An AddressException prints what it is about, too.
        line &= !(failure instanceof AddressException address) || isLine(address.getRef());
        for (Throwable suppressed : failure.getSuppressed()) {
            line &= clean(suppressed, seen);
        }
        return line && clean(failure.getCause(), seen);
    }

    private static boolean isLine(String text) {
        return text == null || text.stripTrailing().codePoints().allMatch(OneLine::visible);
    }

    private static Throwable copy(Throwable failure, Set<Throwable> seen) {
        if (failure == null || !seen.add(failure)) {
            return null;
        }
        Shown copy = new Shown(failure, copy(failure.getCause(), seen));
        for (Throwable suppressed : failure.getSuppressed()) {
            Throwable shown = copy(suppressed, seen);
            if (shown != null) {
                copy.addSuppressed(shown);
            }
        }
        return copy;
    }

    /** Another exception, as it is printed. */
    private static final class Shown extends Exception {

        private static final long serialVersionUID = 1L;

        private final String type;

        Shown(Throwable failure, Throwable cause) {
            super(of(failure.getMessage()), cause);
            type = failure.getClass().getName();
            setStackTrace(failure.getStackTrace());
        }

        @Override
        @SuppressWarnings("OverrideThrowableToString") // It speaks for another class.
        public String toString() {
            return getMessage() == null ? type : type + ": " + getMessage();
        }
    }
}
