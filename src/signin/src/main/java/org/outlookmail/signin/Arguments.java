package org.outlookmail.signin;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.outlookmail.configuration.Problems;
import org.outlookmail.configuration.Property;
import org.outlookmail.configuration.PropertyReader;
import org.outlookmail.secret.Secret;
import org.outlookmail.token.TokenRequest;
import org.outlookmail.token.configuration.IdentityReader;

/**
 * The command line and the environment, checked as a whole. Secrets come from the environment alone, because everybody on
 * a machine can see a command line.
 *
 * @param request whose token, and from whom
 * @param store the file that keeps it
 * @param key encrypts what is kept
 */
record Arguments(TokenRequest request, Path store, Secret key) {

    static final String USAGE = """
            Signs a user in once for the grant "delegated" of the Outlook Mail Connector.

              java -jar outlook-mail-signin.jar --tenant ID --client ID --mailbox ADDRESS --store FILE

              --tenant ID             directory (tenant) id, as in tenantId
              --client ID             application (client) id, as in clientId
              --mailbox ADDRESS       the mailbox, as in mailbox
              --store FILE            as in tokenStoreFile; the servers read it
              --scope SCOPE           default: SMTP.Send and IMAP.AccessAsUser.All of Exchange Online
              --authority URL         default https://login.microsoftonline.com
              --token-endpoint URL    another provider's token endpoint, instead of --tenant and --authority
              --device-endpoint URL   its device authorization endpoint
              --client-authentication METHOD  as in clientAuthentication, at another provider
              --proxy HOST:PORT       an HTTP proxy
              --trust-store FILE      authorities to trust instead of Java's, PKCS12, JKS or PEM
              --help

            From the environment:
              OUTLOOKMAIL_TOKENCACHEKEY        the passphrase, as in tokenCacheKey; required
              OUTLOOKMAIL_CLIENTSECRET         only if the application is no public client
              OUTLOOKMAIL_TRUSTSTOREPASSWORD   of the trust store
            """;

    /**
     * Reads them.
     *
     * @throws IllegalArgumentException with everything that is wrong
     */
    static Arguments read(String[] arguments, Map<String, String> environment) {
        Problems problems = new Problems("the command line");
        CommandLine line = new CommandLine(arguments, environment, problems);
        PropertyReader reader = new PropertyReader(line, problems);
        Optional<String> mailbox = reader.mailbox(Property.MAILBOX);
        Optional<TokenRequest> request =
                new IdentityReader(reader).request(mailbox, Optional.empty(), false, IdentityReader.http(reader));
        reader.required(Property.TOKEN_STORE_FILE, "to the file that the servers read");
        Optional<Path> store = reader.path(Property.TOKEN_STORE_FILE);
        if (line.otherProvider()) {
            reader.required(Property.DEVICE_AUTHORIZATION_ENDPOINT, "to where the provider gives codes (RFC 8628)");
        }
        Optional<Secret> key = reader.requiredSecret(Property.TOKEN_CACHE_KEY, "to tokenCacheKey");
        if (!problems.none()) {
            throw new IllegalArgumentException(problems.list());
        }
        return new Arguments(request.orElseThrow(), store.orElseThrow(), key.orElseThrow());
    }
}
