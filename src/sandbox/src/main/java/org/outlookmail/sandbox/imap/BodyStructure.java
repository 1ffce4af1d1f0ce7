package org.outlookmail.sandbox.imap;

import java.util.Locale;
import org.outlookmail.sandbox.mime.MimeField;
import org.outlookmail.sandbox.mime.MimePart;

/** BODY and BODYSTRUCTURE (RFC 3501, 7.4.2). Stateless. */
final class BodyStructure {
    private BodyStructure() {}

    /** {@code extended}: with the extension data of BODYSTRUCTURE. */
    static String of(MimePart part, boolean extended) {
        return part.parts().isEmpty() ? single(part, extended) : multipart(part, extended);
    }

    private static String multipart(MimePart part, boolean extended) {
        StringBuilder text = new StringBuilder("(");
        part.parts().forEach(each -> text.append(of(each, extended)));
        text.append(' ').append(type(part, 1));
        if (extended) {
            text.append(' ').append(ImapStrings.parameters(part.type().parameters()));
            text.append(extension(part));
        }
        return text.append(')').toString();
    }

    private static String single(MimePart part, boolean extended) {
        StringBuilder text = new StringBuilder("(")
                .append(type(part, 0))
                .append(' ')
                .append(type(part, 1))
                .append(' ')
                .append(ImapStrings.parameters(part.type().parameters()))
                .append(' ')
                .append(field(part, "Content-ID"))
                .append(' ')
                .append(field(part, "Content-Description"))
                .append(' ')
                .append(ImapStrings.nstring(part.encoding().toUpperCase(Locale.ROOT)))
                .append(' ')
                .append(part.bodySize());
        part.message()
                .ifPresent(message -> text.append(' ')
                        .append(Envelope.of(message))
                        .append(' ')
                        .append(of(message, extended)));
        if (part.message().isPresent() || type(part, 0).equalsIgnoreCase("\"text\"")) {
            text.append(' ').append(part.bodyLines());
        }
        if (extended) {
            text.append(' ').append(field(part, "Content-MD5")).append(extension(part));
        }
        return text.append(')').toString();
    }

    private static String type(MimePart part, int half) {
        return ImapStrings.nstring(part.type().value().split("/", 2)[half].toUpperCase(Locale.ROOT));
    }

    private static String field(MimePart part, String name) {
        return ImapStrings.nstring(part.header(name).orElse(null));
    }

    private static String extension(MimePart part) {
        MimeField disposition = part.disposition();
        String disposed = disposition.value().isEmpty()
                ? "NIL"
                : "(" + ImapStrings.nstring(disposition.value()) + " "
                        + ImapStrings.parameters(disposition.parameters()) + ")";
        return " " + disposed + " " + field(part, "Content-Language") + " " + field(part, "Content-Location");
    }
}
