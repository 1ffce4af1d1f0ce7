package org.outlookmail.sandbox.graph;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.outlookmail.sandbox.mailstore.MailFolder;
import org.outlookmail.sandbox.mailstore.Mailbox;

/** {@code /mailFolders} and {@code /mailFolders/{id}}; what is below a folder's messages goes on elsewhere. Stateless. */
final class FolderRoutes {
    /** The folder above all others, which has no name. */
    private static final String ROOT = "msgfolderroot";

    private FolderRoutes() {}

    /** {@code asked} is behind "mailFolders". */
    static GraphAnswer answer(MailboxCall asked) throws GraphException {
        GraphCall call = asked.call();
        String parent = call.segments() < 2 || call.segment().equalsIgnoreCase(ROOT) ? "" : null;
        boolean children = call.segments() == 2 && call.segment(1).equalsIgnoreCase("childFolders");
        if (call.segments() == 0 || children) {
            String path = call.segments() == 0 || parent != null
                    ? ""
                    : Ids.folder(asked.mailbox(), call.segment()).path();
            return call.method().equals("POST") ? create(asked, path) : list(asked, path);
        }
        MailFolder folder = Ids.folder(asked.mailbox(), call.segment());
        if (call.segments() == 2 && call.segment(1).equalsIgnoreCase("move")) {
            return move(asked, folder);
        }
        if (call.segments() > 1) {
            throw GraphException.unknownPath(call.segment(1));
        }
        return switch (call.method()) {
            case "GET" -> {
                asked.mustRead();
                yield GraphAnswer.json(200, json(asked.mailbox(), folder));
            }
            case "PATCH" -> rename(asked, folder);
            case "DELETE" -> {
                asked.mustWrite();
                changed(() -> asked.mailbox().delete(folder));
                yield GraphAnswer.empty(204);
            }
            default -> throw GraphException.methodNotAllowed();
        };
    }

    private static GraphAnswer list(MailboxCall asked, String parent) throws GraphException {
        asked.mustRead();
        List<ObjectNode> folders = asked.mailbox().folders().stream()
                .filter(folder -> parent(folder).equals(parent))
                .map(folder -> json(asked.mailbox(), folder))
                .toList();
        return Page.of(asked, folders, each -> each);
    }

    private static String parent(MailFolder folder) {
        String path = folder.path();
        int end = path.lastIndexOf(Mailbox.SEPARATOR);
        return end < 0 ? "" : path.substring(0, end);
    }

    private static ObjectNode json(Mailbox mailbox, MailFolder folder) {
        ObjectNode json = GraphCall.MAPPER.createObjectNode();
        String parent = parent(folder);
        json.put("id", folder.id());
        json.put("displayName", WellKnown.displayName(folder.path()));
        json.put(
                "parentFolderId",
                parent.isEmpty()
                        ? ROOT
                        : mailbox.folder(parent).map(MailFolder::id).orElse(ROOT));
        json.put(
                "childFolderCount",
                mailbox.folders().stream()
                        .filter(each -> parent(each).equals(folder.path()))
                        .count());
        int total = folder.messages().size();
        json.put("unreadItemCount", total - folder.having("\\Seen").size());
        json.put("totalItemCount", total);
        json.put("isHidden", false);
        return json;
    }

    private static GraphAnswer create(MailboxCall asked, String parent) throws GraphException {
        asked.mustWrite();
        String path = child(parent, name(asked));
        MailFolder[] made = new MailFolder[1];
        changed(() -> made[0] = asked.mailbox().create(path));
        return GraphAnswer.json(201, json(asked.mailbox(), made[0]));
    }

    private static String name(MailboxCall asked) throws GraphException {
        String name = asked.call().json().path("displayName").asText();
        if (name.isBlank() || name.indexOf(Mailbox.SEPARATOR) >= 0) {
            throw GraphException.badRequest("ErrorInvalidRequest", "displayName is missing or no name of a folder.");
        }
        return name;
    }

    private static String child(String parent, String name) {
        return parent.isEmpty() ? name : parent + Mailbox.SEPARATOR + name;
    }

    private static GraphAnswer rename(MailboxCall asked, MailFolder folder) throws GraphException {
        asked.mustWrite();
        String path = child(parent(folder), name(asked));
        changed(() -> asked.mailbox().rename(folder, path));
        return GraphAnswer.json(200, json(asked.mailbox(), folder));
    }

    private static GraphAnswer move(MailboxCall asked, MailFolder folder) throws GraphException {
        asked.mustWrite();
        String target = asked.call().json().path("destinationId").asText();
        String above = target.equalsIgnoreCase(ROOT)
                ? ""
                : Ids.folder(asked.mailbox(), target).path();
        String path = child(above, folder.path().substring(folder.path().lastIndexOf(Mailbox.SEPARATOR) + 1));
        changed(() -> asked.mailbox().rename(folder, path));
        return GraphAnswer.json(201, json(asked.mailbox(), folder));
    }

    /** What the store refuses is the client's fault. */
    private static void changed(Runnable change) throws GraphException {
        try {
            change.run();
        } catch (IllegalArgumentException e) {
            boolean exists = String.valueOf(e.getMessage()).endsWith("already exists");
            throw new GraphException(
                    exists ? 409 : 400, exists ? "ErrorFolderExists" : "ErrorInvalidRequest", e.getMessage() + ".");
        }
    }
}
