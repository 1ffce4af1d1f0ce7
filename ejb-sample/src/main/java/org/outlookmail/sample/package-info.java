/**
 * A WAR that sends and reads mail over the connector. In the order in which a request passes:
 *
 * <ol>
 *   <li>{@link org.outlookmail.sample.LocalRequests} serves this machine only; {@link
 *       org.outlookmail.sample.SampleApplication} gives the REST API its path, {@link
 *       org.outlookmail.sample.ResponseHeaders} every answer its security headers
 *   <li>{@link org.outlookmail.sample.MailsResource} takes the request; {@code DraftReader} and {@code ListQuery} check it,
 *       {@code Complaints} collects what is wrong
 *   <li>{@link org.outlookmail.sample.Via} chooses the way: {@link org.outlookmail.sample.MailService} uses the connector's
 *       API, {@link org.outlookmail.sample.PlainMailService} uses Jakarta Mail alone
 *   <li>{@link org.outlookmail.sample.MailDraft} writes the message, {@code FolderReader} and {@code BodyText} read messages
 *   <li>{@link org.outlookmail.sample.Receipt}, {@link org.outlookmail.sample.MailSummary} and {@link
 *       org.outlookmail.sample.MailText} are what goes back
 *   <li>{@link org.outlookmail.sample.ProblemMapper} turns any failure into a {@link org.outlookmail.sample.Problem};
 *       {@code Failures} decides which, {@code DiagnosisStatus} with which HTTP status; {@code RejectedException}
 *       brings its own
 * </ol>
 *
 * The page in {@code src/main/webapp} uses the REST API and nothing else.
 */
package org.outlookmail.sample;
