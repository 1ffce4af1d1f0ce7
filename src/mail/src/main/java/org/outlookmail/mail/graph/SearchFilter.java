package org.outlookmail.mail.graph;

import jakarta.mail.Flags;
import jakarta.mail.search.AndTerm;
import jakarta.mail.search.ComparisonTerm;
import jakarta.mail.search.FlagTerm;
import jakarta.mail.search.MessageIDTerm;
import jakarta.mail.search.ReceivedDateTerm;
import jakarta.mail.search.SearchTerm;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What of a search Graph can decide with the same meaning, as a {@code $filter}: flags, a whole Message-ID, and the time of
 * arrival, to the second.
 * It never leaves out what the search would find; what it lets through is looked at here once more.
 */
final class SearchFilter {

    /** What a list is ordered by must come first in its filter, or it is refused as inefficient. */
    private static final String ALWAYS = "receivedDateTime ge 1900-01-01T00:00:00Z";

    /** What OData can write. */
    private static final Instant FIRST = Instant.parse("1900-01-01T00:00:00Z");

    private static final Instant LAST = Instant.parse("9999-12-30T00:00:00Z");

    /** Part of one may be part of others. */
    private static final Pattern WHOLE_ID = Pattern.compile("<[^<>\\s]+@[^<>\\s]+>");

    private SearchFilter() {}

    /** Empty if Graph can decide nothing of it. */
    static Optional<String> of(SearchTerm term) {
        List<String> times = new ArrayList<>();
        List<String> others = new ArrayList<>();
        collect(term, times, others);
        if (times.isEmpty() && others.isEmpty()) {
            return Optional.empty();
        }
        if (times.isEmpty()) {
            times.add(ALWAYS);
        }
        times.addAll(others);
        return Optional.of(String.join(" and ", times));
    }

    private static void collect(SearchTerm term, List<String> times, List<String> others) {
        if (term instanceof AndTerm and) {
            for (SearchTerm each : and.getTerms()) {
                collect(each, times, others);
            }
        } else if (term.getClass() == FlagTerm.class) {
            flags((FlagTerm) term, others);
        } else if (term.getClass() == MessageIDTerm.class) {
            String id = ((MessageIDTerm) term).getPattern();
            if (WHOLE_ID.matcher(id).matches()) {
                others.add("internetMessageId eq '" + id.replace("'", "''") + "'");
            }
        } else if (term.getClass() == ReceivedDateTerm.class) {
            times((ReceivedDateTerm) term, times);
        }
    }

    /** Of a term with several flags, which must all be set, or, for false, must not all be set. */
    private static void flags(FlagTerm term, List<String> filters) {
        Flags.Flag[] system = term.getFlags().getSystemFlags();
        boolean one = system.length + term.getFlags().getUserFlags().length == 1;
        if (!term.getTestSet() && !one) {
            return;
        }
        for (Flags.Flag flag : system) {
            if (flag == Flags.Flag.SEEN) {
                filters.add("isRead eq " + term.getTestSet());
            } else if (flag == Flags.Flag.FLAGGED) {
                filters.add("flag/flagStatus " + (term.getTestSet() ? "eq" : "ne") + " 'flagged'");
            }
        }
    }

    private static void times(ReceivedDateTerm term, List<String> filters) {
        var second = term.getDate().toInstant().truncatedTo(ChronoUnit.SECONDS);
        if (second.isBefore(FIRST) || second.isAfter(LAST)) {
            return; // Such as the end of time.
        }
        int comparison = term.getComparison();
        boolean from =
                comparison == ComparisonTerm.GE || comparison == ComparisonTerm.GT || comparison == ComparisonTerm.EQ;
        boolean until =
                comparison == ComparisonTerm.LE || comparison == ComparisonTerm.LT || comparison == ComparisonTerm.EQ;
        if (from) {
            filters.add("receivedDateTime ge " + second);
        }
        if (until) {
            filters.add("receivedDateTime le " + second.plusSeconds(1));
        }
    }
}
