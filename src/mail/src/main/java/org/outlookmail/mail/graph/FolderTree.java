package org.outlookmail.mail.graph;

import jakarta.mail.MessagingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds folders by their names: Graph knows ids, and a few names of its own, whatever the language of the mailbox. What was
 * found is remembered until it turns out to be wrong. Hidden folders are left out.
 *
 * <p>Thread rule: free for any thread.
 */
final class FolderTree {

    static final String INBOX = "INBOX";

    private static final int PAGE = 250;
    private static final int NOT_FOUND = 404;

    /** Where the language of the mailbox is another one. */
    private static final Map<String, String> WELL_KNOWN = Map.of(
            "drafts", "drafts",
            "sent items", "sentitems",
            "deleted items", "deleteditems",
            "junk email", "junkemail",
            "archive", "archive",
            "outbox", "outbox");

    private final GraphClient client;

    /** Full name → id; of the inbox too. */
    private final Map<String, String> ids = new ConcurrentHashMap<>();

    FolderTree(GraphClient client) {
        this.client = client;
    }

    /** As it is now; empty if there is none. */
    Optional<FolderNode> find(String path) throws MessagingException {
        String known = ids.get(path);
        if (known != null) {
            Optional<FolderNode> there = byId(known);
            if (there.isPresent() && called(there.get(), path)) {
                return there.map(node -> node.named(last(path)));
            }
            ids.remove(path);
        }
        Optional<FolderNode> found = search(path);
        found.ifPresent(node -> ids.put(path, node.id()));
        return found;
    }

    /** Whether it has still that name; others may have given it another one. */
    private static boolean called(FolderNode node, String path) {
        return path.equalsIgnoreCase(INBOX)
                || WELL_KNOWN.containsKey(path.toLowerCase(Locale.ROOT))
                || node.name().equalsIgnoreCase(last(path));
    }

    private Optional<FolderNode> search(String path) throws MessagingException {
        if (path.equalsIgnoreCase(INBOX)) {
            return byId("inbox").map(node -> node.named(INBOX));
        }
        int end = path.lastIndexOf(GraphStore.SEPARATOR);
        Optional<FolderNode> listed = Optional.empty();
        if (end < 0) {
            listed = named(children(""), path);
        } else {
            Optional<FolderNode> parent = find(path.substring(0, end));
            if (parent.isPresent()) {
                listed = named(children(path.substring(0, end)), last(path));
            }
        }
        String wellKnown = WELL_KNOWN.get(path.toLowerCase(Locale.ROOT));
        return listed.isPresent() || wellKnown == null
                ? listed
                : byId(wellKnown).map(node -> node.named(path));
    }

    private static Optional<FolderNode> named(List<FolderNode> nodes, String name) {
        return nodes.stream().filter(node -> node.name().equalsIgnoreCase(name)).findFirst();
    }

    private static String last(String path) {
        return path.substring(path.lastIndexOf(GraphStore.SEPARATOR) + 1);
    }

    private Optional<FolderNode> byId(String id) throws MessagingException {
        GraphRequest asking = GraphRequest.get(client.path("mailFolders", id) + "?" + FolderNode.FIELDS);
        GraphReply reply = client.asked(asking, client.turn());
        if (reply.status() == NOT_FOUND && GraphDiagnosis.code(reply) == org.outlookmail.DiagnosisCode.FOLDER_FAILURE) {
            return Optional.empty();
        }
        if (!reply.success()) {
            throw new RefusedException(asking, reply);
        }
        return Optional.of(FolderNode.of(reply.json()));
    }

    /** Those of a folder, or of the root if the path is empty, which must be there. */
    List<FolderNode> children(String path) throws MessagingException {
        String inbox = path.isEmpty() ? inbox() : "";
        String target =
                path.isEmpty() ? client.path("mailFolders") : client.path("mailFolders", id(path), "childFolders");
        List<FolderNode> nodes = new ArrayList<>();
        client.pages(GraphRequest.get(target + "?$top=" + PAGE + "&" + FolderNode.FIELDS), page -> {
            for (Json each : page.list("value")) {
                FolderNode node = FolderNode.of(each);
                if (!each.flag("isHidden").orElse(false) && !node.id().isEmpty()) {
                    nodes.add(node.id().equals(inbox) ? node.named(INBOX) : node);
                }
            }
        });
        for (FolderNode node : nodes) {
            ids.put(path.isEmpty() ? node.name() : path + GraphStore.SEPARATOR + node.name(), node.id());
        }
        return nodes;
    }

    /** As it was found; looked up anew if others have forgotten it since. */
    private String id(String path) throws MessagingException {
        String known = ids.get(path);
        return known == null ? parentId(path) : known;
    }

    private String inbox() throws MessagingException {
        String known = ids.get(INBOX);
        return known == null ? find(INBOX).map(FolderNode::id).orElse("") : known;
    }

    /** The id by which a folder is made, or moved, beneath another one. */
    String parentId(String path) throws MessagingException {
        return path.isEmpty() ? "msgfolderroot" : find(path).map(FolderNode::id).orElse("");
    }

    /** Names have changed: all are looked up anew. */
    void forget() {
        ids.clear();
    }
}
