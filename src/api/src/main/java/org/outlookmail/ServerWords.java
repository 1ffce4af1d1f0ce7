package org.outlookmail;

import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * What the administrators of the server at hand call the places of its configuration. Messages use these words, so that nobody
 * looks for a file that his server does not have.
 *
 * <p>Thread rule: no state.
 */
public enum ServerWords {
    LIBERTY(
            "server.xml",
            "connectionFactory",
            "maxPoolSize of the <connectionManager>",
            "add the feature passwordUtilities-1.1",
            "add <variable name=\"*\" value=\"...\"/> or set it in the environment") {

        @Override
        public String ofAdapter() {
            return " of the <resourceAdapter>";
        }

        @Override
        public String factory(String type, String mailbox) {
            return "<properties.outlookMail." + type + (mailbox == null ? "" : " mailbox=\"" + mailbox + "\"") + "/>";
        }

        @Override
        public String elsewhere() {
            return ", here or in <properties.outlookMail> of the <resourceAdapter>";
        }

        @Override
        public String missing(String jndiName) {
            return "<connectionFactory jndiName=\"" + jndiName
                    + "\"><properties.outlookMail.OutlookMailSessionFactory mailbox=\"...\"/></connectionFactory>";
        }
    },

    /** And JBoss EAP. */
    WILDFLY(
            "the subsystem resource-adapters",
            "connection definition",
            "max-pool-size of the connection definition",
            "{aes} and {xor} are Open Liberty's; keep it in a credential store and write ${ENC::...}",
            "define the system property, or write the value itself"),

    /** And Payara. */
    GLASSFISH(
            "the properties of the resource adapter config and of the connector connection pool (asadmin)",
            "connector connection pool",
            "max-pool-size of the connector connection pool",
            "{aes} and {xor} are Open Liberty's; keep it as a password alias and write ${ALIAS=...}",
            "define the system property, or write the value itself"),

    TOMEE(
            "conf/tomee.xml",
            "resource",
            "the size of its pool",
            "{aes} and {xor} are Open Liberty's; write it in clear into a file that only the server may read",
            "define the system property, or write the value itself"),

    /** The traditional one. */
    WEBSPHERE(
            "the administrative console",
            "J2C connection factory",
            "the maximum connections of its connection pool",
            "{aes} and {xor} are Open Liberty's; write it in clear into the custom property, which the console hides",
            "write the value itself"),

    /** None of those. */
    OTHER(
            "the server's configuration (on Open Liberty: server.xml)",
            "connection factory",
            "the size of its pool (on Open Liberty: maxPoolSize of the <connectionManager>)",
            "on Open Liberty add the feature passwordUtilities-1.1; other servers do not know {aes} and {xor}",
            "define it where the server looks for variables, or write the value itself");

    /** What each sets at its start. */
    private static final Map<String, ServerWords> SIGNS = Map.of(
            "jboss.home.dir", WILDFLY,
            "com.sun.aas.installRoot", GLASSFISH,
            "openejb.home", TOMEE,
            "was.install.root", WEBSPHERE);

    /** Liberty tells a system property of itself only where its administrator has it do so; its class loaders are its own. */
    private static final String LIBERTYS_CLASS_LOADERS = "com.ibm.ws.classloading.";

    private static final ServerWords AT_HAND = of(System::getProperty, loader());

    private final String configuration;
    private final String factory;
    private final String poolSize;
    private final String decoding;
    private final String definition;

    ServerWords(String configuration, String factory, String poolSize, String decoding, String definition) {
        this.configuration = configuration;
        this.factory = factory;
        this.poolSize = poolSize;
        this.decoding = decoding;
        this.definition = definition;
    }

    /** Those of the server that runs this. */
    public static ServerWords atHand() {
        return AT_HAND;
    }

    static ServerWords of(UnaryOperator<String> systemProperties, String classLoader) {
        if (classLoader.startsWith(LIBERTYS_CLASS_LOADERS)) {
            return LIBERTY;
        }
        return SIGNS.entrySet().stream()
                .filter(sign -> systemProperties.apply(sign.getKey()) != null)
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(OTHER);
    }

    private static String loader() {
        ClassLoader loader = ServerWords.class.getClassLoader();
        return loader == null ? "" : loader.getClass().getName();
    }

    /** Where the adapter and its factories are configured. */
    public String configuration() {
        return configuration;
    }

    /** What a connection factory is called there. */
    public String factory() {
        return factory;
    }

    /** What limits how many connections its pool has. */
    public String poolSize() {
        return poolSize;
    }

    /** How a secret is written that is not in clear, after one that cannot be read. */
    public String decoding() {
        return decoding;
    }

    /** How a variable is defined that has no value. */
    public String definition(String variable) {
        return definition.replace("*", variable);
    }

    /** Which properties stand at the adapter, after their name. */
    public String ofAdapter() {
        return " of the resource adapter";
    }

    /**
     * The configuration of a factory.
     *
     * @param type of what it makes, such as {@code Session}
     * @param mailbox perhaps null
     */
    public String factory(String type, String mailbox) {
        return "the " + factory + " (" + type + ")" + (mailbox == null ? "" : " of " + mailbox);
    }

    /** Where else a property may stand that is missing at a factory. */
    public String elsewhere() {
        return ", here or at the resource adapter";
    }

    /** What is to be configured for a name that nobody has bound. */
    public String missing(String jndiName) {
        return "a " + factory + " of OutlookMailSessionFactory with the JNDI name " + jndiName
                + " and the property mailbox";
    }
}
