package org.outlookmail.mail.wire;

import jakarta.mail.MessagingException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The name by which this machine says hello to an SMTP server (RFC 5321, section 4.1.1.1): a domain, or an address literal.
 * Anything else some servers refuse, Exchange among them.
 *
 * <p>Thread rule: no state.
 */
public final class HelloName {

    /** RFC 5321, section 4.5.3.1.2. */
    private static final int LONGEST = 255;

    private static final String LABEL = "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
    private static final Pattern DOMAIN = Pattern.compile(LABEL + "(\\." + LABEL + ")*");

    /** An IPv4 address, which must not stand there bare. */
    private static final Pattern NUMBERS = Pattern.compile("[0-9.]+");

    private static final Pattern LITERAL_4 = Pattern.compile("\\[(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})]");
    private static final Pattern LITERAL_6 = Pattern.compile("(?i)\\[IPv6:[0-9a-f:]*:[0-9a-f:.]*]");

    private HelloName() {}

    /**
     * Whether servers must take it, as far as its form goes.
     *
     * @param name such as {@code app1.contoso.com} or {@code [10.0.0.7]}; not null
     */
    public static boolean valid(String name) {
        if (name.startsWith("[")) {
            return LITERAL_6.matcher(name).matches()
                    || (LITERAL_4.matcher(name).matches()
                            && Arrays.stream(name.replaceAll("[\\[\\]]", "").split("\\.", -1))
                                    .allMatch(octet -> Integer.parseInt(octet) <= 255));
        }
        return name.length() <= LONGEST
                && DOMAIN.matcher(name).matches()
                && !NUMBERS.matcher(name).matches();
    }

    /**
     * The first name that can be said.
     *
     * @param configured a name that somebody has chosen, or null
     * @param machine what this machine calls itself; a name without a domain is none that others know (RFC 5321, section
     *     2.3.5)
     * @param address this machine's end of the connection, for where there is no name
     */
    public static String of(String configured, Stream<String> machine, InetAddress address) {
        if (configured != null && valid(configured)) {
            return configured;
        }
        return machine.filter(Objects::nonNull)
                .map(name -> name.endsWith(".") ? name.substring(0, name.length() - 1) : name)
                .filter(name -> name.contains(".") && valid(name))
                .findFirst()
                .orElseGet(() -> literal(address));
    }

    /** What this machine calls itself. */
    public static Stream<String> machine() {
        return Stream.of(0).flatMap(when -> known().stream());
    }

    private static Optional<String> known() {
        try {
            return Optional.of(InetAddress.getLocalHost().getCanonicalHostName());
        } catch (UnknownHostException nameless) {
            return Optional.empty();
        }
    }

    private static String literal(InetAddress address) {
        if (address == null) {
            return "[127.0.0.1]";
        }
        String bare = address.getHostAddress().replaceFirst("%.*", "");
        return address instanceof Inet6Address ? "[IPv6:" + bare + "]" : "[" + bare + "]";
    }

    /** The server does not take the name. */
    public static final class RefusedException extends MessagingException {

        private static final long serialVersionUID = 1L;

        private final String name;

        public RefusedException(String name, String reply) {
            super(reply);
            this.name = name;
        }

        /** What was said. */
        public String name() {
            return name;
        }
    }
}
