package org.outlookmail.sandbox.imap;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A sequence set, of numbers or of UIDs (RFC 3501, 9). Immutable. */
final class NumberSet {
    static final Pattern SYNTAX = Pattern.compile(
            "(?:\\*|[1-9]\\d{0,9})(?::(?:\\*|[1-9]\\d{0,9}))?(?:,(?:\\*|[1-9]\\d{0,9})(?::(?:\\*|[1-9]\\d{0,9}))?)*+");

    /** What stands for the largest number in use. */
    private static final long LARGEST = -1;

    private final List<long[]> ranges = new ArrayList<>();

    static NumberSet read(Scanner in) throws BadCommandException {
        NumberSet set = new NumberSet();
        for (String range : in.require(SYNTAX, "a set of messages").group().split(",", -1)) {
            String[] ends = range.split(":", -1);
            set.ranges.add(new long[] {number(ends[0]), number(ends[ends.length - 1])});
        }
        return set;
    }

    private static long number(String text) {
        return text.equals("*") ? LARGEST : Long.parseLong(text);
    }

    /** Whether the number is in it, where {@code largest} is the largest in use; a range may be given backwards. */
    boolean has(long number, long largest) {
        for (long[] range : ranges) {
            long one = range[0] == LARGEST ? largest : range[0];
            long other = range[1] == LARGEST ? largest : range[1];
            if (Math.min(one, other) <= number && number <= Math.max(one, other)) {
                return true;
            }
        }
        return false;
    }
}
