package org.outlookmail.sample;

/**
 * What to list.
 *
 * @param folder the folder's full name; not null
 * @param limit how many messages at most, 1 to 200
 * @param via by which way; not null
 */
record ListQuery(String folder, int limit, Via via) {

    static final String DEFAULT_FOLDER = "INBOX";
    static final int DEFAULT_LIMIT = 20;
    static final int MAX_LIMIT = 200;

    private static final int MAX_FOLDER_CHARACTERS = 255;

    /**
     * Checks query parameters.
     *
     * @param folder perhaps null, which means {@code INBOX}
     * @param limit perhaps null, which means 20
     * @param via perhaps null, which means {@code factory}
     * @throws InvalidRequestException with everything that is wrong
     */
    static ListQuery of(String folder, String limit, String via) {
        Complaints complaints = new Complaints();
        ListQuery query = new ListQuery(folder(folder, complaints), limit(limit, complaints), complaints.via(via));
        complaints.throwIfAny();
        return query;
    }

    private static String folder(String text, Complaints complaints) {
        if (text == null) {
            return DEFAULT_FOLDER;
        }
        if (text.isBlank() || text.length() > MAX_FOLDER_CHARACTERS || Complaints.hasControlCharacter(text)) {
            complaints.add(
                    "folder",
                    "the full name of a folder in one line of at most " + MAX_FOLDER_CHARACTERS + " characters",
                    Complaints.quoted(text));
        }
        return text;
    }

    private static int limit(String text, Complaints complaints) {
        if (text == null) {
            return DEFAULT_LIMIT;
        }
        int limit = text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : 0;
        if (limit < 1 || limit > MAX_LIMIT) {
            complaints.add("limit", "a whole number from 1 to " + MAX_LIMIT, Complaints.quoted(text));
        }
        return limit;
    }
}
