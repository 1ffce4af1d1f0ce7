/**
 * Microsoft Graph as {@link org.outlookmail.mail.Outbound} and {@link org.outlookmail.mail.Inbox}. In the order in which a
 * message passes:
 *
 * <ol>
 *   <li>{@link org.outlookmail.mail.graph.GraphMail} makes a {@code GraphOutbound} and a {@code GraphInbox}; {@code
 *       GraphSettings} are the administrator's
 *   <li>Out: {@code Envelope} says what an envelope is to Graph; then {@code DirectSending}, or {@code DraftSending} of a
 *       {@code Draft}, for which {@code JsonMessage} takes a large message apart and {@code Attaching}, with {@code Upload}
 *       and its {@code UploadLine}, adds what is large; {@code SendFailures} are told above
 *   <li>In: {@code GraphStore}, whose {@code FolderTree} of {@code FolderNode}s finds a {@code GraphFolder}, which is a {@code
 *       GraphPlace} with messages; its {@code MessageIndex} numbers the {@code Item}s that are {@code GraphMessage}s to
 *       applications, {@code GivenMessages}, with their {@code MessageContents}; {@code MessageChanges} are made by a {@code
 *       MessageBatch}, {@code SearchFilter} is what of a search Graph can do, {@code GraphUid} numbers for ids, {@code
 *       Appending} what Graph makes drafts of; a {@code DeltaFeed}, whose checkpoints are {@code DeltaState}s, tells what comes
 *   <li>Both ask by a {@code GraphClient}: a {@code GraphRequest} with a token, in its turn, over an {@code HttpLine} with its
 *       {@code Body}; a {@code GraphReply} holds {@code Json}, a {@code Spool} what is large, and a {@code GraphLink} is
 *       followed
 *   <li>A {@code RefusedException} or {@code UnansweredException} is what fails, and {@code GraphDiagnosis} says what it means
 * </ol>
 */
package org.outlookmail.mail.graph;
