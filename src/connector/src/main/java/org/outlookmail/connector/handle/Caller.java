package org.outlookmail.connector.handle;

import java.util.List;

/** Finds the line of the application that is on its way through Jakarta Mail, this adapter or the server. */
final class Caller {

    /** Not the application: the way from it to us. Its own filters and interceptors are its own. */
    private static final List<String> BETWEEN = List.of(
            "org.outlookmail.connector.",
            "org.outlookmail.mail.",
            "org.outlookmail.cdi.",
            "jakarta.",
            "java.",
            "javax.",
            "jdk.",
            "sun.",
            "com.ibm.",
            "com.sun.",
            "io.openliberty.",
            "org.jboss.weld.");

    private static final StackWalker WALKER = StackWalker.getInstance();

    private Caller() {}

    /** Such as {@code com.contoso.Orders.confirm(Orders.java:42)}; never null. */
    static String place() {
        return WALKER.walk(frames -> frames.filter(Caller::ofTheApplication)
                .findFirst()
                .map(frame -> frame.toStackTraceElement().toString())
                .orElse("an unknown place"));
    }

    private static boolean ofTheApplication(StackWalker.StackFrame frame) {
        return BETWEEN.stream().noneMatch(frame.getClassName()::startsWith);
    }
}
