package org.outlookmail.sandbox.graph;

import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.outlookmail.sandbox.SandboxSettings;
import org.outlookmail.sandbox.delivery.Delivery;
import org.outlookmail.sandbox.entra.TokenCheck;
import org.outlookmail.sandbox.entra.TokenIssuer;
import org.outlookmail.sandbox.faults.Faults;
import org.outlookmail.sandbox.mailstore.MailFolder;
import org.outlookmail.sandbox.mailstore.MailStore;

/** Finds the mailbox and the resource that a request is for. Safe for any thread. */
final class GraphService {
    private final Clock clock;
    private final MailStore store;
    private final String base;
    private final List<SandboxSettings.ExchangeRole> roles;
    private final Struck struck;
    private final Outgoing outgoing;
    private final UploadSessions uploads;
    private final MessageRoutes messages;

    /** {@code base} is the address of the version, such as https://localhost:8460/v1.0. */
    GraphService(
            Clock clock,
            MailStore store,
            Delivery delivery,
            Faults faults,
            List<SandboxSettings.ExchangeRole> roles,
            String base) {
        this.roles = roles;
        this.struck = new Struck(faults);
        this.clock = clock;
        this.store = store;
        this.base = base;
        this.outgoing = new Outgoing(clock, delivery);
        this.uploads = new UploadSessions(clock, base + "/uploads/");
        this.messages = new MessageRoutes(clock, outgoing, new AttachmentRoutes(uploads));
    }

    /** A piece of an upload, which needs no token. */
    GraphAnswer upload(GraphCall call) {
        return answered(() -> struck.answer(call, spoil -> uploads.answer(call.segment(1), call)));
    }

    /** Anything else. */
    GraphAnswer answer(GraphCall call, TokenCheck.ForGraph token) {
        return answered(() -> struck.answer(
                call,
                spoil -> call.segment().equals("$batch")
                        ? Batch.answer(call, inner -> inBatch(inner, token))
                        : resource(call, token, spoil)));
    }

    private GraphAnswer inBatch(GraphCall inner, TokenCheck.ForGraph token) {
        return answered(() -> struck.answer(inner, spoil -> resource(inner, token, spoil)));
    }

    private interface Work {
        GraphAnswer done() throws GraphException;
    }

    private GraphAnswer answered(Work work) {
        try {
            return work.done();
        } catch (GraphException e) {
            return error(e);
        }
    }

    /** An error as Graph tells it. */
    GraphAnswer error(GraphException error) {
        return GraphAnswer.error(
                error, MessageJson.time(clock.instant()), UUID.randomUUID().toString());
    }

    private GraphAnswer resource(GraphCall call, TokenCheck.ForGraph token, String spoil) throws GraphException {
        boolean me = call.segment().equals("me");
        if (!me && !call.segment().equals("users")) {
            throw GraphException.unknownPath(call.segment());
        }
        if (me && token.user().isEmpty()) {
            throw GraphException.badRequest(
                    "BadRequest", "/me request is only valid with delegated authentication flow.");
        }
        String named = me ? token.user() : call.segment(1);
        String user = byObjectId(named).orElse(named);
        Optional<SandboxSettings.Mailbox> mailbox = store.find(user);
        if (mailbox.isEmpty()) {
            throw new GraphException(404, "ErrorInvalidUser", "The requested user '" + user + "' is invalid.");
        }
        if (!token.user().isEmpty() && !mayOpen(mailbox.get(), token.user())) {
            throw GraphException.accessDenied();
        }
        String path = me ? "/me" : "/users/" + named;
        GraphCall rest = call.behind(me ? 1 : 2);
        return mailbox(
                new MailboxCall(rest, store.mailbox(user), permissions(token, mailbox.get()), base + path), spoil);
    }

    /** The address of a mailbox that is named by the object id of its user. */
    private Optional<String> byObjectId(String named) {
        return store.all().stream()
                .map(SandboxSettings.Mailbox::address)
                .filter(address -> TokenIssuer.objectId(address).equalsIgnoreCase(named))
                .findFirst();
    }

    /** Those of the token, and for an application those that Exchange grants it on this mailbox. */
    private Set<String> permissions(TokenCheck.ForGraph token, SandboxSettings.Mailbox mailbox) {
        Set<String> permissions = new HashSet<>(token.permissions());
        for (SandboxSettings.ExchangeRole role : roles) {
            if (token.user().isEmpty()
                    && role.clientId().equalsIgnoreCase(token.clientId())
                    && role.mailboxes().contains(mailbox.address())) {
                permissions.add(role.permission());
            }
        }
        return permissions;
    }

    /** A user's own, or one with FullAccess; an application's token opens all, as without a scope in Exchange. */
    private static boolean mayOpen(SandboxSettings.Mailbox mailbox, String user) {
        return mailbox.address().equalsIgnoreCase(user)
                || mailbox.apps().stream().anyMatch(user::equalsIgnoreCase);
    }

    private GraphAnswer mailbox(MailboxCall asked, String spoil) throws GraphException {
        GraphCall call = asked.call();
        return switch (call.segment().toLowerCase(Locale.ROOT)) {
            case "sendmail", "microsoft.graph.sendmail" -> SendMail.answer(asked, outgoing);
            case "mailfolders" -> folders(at(asked.behind(1), "/mailFolders"), spoil);
            case "messages" -> messages(at(asked.behind(1), "/messages"), null);
            default -> throw GraphException.unknownPath(call.segment());
        };
    }

    private static MailboxCall at(MailboxCall asked, String below) {
        return new MailboxCall(asked.call(), asked.mailbox(), asked.permissions(), asked.base() + below);
    }

    private GraphAnswer folders(MailboxCall asked, String spoil) throws GraphException {
        GraphCall call = asked.call();
        if (call.segments() > 1 && call.segment(1).equalsIgnoreCase("messages")) {
            MailFolder folder = Ids.folder(asked.mailbox(), call.segment());
            String below = "/" + call.segment() + "/messages";
            if (call.segments() == 3 && call.segment(2).equalsIgnoreCase("delta")) {
                return DeltaRoutes.answer(at(asked.behind(3), below + "/delta"), folder, spoil);
            }
            return messages(at(asked.behind(2), below), folder);
        }
        String below = call.segments() == 2 ? "/" + call.segment() + "/" + call.segment(1) : "";
        return FolderRoutes.answer(at(asked, below));
    }

    private GraphAnswer messages(MailboxCall asked, MailFolder folder) throws GraphException {
        if (asked.call().segments() == 0) {
            return messages.many(asked, folder);
        }
        asked.mustReadOrSend();
        String id = asked.call().segment();
        return messages.one(at(asked.behind(1), "/" + id + "/attachments"), Ids.find(asked.mailbox(), id));
    }
}
