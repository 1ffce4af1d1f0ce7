package org.outlookmail.sandbox.graph;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.outlookmail.sandbox.mailstore.MailFolder;
import org.outlookmail.sandbox.mailstore.MailMessage;

/**
 * {@code /mailFolders/{id}/messages/delta}: what has changed in a folder, in rounds of pages; what changes during a round
 * belongs to the next. Stateless: the links carry the state.
 */
final class DeltaRoutes {
    private static final Pattern STATE = Pattern.compile("(\\d{1,18})/(\\d{1,18})/(\\d{1,18})");
    private static final Pattern PAGE_SIZE = Pattern.compile("odata\\.maxpagesize=(\\d{1,4})");
    private static final int USUAL = 10;

    private DeltaRoutes() {}

    /** A round: the changes behind {@code since} up to {@code until}, of which those up to {@code seen} have been told. */
    private record Round(long since, long until, long seen) {
        static Round read(String token) throws GraphException {
            try {
                String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.US_ASCII);
                Matcher state = STATE.matcher(text);
                if (state.matches()) {
                    return new Round(
                            Long.parseLong(state.group(1)),
                            Long.parseLong(state.group(2)),
                            Long.parseLong(state.group(3)));
                }
            } catch (IllegalArgumentException e) {
                throw unknownState();
            }
            throw unknownState();
        }

        private static GraphException unknownState() {
            return new GraphException(410, "SyncStateNotFound", "The sync state generation is not found.");
        }

        String token() {
            String text = since + "/" + until + "/" + seen;
            return Base64.getUrlEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
        }
    }

    /** A message, or the id of one that has left, by the change that makes it news. */
    private record News(long change, MailMessage message, String gone) {}

    static GraphAnswer answer(MailboxCall asked, MailFolder folder, String spoil) throws GraphException {
        asked.mustRead();
        GraphCall call = asked.call();
        if (!call.method().equals("GET")) {
            throw GraphException.methodNotAllowed();
        }
        Round round = round(asked);
        List<News> news = news(folder, round, kind(call));
        Matcher size = PAGE_SIZE.matcher(call.header("Prefer"));
        int most = size.find() ? Math.max(1, Integer.parseInt(size.group(1))) : USUAL;
        List<News> page = news.subList(0, Math.min(most, news.size()));
        ObjectNode json = GraphCall.MAPPER.createObjectNode();
        ArrayNode value = json.putArray("value");
        Set<String> select = MessageRoutes.select(call);
        for (News each : page) {
            value.add(json(each, call.immutableIds(), select));
            if (spoil.equals("duplicate")) {
                value.add(json(each, call.immutableIds(), select));
            }
        }
        Map<String, String> query = new TreeMap<>(call.query());
        query.remove("$skiptoken");
        query.remove("$deltatoken");
        if (page.size() < news.size() && !spoil.equals("truncate")) {
            long seen = page.get(page.size() - 1).change();
            query.put("$skiptoken", new Round(round.since(), round.until(), seen).token());
            json.put("@odata.nextLink", Page.link(asked.base(), query));
        } else {
            query.put("$deltatoken", new Round(round.until(), 0, 0).token());
            json.put("@odata.deltaLink", Page.link(asked.base(), query));
        }
        return GraphAnswer.json(200, json);
    }

    private static Round round(MailboxCall asked) throws GraphException {
        GraphCall call = asked.call();
        long now = asked.mailbox().lastChange();
        if (!call.query("$skiptoken").isEmpty()) {
            return Round.read(call.query("$skiptoken"));
        }
        long since = call.query("$deltatoken").isEmpty()
                ? 0
                : Round.read(call.query("$deltatoken")).since();
        return new Round(since, now, since);
    }

    /** All changes, or one kind of them. */
    private static String kind(GraphCall call) throws GraphException {
        String kind = call.query("changeType").toLowerCase(Locale.ROOT);
        if (!Set.of("", "created", "updated", "deleted").contains(kind)) {
            throw GraphException.badRequest("ErrorInvalidUrlQuery", "The changeType is none: " + kind);
        }
        return kind;
    }

    private static List<News> news(MailFolder folder, Round round, String kind) {
        List<News> news = new ArrayList<>();
        if (kind.equals("created")) {
            folder.messages()
                    .values()
                    .forEach(message -> news.add(new News(message.place().came(), message, "")));
        } else if (!kind.equals("deleted")) {
            folder.messages().values().stream()
                    .filter(message -> kind.isEmpty() || message.place().came() <= round.since())
                    .forEach(message -> news.add(new News(message.place().change(), message, "")));
        }
        if (round.since() > 0 && (kind.isEmpty() || kind.equals("deleted"))) {
            folder.goneSince(round.since()).forEach((id, change) -> news.add(new News(change, null, id)));
        }
        news.removeIf(each -> each.change() <= round.seen() || each.change() > round.until());
        news.sort(Comparator.comparing(News::change));
        return news;
    }

    private static ObjectNode json(News news, boolean immutable, Set<String> select) {
        if (news.message() != null) {
            return MessageJson.of(news.message(), immutable, select);
        }
        ObjectNode json = GraphCall.MAPPER.createObjectNode();
        json.put("id", Ids.immutable(news.gone()));
        json.putObject("@removed").put("reason", "deleted");
        return json;
    }
}
