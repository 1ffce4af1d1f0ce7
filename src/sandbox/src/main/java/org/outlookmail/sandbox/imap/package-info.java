/**
 * The IMAP server behind the front, over GreenMail's store: {@code ImapEngine} (connections), {@code Command} (reading),
 * then our own {@code FetchCommand}, {@code StoreCommand} and {@code SearchCommand}, or GreenMail's for all others.
 * {@code Scanner}, {@code NumberSet} and {@code FetchItem} read arguments, {@code SearchKeys} what is searched for;
 * {@code Envelope}, {@code BodyStructure} and {@code ImapStrings} write what FETCH tells; {@code EngineSession} and
 * {@code SelectedFolder} are the state of a connection.
 *
 * <p>GreenMail's own FETCH gives no groups in an ENVELOPE, sizes with the header in them and a BODYSTRUCTURE that cannot be
 * read for what is no proper multipart; its SEARCH compares sizes with what it does not know and whole addresses only; its
 * STORE needs parentheses. All of that is inside its classes and cannot be mended from outside.
 */
package org.outlookmail.sandbox.imap;
