package org.outlookmail.sample;

import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import java.io.IOException;
import java.util.regex.Pattern;

/**
 * The text of a message: its plain text, or else what is left of its HTML without the tags. The result is for showing as
 * text; it is not made safe for use as HTML.
 *
 * @param text plain text; empty if the message has none
 * @param converted whether it was HTML
 */
record BodyText(String text, boolean converted) {

    private static final BodyText NONE = new BodyText("", false);
    /** A message that nests deeper was made to harm. */
    private static final int MAX_DEPTH = 20;

    private static final Pattern INVISIBLE = Pattern.compile("(?is)<(script|style|head)\\b.*?</\\1\\s*>|<!--.*?-->");
    private static final Pattern SPACE = Pattern.compile("\\s+");
    private static final Pattern LINE_END = Pattern.compile("(?i) ?<(?:br|/p|/div|/tr|/li|/h[1-6])\\b[^>]*> ?");
    private static final Pattern TAG = Pattern.compile("<[^>]*>");

    /** Reads the message's parts as far as the text, no attachment. */
    static BodyText of(Part message) throws MessagingException {
        try {
            return find(message, 0);
        } catch (IOException unreadable) {
            throw new MessagingException("the text of the message cannot be decoded", unreadable);
        }
    }

    private static BodyText find(Part part, int depth) throws MessagingException, IOException {
        if (depth > MAX_DEPTH || Part.ATTACHMENT.equalsIgnoreCase(part.getDisposition())) {
            return NONE;
        }
        if (part.isMimeType("multipart/*") && part.getContent() instanceof Multipart parts) {
            return findIn(parts, depth);
        }
        if (part.isMimeType("text/plain") && part.getContent() instanceof String plain) {
            return new BodyText(plain, false);
        }
        if (part.isMimeType("text/html") && part.getContent() instanceof String html) {
            return new BodyText(fromHtml(html), true);
        }
        return NONE;
    }

    /** The first plain text, or else the first HTML. */
    private static BodyText findIn(Multipart parts, int depth) throws MessagingException, IOException {
        BodyText best = NONE;
        for (int i = 0; i < parts.getCount(); i++) {
            BodyText candidate = find(parts.getBodyPart(i), depth + 1);
            if (!candidate.text.isEmpty()) {
                if (!candidate.converted) {
                    return candidate;
                }
                best = best.text.isEmpty() ? candidate : best;
            }
        }
        return best;
    }

    private static String fromHtml(String html) {
        String flowing = SPACE.matcher(INVISIBLE.matcher(html).replaceAll("")).replaceAll(" ");
        String lines = LINE_END.matcher(flowing).replaceAll("\n");
        return TAG.matcher(lines)
                .replaceAll("")
                .replace("&nbsp;", " ")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&amp;", "&")
                .strip();
    }
}
