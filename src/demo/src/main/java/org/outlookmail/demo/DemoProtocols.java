package org.outlookmail.demo;

/**
 * By which protocols the demo sends and reads, in the words of the adapter's properties.
 *
 * @param transport such as smtp or graph
 * @param store such as imaps or graph
 */
public record DemoProtocols(String transport, String store) {

    /** SMTP and IMAP; {@code -Ddemo.transport=} and {@code -Ddemo.store=} choose others, such as graph. */
    public static DemoProtocols usual() {
        return new DemoProtocols(
                System.getProperty("demo.transport", "smtp"), System.getProperty("demo.store", "imaps"));
    }

    /** What is written into the server's configuration. */
    String xml() {
        return """
                <variable name="outlookmail.transport" value="%s"/>
                <variable name="outlookmail.store" value="%s"/>
                """.formatted(attribute(transport), attribute(store));
    }

    private static String attribute(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }
}
