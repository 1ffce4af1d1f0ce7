package org.outlookmail.mail.message;

import jakarta.mail.internet.MimeMessage;
import java.lang.reflect.InvocationTargetException;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What an application has set at a {@code SMTPMessage}. The application's own Angus Mail, or JavaMail before it, is another
 * class than ours; so its getters are called by their names. Their values are the application's and are checked as such.
 *
 * <p>{@code getSendPartial} is not among them: a message goes to all its recipients or to none.
 *
 * @param from the sender of the envelope; empty if the message does not say, {@code <>} for the null sender
 * @param reported about what the recipients' servers shall report (RFC 3461), as {@code setNotifyOptions} takes it; 0 if not
 *     said
 * @param returned what such a report shall return, as {@code setReturnOption} takes it; 0 if not said
 * @param submitter who has submitted it (RFC 4954, section 5), or null
 * @param eightBit whether texts may leave unencoded
 * @param extension further parameters of MAIL, or null
 */
public record SmtpMessageOptions(
        String from, int reported, int returned, String submitter, boolean eightBit, String extension) {

    private static final SmtpMessageOptions NONE = new SmtpMessageOptions("", 0, 0, null, false, null);

    private static final String PARAMETER = "[A-Za-z0-9][A-Za-z0-9-]*(?:=[!-<>-~]+)?";

    /** Of RFC 5321, section 4.1.2. What is repeated never gives back, which would cost stack for each repetition. */
    private static final Pattern PARAMETERS = Pattern.compile(PARAMETER + "(?: " + PARAMETER + ")*+");

    /** What is decided by what the message is, or has a setter of its own. */
    private static final Set<String> DECIDED = Set.of("SMTPUTF8", "BODY", "RET", "AUTH");

    /**
     * Reads them.
     *
     * @throws UnsendableException if one is not what it should be
     */
    static SmtpMessageOptions of(MimeMessage message) throws UnsendableException {
        for (Class<?> type = message.getClass(); type != MimeMessage.class; type = type.getSuperclass()) {
            if (type.getSimpleName().equals("SMTPMessage")) {
                return new SmtpMessageOptions(
                        from(get(type, message, "getEnvelopeFrom", String.class)),
                        number(type, message, "getNotifyOptions", -1, 7),
                        number(type, message, "getReturnOption", 0, 2),
                        submitter(get(type, message, "getSubmitter", String.class)),
                        Boolean.TRUE.equals(get(type, message, "getAllow8bitMIME", Boolean.class)),
                        extension(get(type, message, "getMailExtension", String.class)));
            }
        }
        return NONE;
    }

    /** By the class that is public: one of the application that extends it need not be, and may have its own getters. */
    private static <T> T get(Class<?> declaring, MimeMessage message, String getter, Class<T> type)
            throws UnsendableException {
        try {
            return type.cast(declaring.getMethod(getter).invoke(message));
        } catch (NoSuchMethodException older) {
            return null;
        } catch (IllegalAccessException | InvocationTargetException | ClassCastException unreadable) {
            UnsendableException failure =
                    UnsendableException.malformed(null, getter + "() of the message cannot be read");
            failure.setNextException(unreadable);
            throw failure;
        }
    }

    private static int number(Class<?> declaring, MimeMessage message, String getter, int least, int most)
            throws UnsendableException {
        Integer number = get(declaring, message, getter, Integer.class);
        if (number != null && (number < least || number > most)) {
            throw UnsendableException.malformed(null, getter + "() of the message is " + number);
        }
        return number == null ? 0 : number;
    }

    /**
     * A sender of an envelope as Angus Mail takes it, in brackets or not.
     *
     * @param text perhaps null
     */
    static String from(String text) throws UnsendableException {
        if (text == null || text.isEmpty() || text.equals("<>")) {
            return text == null ? "" : text;
        }
        boolean bracketed = text.startsWith("<") && text.endsWith(">");
        return EnvelopeAddress.of(bracketed ? text.substring(1, text.length() - 1) : text)
                .toString();
    }

    private static String submitter(String text) throws UnsendableException {
        if (text == null || text.equals("<>")) {
            return text;
        }
        EnvelopeAddress submitter = EnvelopeAddress.of(text);
        if (submitter.needsUtf8()) {
            throw UnsendableException.international(text, "a submitter is named in ASCII (RFC 4954)");
        }
        return submitter.toString();
    }

    private static String extension(String text) throws UnsendableException {
        if (text == null || text.isEmpty()) {
            return null;
        }
        if (!PARAMETERS.matcher(text).matches()) {
            throw UnsendableException.malformed(
                    null, "getMailExtension() of the message is no list of parameters (RFC 5321)");
        }
        Set<String> taken = new TreeSet<>(keywords(text));
        taken.retainAll(DECIDED);
        if (!taken.isEmpty()) {
            throw UnsendableException.malformed(
                    null, "getMailExtension() of the message sets " + taken + ", which is decided otherwise");
        }
        return text;
    }

    /** The names of ESMTP parameters, in upper case. */
    public static Set<String> keywords(String parameters) {
        Set<String> keywords = new TreeSet<>();
        for (String parameter : parameters.trim().split(" +", -1)) {
            keywords.add(parameter.replaceFirst("=.*", "").toUpperCase(Locale.ROOT));
        }
        return keywords;
    }
}
