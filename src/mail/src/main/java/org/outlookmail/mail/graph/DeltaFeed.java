package org.outlookmail.mail.graph;

import jakarta.mail.MessagingException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.outlookmail.DiagnosedMessagingException;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.mail.MailAccount;
import org.outlookmail.mail.MailFeed;
import org.outlookmail.mail.Surroundings;
import org.outlookmail.mail.wire.WriteTimeouts;

/**
 * What comes into a folder, by Graph's delta query. A round is believed only after it has been compared with the folder: what
 * has been received since the last checkpoint must be in it, or it is added, and that is told. A lost state (410) means to begin
 * anew, without telling again what was told.
 *
 * <p>Thread rule: as {@link MailFeed}.
 */
final class DeltaFeed implements MailFeed {

    private static final String FIELDS = "$select=receivedDateTime,isRead";
    private static final int GONE = 410;

    private final MailAccount account;
    private final Surroundings surroundings;
    private final GraphClient client;
    private final GraphSettings settings;
    private final FolderTree tree;
    private final String folder;

    /** What this feed has told, by its hash. */
    private final Set<Long> told = new HashSet<>();

    DeltaFeed(MailAccount account, Surroundings surroundings, WriteTimeouts writeTimeouts, String folder) {
        this.account = account;
        this.surroundings = surroundings;
        this.client = new GraphClient(account, account.in(), surroundings, writeTimeouts);
        this.settings = GraphSettings.of(account);
        this.tree = new FolderTree(client);
        this.folder = folder;
    }

    @Override
    public News since(String checkpoint) throws MessagingException {
        long started = System.nanoTime();
        try {
            return news(checkpoint);
        } catch (RefusedException | UnansweredException failure) {
            client.requireOpen();
            String summary = "The news of the folder " + folder + " of " + account.mailbox() + " could not be read.";
            throw new DiagnosedMessagingException(
                    client.diagnosis().of(summary, folder, org.outlookmail.mail.Call.facts(started), failure), failure);
        }
    }

    private News news(String checkpoint) throws MessagingException {
        FolderNode node = tree.find(folder).orElseThrow(this::missing);
        String target = client.path("mailFolders", node.id(), "messages");
        Optional<DeltaState> known = DeltaState.read(checkpoint);
        Round round = known.isPresent() ? round(known.get().link()) : null;
        boolean anew = round == null;
        if (anew) {
            if (!checkpoint.isEmpty()) {
                tell(
                        DiagnosisCode.GRAPH_SYNC_STATE_LOST,
                        "Graph does not know any more what has changed in " + folder + " of " + account.mailbox()
                                + ".");
            }
            round = begun(target + "/delta?changeType=created&" + FIELDS);
        }
        int missing = round.completed(known.isPresent() ? since(target, known.get()) : all(target, node, round));
        if (missing > 0) {
            tell(
                    DiagnosisCode.GRAPH_CHANGES_INCOMPLETE,
                    "Graph left " + missing + " messages out of what has come into " + folder + " of "
                            + account.mailbox() + "; they have been looked up.");
        }
        List<Arrival> fresh = round.arrivals().stream()
                .filter(each -> !told.contains(GraphUid.of(each.id())))
                .filter(each -> !anew || known.isEmpty() || !known.get().before(each.id(), each.received()))
                .sorted(Comparator.comparing(Arrival::received))
                .toList();
        fresh.forEach(each -> told.add(GraphUid.of(each.id())));
        return new News(fresh, state(round, known).write());
    }

    /** A round from a link, or null if its state is lost. */
    private Round round(String link) throws MessagingException {
        Optional<String> target = GraphLink.target(link, client.server());
        try {
            return target.isPresent() ? begun(target.get()) : null;
        } catch (RefusedException refused) {
            boolean lost = refused.reply().status() == GONE
                    || refused.reply().code().equals("SyncStateNotFound")
                    || refused.reply().code().equals("resyncRequired");
            if (lost) {
                return null;
            }
            throw refused;
        }
    }

    private Round begun(String first) throws MessagingException {
        Round round = new Round();
        GraphRequest asking = GraphRequest.get(first).with("Prefer", "odata.maxpagesize=" + settings.page());
        client.pages(asking, page -> {
            page.list("value").forEach(round::add);
            round.link = page.text("@odata.deltaLink");
        });
        return round;
    }

    /** What has been received since, which the round must have told, or an earlier one. */
    private List<Json> since(String target, DeltaState known) throws MessagingException {
        List<Json> there = listed(target + "?$filter=" + GraphRequest.encoded("receivedDateTime ge " + known.until())
                + "&$orderby=receivedDateTime&$top=" + settings.page() + "&" + FIELDS);
        return there.stream()
                .filter(each -> !known.before(each.text("id"), received(each)))
                .filter(each -> !told.contains(GraphUid.of(each.text("id"))))
                .toList();
    }

    /** All that is there, if the folder has more than the round has told. */
    private List<Json> all(String target, FolderNode node, Round round) throws MessagingException {
        return node.total() <= round.arrivals.size()
                ? List.of()
                : listed(target + "?$orderby=receivedDateTime&$top=" + settings.page() + "&" + FIELDS);
    }

    private List<Json> listed(String first) throws MessagingException {
        List<Json> all = new ArrayList<>();
        client.pages(GraphRequest.get(first), page -> all.addAll(page.list("value")));
        return all;
    }

    private static DeltaState state(Round round, Optional<DeltaState> known) {
        Instant before = known.map(DeltaState::until).orElse(Instant.EPOCH);
        Instant until = round.arrivals().stream()
                .map(Arrival::received)
                .max(Comparator.naturalOrder())
                .filter(latest -> latest.isAfter(before))
                .orElse(before);
        Set<String> at = round.arrivals().stream()
                .filter(each -> each.received().equals(until))
                .map(Arrival::id)
                .collect(Collectors.toSet());
        if (until.equals(before)) {
            known.ifPresent(state -> at.addAll(state.at()));
        }
        return new DeltaState(round.link, until, at);
    }

    private static Instant received(Json message) {
        try {
            return Instant.parse(message.text("receivedDateTime"));
        } catch (DateTimeException none) {
            return Instant.EPOCH;
        }
    }

    private DiagnosedMessagingException missing() {
        return new DiagnosedMessagingException(
                account.diagnosis(
                        DiagnosisCode.FOLDER_FAILURE,
                        "There is no folder " + folder + " in " + account.mailbox() + ".",
                        client.diagnosis().details(folder, Map.of())),
                null);
    }

    private void tell(DiagnosisCode code, String summary) {
        Diagnosis diagnosis =
                account.diagnosis(code, summary, client.diagnosis().details(folder, Map.of()));
        surroundings.listener().onWarning(diagnosis, false);
    }

    @Override
    public void close() {
        client.ending();
        client.drop();
    }

    /** What Graph has told of one round; each message once, however often it told it. */
    private static final class Round {

        private final Map<String, Arrival> arrivals = new LinkedHashMap<>();
        private String link = "";

        void add(Json message) {
            String id = message.text("id");
            if (message.has("@removed")) {
                arrivals.remove(id);
            } else if (!id.isEmpty()) {
                arrivals.putIfAbsent(
                        id,
                        new Arrival(
                                id, received(message), message.flag("isRead").orElse(false)));
            }
        }

        /** Adds what is there and was not told; how many these are. */
        int completed(List<Json> there) {
            int before = arrivals.size();
            there.forEach(this::add);
            return arrivals.size() - before;
        }

        List<Arrival> arrivals() {
            return List.copyOf(arrivals.values());
        }
    }
}
