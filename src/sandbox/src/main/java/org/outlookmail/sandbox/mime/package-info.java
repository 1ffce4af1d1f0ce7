/**
 * A stored message as IMAP sees it, from its octets: {@code MimePart} (the tree of parts), {@code MimeField} (a header field
 * with parameters), {@code Section} (the piece that {@code BODY[...]} names), {@code Decoded}
 * (encodings undone), {@code SearchText} (what can be searched).
 */
package org.outlookmail.sandbox.mime;
