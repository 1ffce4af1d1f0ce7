package org.outlookmail.mail;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.MailboxAddress;
import org.outlookmail.PropertyNames;

/**
 * One mailbox and how to reach it. Immutable.
 *
 * @param mailbox the address of the mailbox, as {@link MailboxAddress} defines it
 * @param out where mail is sent
 * @param in where mail is read
 * @param route how both are reached
 * @param mailProperties further {@code mail.*} properties of Angus Mail; those that are {@link #reserved} are ignored
 * @param names what those who configured it call its properties
 */
public record MailAccount(
        String mailbox,
        Endpoint out,
        Endpoint in,
        MailRoute route,
        Map<String, String> mailProperties,
        PropertyNames names) {

    /** Among the mail properties: by what Microsoft Graph knows this mailbox, if not by its address. */
    public static final String GRAPH_USER = "mail.graph.user";

    /**
     * Authentication, TLS and timeouts are decided here; partial sending and reported success would break the promise
     * that an exception means "not accepted"; {@code ssl.trust} comes before our socket factory; {@code mail.debug.auth}
     * prints tokens; with {@code chunksize} Angus Mail 2.0.5 doubles the dot at the beginning of a line (its issue 209).
     */
    private static final Pattern RESERVED = Pattern.compile("mail\\.debug\\.auth(\\..*)?"
            + "|mail\\.(smtps?|imaps?|pop3s?)\\.(auth(\\..*)?|sasl\\..*|(connection|write)?timeout|executor\\.writetimeout"
            + "|proxy\\..*|socks\\..*|(ssl\\.)?socketFactory(\\..*)?|ssl\\.(enable|trust|checkserveridentity|hostnameverifier.*)"
            + "|starttls\\..*|sendpartial|reportsuccess|quitwait|chunksize)"
            + "|mail\\.graph\\.(send|savetosentitems)");

    /**
     * Takes an address that has been checked.
     *
     * @throws IllegalArgumentException if the mailbox is none
     */
    public MailAccount {
        if (!MailboxAddress.isAddress(mailbox)) {
            throw new IllegalArgumentException("not the address of a mailbox");
        }
        Objects.requireNonNull(out, "out");
        Objects.requireNonNull(in, "in");
        Objects.requireNonNull(route, "route");
        mailProperties = Map.copyOf(mailProperties);
        Objects.requireNonNull(names, "names");
    }

    /** One whose ends are opened by the same, as those of a provider of SMTP and IMAP are. */
    public static MailAccount of(
            String mailbox,
            MailServer transport,
            MailServer store,
            MailRoute route,
            Authentication authentication,
            Map<String, String> mailProperties) {
        return new MailAccount(
                mailbox,
                new Endpoint(transport, authentication),
                new Endpoint(store, authentication),
                route,
                mailProperties,
                PropertyNames.STANDARD);
    }

    /**
     * Another mailbox, reached in the same way and opened with the same right. A service account's token is for the
     * mailbox.
     *
     * @param other its address; not null
     */
    public MailAccount as(String other) {
        Map<String, String> same = new HashMap<>(mailProperties);
        same.remove(GRAPH_USER);
        return new MailAccount(other, out.as(other), in.as(other), route, same, names);
    }

    /**
     * The same mailbox, both ends opened by another password where they are by one; a token's right is not the container's to
     * give.
     *
     * @param other not null
     */
    public MailAccount withPassword(Authentication.Password other) {
        return new MailAccount(
                mailbox, withPassword(out, other), withPassword(in, other), route, mailProperties, names);
    }

    private static Endpoint withPassword(Endpoint end, Authentication.Password other) {
        return end.authentication() instanceof Authentication.Password ? end.with(other) : end;
    }

    /** The same for somebody who calls the properties otherwise. */
    public MailAccount naming(PropertyNames others) {
        return new MailAccount(mailbox, out, in, route, mailProperties, others);
    }

    /** A diagnosis in the words of those who configured it. */
    public Diagnosis diagnosis(DiagnosisCode code, String summary, Map<String, String> details) {
        return Diagnosis.of(code, summary, details).naming(names);
    }

    /** The server destroyed or took back what an application still used. */
    public Diagnosis takenBack(String summary) {
        return diagnosis(DiagnosisCode.SESSION_TAKEN_BACK, summary, Map.of("mailbox", mailbox));
    }

    /** Whether another mailbox is opened as this one is: the same credentials, at the same servers. */
    public boolean opensAs(MailAccount other) {
        return out.equals(other.out) && in.equals(other.in);
    }

    /**
     * Whether a property of Angus Mail is this module's to set, so that {@link #mailProperties} had better not name it.
     *
     * @param mailProperty such as {@code mail.smtp.auth}; not null
     */
    public static boolean reserved(String mailProperty) {
        return RESERVED.matcher(mailProperty).matches();
    }
}
