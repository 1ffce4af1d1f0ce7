package org.outlookmail.sample;

import jakarta.ejb.EJB;
import jakarta.mail.MessagingException;
import jakarta.resource.ResourceException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * {@code /sample/api/mails}: send, list, read. A failure of any kind becomes a problem document in {@link ProblemMapper}.
 *
 * <p>Thread rule: one instance for each request.
 */
@Path("mails")
@Produces(MediaType.APPLICATION_JSON)
public class MailsResource {

    private static final int MAX_BODY_BYTES = 1024 * 1024;

    @EJB
    private MailService mails;

    @EJB
    private PlainMailService plainMails;

    /**
     * Sends a mail. It takes {@code application/json} only, which a form of a foreign page cannot send.
     *
     * @param body see {@link DraftReader}
     * @return 202 with a {@link Receipt}: the mail server has accepted the mail, delivery is up to it
     */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response send(InputStream body) throws IOException, MessagingException, ResourceException {
        byte[] json = body.readNBytes(MAX_BODY_BYTES + 1);
        if (json.length > MAX_BODY_BYTES) {
            throw new RejectedException(Problem.of(
                    "too-large",
                    "The request is too large",
                    413,
                    "A mail may have up to " + MAX_BODY_BYTES + " bytes as JSON."));
        }
        MailDraft draft = DraftReader.read(json);
        Receipt receipt = switch (draft.via()) {
            case FACTORY -> mails.send(draft);
            case SESSION -> plainMails.send(draft);
        };
        return Response.accepted(receipt).build();
    }

    /**
     * Lists the newest mails of a folder, newest first.
     *
     * @param folder {@code INBOX} if null
     * @param limit 1 to 200; 20 if null
     * @param via {@code factory} if null
     */
    @GET
    public List<MailSummary> list(
            @QueryParam("folder") String folder, @QueryParam("limit") String limit, @QueryParam("via") String via)
            throws MessagingException, ResourceException {
        ListQuery query = ListQuery.of(folder, limit, via);
        return switch (query.via()) {
            case FACTORY -> mails.list(query.folder(), query.limit());
            case SESSION -> plainMails.list(query.folder(), query.limit());
        };
    }

    /**
     * Reads one mail with its text, and does not mark it as read.
     *
     * @param uid as the list has it
     * @param folder {@code INBOX} if null
     * @param via {@code factory} if null
     */
    @GET
    @Path("{uid: [1-9][0-9]{0,9}}")
    public MailText read(@PathParam("uid") long uid, @QueryParam("folder") String folder, @QueryParam("via") String via)
            throws MessagingException, ResourceException {
        ListQuery query = ListQuery.of(folder, null, via);
        Optional<MailText> found = switch (query.via()) {
            case FACTORY -> mails.read(query.folder(), uid);
            case SESSION -> plainMails.read(query.folder(), uid);
        };
        return found.orElseThrow(() -> new RejectedException(Problem.of(
                "mail-not-found",
                "Mail not found",
                404,
                "The folder " + query.folder() + " has no mail with the UID " + uid + ".")));
    }
}
