/**
 * IMAP's commands over the store (RFC 3501, with UIDPLUS, MOVE, UNSELECT, NAMESPACE and CHILDREN), for a session that is logged
 * in: {@code Command} (what the client sent), {@code ImapCommands} (which it is, and what the session has selected),
 * {@code FolderCommands}, {@code MessageCommands}, {@code FetchCommand}, {@code StoreCommand}, {@code SearchCommand}.
 * {@code Scanner}, {@code NumberSet}, {@code FolderName}, {@code Flags} and {@code FetchItem} read arguments,
 * {@code SearchKeys} what is searched for; {@code Envelope}, {@code BodyStructure} and {@code ImapStrings} write what FETCH
 * tells; {@code SelectedFolder} is a folder as one session knows it.
 */
package org.outlookmail.sandbox.imap;
