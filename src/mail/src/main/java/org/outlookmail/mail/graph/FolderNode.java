package org.outlookmail.mail.graph;

/**
 * A folder as Graph has shown it.
 *
 * @param id by which Graph knows it
 * @param name by which people know it
 * @param children how many folders it has
 * @param total how many messages
 * @param unread how many of them nobody has read
 */
record FolderNode(String id, String name, long children, long total, long unread) {

    /** What is asked of each. */
    static final String FIELDS = "$select=id,displayName,childFolderCount,totalItemCount,unreadItemCount,isHidden";

    /** The separator of names cannot be part of one. */
    static FolderNode of(Json json) {
        return new FolderNode(
                json.text("id"),
                json.text("displayName").replace(GraphStore.SEPARATOR, '\u2215'),
                json.number("childFolderCount"),
                json.number("totalItemCount"),
                json.number("unreadItemCount"));
    }

    FolderNode named(String other) {
        return new FolderNode(id, other, children, total, unread);
    }
}
