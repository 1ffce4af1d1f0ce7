package org.outlookmail;

import jakarta.inject.Qualifier;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Injects a mailbox by CDI: {@code @Inject @Mailbox("mail/office365") OutlookMailSession session;}. The type of the
 * injection point says what is wanted:
 *
 * <ul>
 *   <li>{@link OutlookMailSession}: a reference for any bean, whatever its scope. The connection is borrowed from the pool
 *       at the first call of a method in a request and goes back at the end of that request; closed earlier, it goes back
 *       earlier and is not replaced within the request.
 *   <li>{@link OutlookMailSessionFactory}: what JNDI has under the name.
 *   <li>{@code jakarta.mail.Session}: what JNDI has under the name, or {@link OutlookMailSessionFactory#mailSession()} of
 *       it. It needs no closing.
 * </ul>
 *
 * <p>Each of them also as {@code Instance} or {@code Provider}, and as {@code java.util.Optional}, which is empty if JNDI
 * has nothing under the name. Every other type at such an injection point is a definition error at deployment. A name
 * that yields nothing, or something else, fails when it is needed, with {@link DiagnosisCode#MAILBOX_NOT_BOUND}.
 *
 * <p>What injects is {@code outlook-mail-cdi.jar}, which has to be part of the application.
 */
@Qualifier
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.METHOD, ElementType.TYPE})
public @interface Mailbox {

    /** The JNDI name of a connection factory of this adapter, such as {@code mail/office365}; not blank. */
    String value();
}
