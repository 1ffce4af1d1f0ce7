package org.outlookmail;

import java.util.Optional;

/**
 * Every failure the product can explain: a stable code, a likely cause and a cure. Codes are public and never reused.
 * {@code OMC-0xxx} configuration, {@code OMC-1xxx} tokens, {@code OMC-2xxx} mail, {@code OMC-3xxx} the application.
 */
public enum DiagnosisCode {
    CONFIGURATION_INVALID(
            "OMC-0101",
            Fault.CONFIGURATION,
            Retry.AFTER_CHANGE,
            "The properties of the resource adapter or of the connection factory are incomplete or contradictory.",
            "Correct every property listed, in {@configuration}, where it stands; docs/configuration.md describes each."),
    PASSWORD_GRANT_LEGACY(
            "OMC-0102",
            Fault.CONFIGURATION,
            Retry.AFTER_CHANGE,
            "{userPassword} is sent to Microsoft Entra (grant password, ROPC), which cannot work with MFA and which"
                    + " Microsoft advises against.",
            "Give the application the permissions SMTP.SendAsApp and IMAP.AccessAsApp (POP.AccessAsApp), set {clientSecret}"
                    + " and remove {userPassword}{grant?, with *=\"client_credentials\"; or let the user sign in once, with"
                    + " *=\"delegated\". docs/tokens.md shows both}."),
    BASIC_LEGACY(
            "OMC-0103",
            Fault.CONFIGURATION,
            Retry.AFTER_CHANGE,
            "provider=\"basic\" authenticates with a password; Microsoft 365 and Google no longer take it.",
            "Keep it for servers that have nothing else; otherwise set {provider} to the one that issues tokens."),
    RELAY_IN_CLEAR(
            "OMC-0104",
            Fault.CONFIGURATION,
            Retry.AFTER_CHANGE,
            "{startTls} is \"offered\", so that somebody on the way can read and change the mail, and take away the relay's offer"
                    + " of TLS.",
            "Remove {startTls} as soon as the relay offers STARTTLS."),
    TOKEN_CACHE_UNUSABLE(
            "OMC-0201",
            Fault.CONFIGURATION,
            Retry.LATER,
            "The token cache could not be started with its configuration, or its cluster cannot be reached.",
            "Check {tokenCacheConfig|tokenCacheProvider|tokenCacheJndiName}, whichever is set: that the server can read the"
                    + " file, that the provider accepts it, and that the cluster can be reached."),

    TOKEN_STORE_UNUSABLE(
            "OMC-0202",
            Fault.CONFIGURATION,
            Retry.LATER,
            "The file or the data source that keeps refresh tokens cannot be read or written.",
            "Check {tokenStoreFile} (the server may write it and its folder) or {tokenStoreDataSource} (its table exists and"
                    + " may be written); docs/tokens.md has the table."),
    TRUST_STORE_UNUSABLE(
            "OMC-0203",
            Fault.CONFIGURATION,
            Retry.AFTER_CHANGE,
            "The property {trustStore} names a file that is no PKCS#12, JKS or PEM, or {trustStorePassword} is wrong.",
            "Check both properties; keytool -list shows what is in the file."),
    CERTIFICATE_UNUSABLE(
            "OMC-0204",
            Fault.CONFIGURATION,
            Retry.AFTER_CHANGE,
            "The property {clientCertificate} names a file that is no key store or PEM with a private key, or"
                    + " {clientCertificatePassword} is wrong.",
            "Check both properties, and {clientCertificateAlias} if there are several keys; keytool -list shows what is in"
                    + " the file."),
    SERVICE_ACCOUNT_KEY_UNUSABLE(
            "OMC-0205",
            Fault.CONFIGURATION,
            Retry.AFTER_CHANGE,
            "The property {googleServiceAccountKey} names a file that is not a service account's key.",
            "Download a key in JSON for the service account from the Google Cloud console."),
    CLUSTER_MAP_NOT_ATOMIC(
            "OMC-0206",
            Fault.CONFIGURATION,
            Retry.AFTER_CHANGE,
            "{tokenCacheJndiName} names a map that cannot compare and replace an entry in one step, so that two servers may"
                    + " both believe that they alone may do something.",
            "Name a javax.cache.Cache or a java.util.concurrent.ConcurrentMap{tokenCacheConfig?, or set"
                    + " tokenCacheConfig or tokenCacheProvider instead}.{tokenStoreFile? For users who sign in,"
                    + " tokenStoreDataSource or tokenStoreFile is enough.}"),
    FEDERATED_TOKEN_UNUSABLE(
            "OMC-0207",
            Fault.CONFIGURATION,
            Retry.AFTER_CHANGE,
            "The file that {federatedTokenFile} or the environment variable AZURE_FEDERATED_TOKEN_FILE names is not there, may not be"
                    + " read, or holds no signed JSON Web Token.",
            "Look whether the platform writes its token there (Kubernetes: the label azure.workload.identity/use of the pod, the"
                    + " annotation azure.workload.identity/client-id of its service account) and whether the server may read"
                    + " it."),

    TOKEN_ENDPOINT_UNREACHABLE(
            "OMC-1101",
            Fault.PROVIDER,
            Retry.LATER,
            "The host name of the token endpoint is wrong, a firewall blocks the way to it, or the proxy is down.",
            "Check {tokenEndpoint|authority|cloud}, {proxyHost}, DNS and outgoing HTTPS to that host."),
    TOKEN_ENDPOINT_TLS(
            "OMC-1102",
            Fault.CONFIGURATION,
            Retry.AFTER_CHANGE,
            "The trust store ({trustStore|the server's}) does not know the authority that signed the token endpoint's"
                    + " certificate, or the certificate is for another host name.",
            "Add that authority's certificate to {trustStore?the file of *, or to }the default trust store of the server"
                    + " (keyStore id \"defaultTrustStore\"), or correct {authority|tokenEndpoint}."),
    TOKEN_ENDPOINT_THROTTLED(
            "OMC-1103",
            Fault.LIMIT,
            Retry.LATER,
            "The identity provider limits the token requests of this client.",
            "Wait for the time named; look for other programs that use the same client id in a loop."),
    TOKEN_ENDPOINT_UNAVAILABLE(
            "OMC-1104",
            Fault.PROVIDER,
            Retry.LATER,
            "The token endpoint has a fault of its own.",
            "Try again later; look at the provider's service health page if it lasts."),
    TOKEN_ANSWER_UNUSABLE(
            "OMC-1105",
            Fault.CONFIGURATION,
            Retry.AFTER_CHANGE,
            "Something other than an OAuth 2.0 token endpoint answered, for example a proxy's login page.",
            "Check {authority|tokenEndpoint} and the proxy between this server and that host."),
    PROXY_REFUSED(
            "OMC-1106",
            Fault.CONFIGURATION,
            Retry.AFTER_CHANGE,
            "The proxy of {proxyHost&proxyPort} wants a user name, or does not let this server reach that host.",
            "Let the proxy admit this server without a user name, or allow the token endpoint's host."),
    CLOCK_DIFFERS(
            "OMC-1107",
            Fault.CONFIGURATION,
            Retry.AFTER_CHANGE,
            "This machine's clock is wrong, so that certificates' assertions and tokens seem expired or not yet valid.",
            "Synchronise the clock (NTP)."),
    TLS_TOO_OLD(
            "OMC-1108",
            Fault.CONFIGURATION,
            Retry.AFTER_CHANGE,
            "The connection was made with TLS below 1.2.",
            "Remove what forces an old version: jdk.tls.client.protocols, https.protocols, or a proxy between."),
    MANAGED_IDENTITY_UNREACHABLE(
            "OMC-1109",
            Fault.PROVIDER,
            Retry.LATER,
            "This machine is none of Azure's, so that nobody answers there, or a network policy keeps the process from the"
                    + " address.",
            "Run it on a virtual machine, in a container or as an App Service of Azure that has an identity, and allow plain HTTP"
                    + " to the address in the details, past every proxy; elsewhere set {grant} to federated or"
                    + " client_credentials."),
    CLIENT_SECRET_WRONG(
            "OMC-1201",
            Fault.CREDENTIAL,
            Retry.AFTER_CHANGE,
            "The property {clientSecret} holds the secret's ID, a secret of another application, or a mistyped value.",
            "Copy the secret's Value (not its Secret ID) from \"Certificates & secrets\" of the app registration into"
                    + " {clientSecret}."),
    CLIENT_SECRET_EXPIRED(
            "OMC-1202",
            Fault.CREDENTIAL,
            Retry.AFTER_CHANGE,
            "The client secret in the property {clientSecret} has passed its expiry date.",
            "Create a new secret for the app registration in Microsoft Entra and put its Value into {clientSecret}."),
    TENANT_UNKNOWN(
            "OMC-1203",
            Fault.CREDENTIAL,
            Retry.AFTER_CHANGE,
            "The property {tenantId} is mistyped, or names a tenant of another cloud.",
            "Copy \"Directory (tenant) ID\" from the app registration's overview into {tenantId}{cloud?; check *}."),
    APPLICATION_UNKNOWN(
            "OMC-1204",
            Fault.CREDENTIAL,
            Retry.AFTER_CHANGE,
            "The property {clientId} is mistyped, or the application is registered in another tenant or cloud.",
            "Copy \"Application (client) ID\" from the app registration's overview into {clientId}; check"
                    + " {tenantId&cloud}."),
    CONSENT_MISSING(
            "OMC-1205",
            Fault.CREDENTIAL,
            Retry.AFTER_CHANGE,
            "No administrator has granted the application's permissions in this tenant.",
            "Open API permissions of the app registration and choose \"Grant admin consent\"."),
    SCOPE_INVALID(
            "OMC-1206",
            Fault.CREDENTIAL,
            Retry.AFTER_CHANGE,
            "The property {scope} names nothing that the provider knows; for client_credentials at Microsoft Entra it is not"
                    + " a resource followed by \"/.default\".",
            "Remove the property {scope}, or set it to https://outlook.office365.com/.default; at other providers, to a scope"
                    + " that the client has there."),
    RESOURCE_UNKNOWN(
            "OMC-1207",
            Fault.CREDENTIAL,
            Retry.AFTER_CHANGE,
            "The property {scope} names a resource that the tenant does not have, or one of another cloud.",
            "Remove the property {scope}, or correct it{cloud?; check *}. A tenant without Exchange Online has no such"
                    + " resource."),
    APPLICATION_DISABLED(
            "OMC-1208",
            Fault.CREDENTIAL,
            Retry.AFTER_CHANGE,
            "The enterprise application has been disabled in the tenant.",
            "Enable it: Microsoft Entra, Enterprise applications, Properties, \"Enabled for users to sign in\"."),
    CERTIFICATE_REFUSED(
            "OMC-1209",
            Fault.CREDENTIAL,
            Retry.AFTER_CHANGE,
            "The certificate in {clientCertificate} is not the one uploaded to the app registration, or has expired; or the"
                    + " key in {googleServiceAccountKey} has been deleted; or this machine's clock is wrong.",
            "Upload the certificate under \"Certificates & secrets\" of the app registration and compare the thumbprints;"
                    + " for Google, create a new key for the service account; check the clock."),
    CLIENT_NOT_PUBLIC(
            "OMC-1210",
            Fault.CREDENTIAL,
            Retry.AFTER_CHANGE,
            "The application is no public client, so it must prove who it is.",
            "Set {clientSecret}, or allow public client flows under Authentication of the app registration."),
    CLIENT_IS_PUBLIC(
            "OMC-1211",
            Fault.CREDENTIAL,
            Retry.AFTER_CHANGE,
            "The application is a public client and must not send a secret.",
            "Remove {clientSecret}, or make it a confidential client under Authentication of the app registration."),
    CLIENT_REFUSED(
            "OMC-1212",
            Fault.CREDENTIAL,
            Retry.AFTER_CHANGE,
            "The provider does not know the client, or its secret, key or way of authentication is not the one agreed.",
            "Compare {clientId&clientSecret&clientAuthentication} with the client's settings at the provider."),
    GRANT_NOT_ALLOWED(
            "OMC-1213",
            Fault.CREDENTIAL,
            Retry.AFTER_CHANGE,
            "The application or client is not allowed to use this grant, or a Google service account is not authorized for"
                    + " the scope and the user.",
            "Allow the grant in the client's settings at the provider (Entra: Authentication, Allow public client flows;"
                    + " Google: domain-wide delegation for the client id and the scope)."),
    SERVICE_ACCOUNT_REFUSED(
            "OMC-1214",
            Fault.CREDENTIAL,
            Retry.AFTER_CHANGE,
            "The service account's key has been deleted or disabled at Google, or this machine's clock is wrong.",
            "Compare private_key_id of the file in {googleServiceAccountKey} with the keys of the account in the Google Cloud"
                    + " console; create a new key if need be; check the clock."),
    FEDERATED_ISSUER_UNKNOWN(
            "OMC-1215",
            Fault.CREDENTIAL,
            Retry.AFTER_CHANGE,
            "The application has no federated credential for the issuer of the platform's token: that of the cluster is missing,"
                    + " mistyped, or was another one before the cluster was made anew.",
            "Compare assertion.iss in the details with the issuer under \"Certificates & secrets\", \"Federated credentials\" of"
                    + " the app registration, letter by letter; a slash at the end counts. Check {clientId&tenantId}."),
    FEDERATED_SUBJECT_UNKNOWN(
            "OMC-1216",
            Fault.CREDENTIAL,
            Retry.AFTER_CHANGE,
            "The application has a federated credential for that issuer, but for another subject: another namespace or another"
                    + " service account.",
            "Compare assertion.sub in the details (Kubernetes: system:serviceaccount:<namespace>:<name>) with the subject of the"
                    + " federated credential of the app registration; capital letters count."),
    FEDERATED_AUDIENCE_WRONG(
            "OMC-1217",
            Fault.CREDENTIAL,
            Retry.AFTER_CHANGE,
            "The platform's token was made for somebody else than the federated credential says.",
            "Compare assertion.aud in the details with the audience of the federated credential, api://AzureADTokenExchange as a"
                    + " rule. The file of {federatedTokenFile} must be that of this token, and not that which the pod has for the"
                    + " cluster itself."),
    FEDERATED_TOKEN_EXPIRED(
            "OMC-1218",
            Fault.CREDENTIAL,
            Retry.AFTER_CHANGE,
            "The platform's token has ended and no newer one was written into its file, or a clock is wrong.",
            "Compare assertion.exp in the details with the time; look why the platform does not renew the file (Kubernetes: the"
                    + " events of the pod), that {federatedTokenFile} is not a copy, and at the clocks of both."),
    FEDERATED_TOKEN_REFUSED(
            "OMC-1219",
            Fault.CREDENTIAL,
            Retry.AFTER_CHANGE,
            "Microsoft Entra cannot check the platform's token: it is damaged, or the issuer's keys have changed or cannot be"
                    + " fetched from where the issuer publishes them.",
            "Open <assertion.iss>/.well-known/openid-configuration and the keys it names from outside: Entra must be able to"
                    + " reach them, and they must be those that sign now."),
    MANAGED_IDENTITY_MISSING(
            "OMC-1220",
            Fault.CREDENTIAL,
            Retry.AFTER_CHANGE,
            "No identity has been assigned to this machine, or not the one of {clientId}.",
            "Assign it: in the Azure portal under Identity of the virtual machine, scale set or App Service; for a user-assigned"
                    + " identity set {clientId} to its client id, else remove {clientId}."),
    USER_UNKNOWN(
            "OMC-1221",
            Fault.CREDENTIAL,
            Retry.AFTER_CHANGE,
            "There is no user of that name in the tenant, or in the domain of the Google service account.",
            "Correct {userName|mailbox} (a user principal name such as user@contoso.com) or {tenantId}; for Google, the mailbox."),
    USER_PASSWORD_WRONG(
            "OMC-1222",
            Fault.CREDENTIAL,
            Retry.AFTER_CHANGE,
            "The property {userPassword} is wrong.",
            "Correct {userPassword}; mind that repeated attempts lock the user. Better leave the grant password, see"
                    + " docs/tokens.md."),
    USER_LOCKED(
            "OMC-1223",
            Fault.CREDENTIAL,
            Retry.AFTER_CHANGE,
            "The user is locked after too many attempts, or disabled.",
            "Unlock or enable the user at the provider (Microsoft Entra); look for other programs that use an old password."),
    USER_PASSWORD_EXPIRED(
            "OMC-1224",
            Fault.CREDENTIAL,
            Retry.AFTER_CHANGE,
            "The user's password has expired.",
            "Set a new one and put it into {userPassword}. Better leave the grant password, see docs/tokens.md."),
    SECOND_FACTOR_REQUIRED(
            "OMC-1225",
            Fault.CREDENTIAL,
            Retry.AFTER_CHANGE,
            "The tenant wants a second factor or another proof for this user; a password alone cannot give it.",
            "Leave the grant password: use client_credentials, or delegated with one sign-in; see docs/tokens.md. For"
                    + " delegated: sign in anew."),
    CONDITIONAL_ACCESS(
            "OMC-1226",
            Fault.CREDENTIAL,
            Retry.AFTER_CHANGE,
            "A Conditional Access policy of the tenant forbids this sign-in.",
            "Exempt the application or the user in the policy that the Entra sign-in log names, or use"
                    + " client_credentials."),
    SIGN_IN_MISSING(
            "OMC-1231",
            Fault.CREDENTIAL,
            Retry.AFTER_CHANGE,
            "Nobody has signed in for this mailbox yet, or the store of refresh tokens is another one than then.",
            "Sign in once for the whole cluster, see \"delegated\" in docs/tokens.md."),
    SIGN_IN_FAILED(
            "OMC-1232",
            Fault.CREDENTIAL,
            Retry.AFTER_CHANGE,
            "The sign-in was declined, or its code was not entered in time.",
            "Start the sign-in again and enter the new code."),
    REFRESH_TOKEN_EXPIRED(
            "OMC-1233",
            Fault.CREDENTIAL,
            Retry.AFTER_CHANGE,
            "The refresh token has expired: it was not used for 90 days, or the tenant's policy ends it sooner.",
            "Sign in again for this mailbox; or use client_credentials, which needs no sign-in."),
    REFRESH_TOKEN_REVOKED(
            "OMC-1234",
            Fault.CREDENTIAL,
            Retry.AFTER_CHANGE,
            "The refresh token is no longer good: the user's password was changed, an administrator ended the user's"
                    + " sessions, or it has been used already.",
            "Sign in again for this mailbox; or use client_credentials, which needs no sign-in."),
    TOKEN_LOOP(
            "OMC-1235",
            Fault.CREDENTIAL,
            Retry.AFTER_CHANGE,
            "Microsoft Entra has noticed a client that asks for the same token again and again.",
            "Look for other programs that use the same client id; this adapter asks once an hour."),
    TOKEN_REFUSED(
            "OMC-1299",
            Fault.CREDENTIAL,
            Retry.AFTER_CHANGE,
            "The provider refused the token request for a reason that this version does not know by number or name.",
            "Read the provider's reply in the details; an AADSTS number is explained in Microsoft's documentation of Entra"
                    + " error codes."),

    PERMISSION_MISSING(
            "OMC-1301",
            Fault.CREDENTIAL,
            Retry.WITH_NEW_TOKEN,
            "The token lacks the permission that this protocol needs, so the mail server refuses it. An application may have"
                    + " the permission from Exchange Online instead (RBAC for Applications), but then not for this mailbox.",
            "Add the permission named to the app registration (Office 365 Exchange Online, or Microsoft Graph) and grant admin"
                    + " consent; to a managed identity, which has no such page, with New-MgServicePrincipalAppRoleAssignment"
                    + " (docs/tokens.md). A new token carries it after some minutes, a managed identity's within a day. With"
                    + " RBAC for Applications an Exchange administrator runs:"
                    + " Test-ServicePrincipalAuthorization -Identity <object id> -Resource <mailbox>; and extends the scope of"
                    + " the role assignment if the mailbox is not in it."),
    AUDIENCE_WRONG(
            "OMC-1302",
            Fault.CREDENTIAL,
            Retry.WITH_NEW_TOKEN,
            "The property {scope} asks for a token of another service than the one that mail goes to.",
            "Remove the property {scope}, or set it to https://outlook.office365.com/.default; for Microsoft Graph, to"
                    + " https://graph.microsoft.com/.default."),
    TENANT_DIFFERS(
            "OMC-1303",
            Fault.CREDENTIAL,
            Retry.WITH_NEW_TOKEN,
            "The token is of another tenant than the configuration says.",
            "Check {tenantId}, and {tokenEndpoint} if it is set."),
    TOKEN_TIMES_WRONG(
            "OMC-1304",
            Fault.CREDENTIAL,
            Retry.AFTER_CHANGE,
            "By this machine's clock the token has expired already or is not valid yet.",
            "Synchronise the clock (NTP) of this machine."),

    MAIL_SERVER_UNREACHABLE(
            "OMC-2101",
            Fault.CONNECTION,
            Retry.LATER,
            "The host name or port is wrong, the server is down, or a firewall blocks the way to it.",
            "Check {smtpHost&smtpPort&storeHost&storePort}, those of the server in the details, DNS and the firewall."),
    MAIL_SERVER_TLS(
            "OMC-2102",
            Fault.CONNECTION,
            Retry.AFTER_CHANGE,
            "The server's trust store does not know the authority that signed the mail server's certificate, or the"
                    + " certificate is for another host name.",
            "Add that authority's certificate to the default trust store of the server, or correct the host property."),
    MAIL_SERVER_TIMEOUT(
            "OMC-2103",
            Fault.CONNECTION,
            Retry.OVER_ANOTHER_CONNECTION,
            "The mail server accepted the connection but did not answer in time.",
            "Check the network between; raise {readTimeoutMillis} if the server is known to be slow."),
    CONNECTION_LOST(
            "OMC-2104",
            Fault.CONNECTION,
            Retry.OVER_ANOTHER_CONNECTION,
            "The mail server or something between closed the connection before the operation was complete.",
            "Nothing was accepted; try again."),
    MAIL_SERVER_UNAVAILABLE(
            "OMC-2105",
            Fault.PROVIDER,
            Retry.LATER,
            "The mail server has a fault of its own that passes: it, or the part of it that knows the mailbox, is restarting,"
                    + " overloaded or under maintenance.",
            "Nothing was accepted; try again later{maxWaitMillis?, or raise *, within which the adapter tries again by"
                    + " itself}; look at the provider's service health page if it lasts."),
    MAIL_PROXY_REFUSED(
            "OMC-2106",
            Fault.CONNECTION,
            Retry.AFTER_CHANGE,
            "The proxy of {proxyHost&proxyPort} wants a user name, does not let this server reach the mail server's host"
                    + " and port, or is no HTTP proxy that knows CONNECT.",
            "Let the proxy admit this server without a user name, and allow CONNECT to the mail server's host and port; its"
                    + " answer is in the details."),
    HELLO_REFUSED(
            "OMC-2107",
            Fault.CONFIGURATION,
            Retry.AFTER_CHANGE,
            "The mail server does not take the name by which this machine says hello (EHLO; RFC 5321, section 4.1.1.1).",
            "Set the property {smtpHelloName} to this machine's full name in the DNS; the server's answer is in the details."),
    TLS_NOT_OFFERED(
            "OMC-2108",
            Fault.CONFIGURATION,
            Retry.AFTER_CHANGE,
            "The mail server does not offer STARTTLS (STLS) at this port, or somebody on the way takes the offer away.",
            "Name the port where it does, or a protocol that begins with TLS (smtps, imaps, pop3s); or have TLS switched on"
                    + " there.{startTls? For a relay that takes mail without a login, *=\"offered\" allows it in the clear.}"),
    AUTHENTICATION_REFUSED(
            "OMC-2201",
            Fault.CREDENTIAL,
            Retry.WITH_NEW_TOKEN,
            "The mailbox does not exist or is not the one the application may use, the application lacks the"
                    + " permission (SMTP.SendAsApp to send, IMAP.AccessAsApp to read), or the service principal was"
                    + " registered with the wrong object id.",
            "Check the property {mailbox}; compare aud, roles and tid of the token in the details; with the object id of the"
                    + " enterprise application (not of the app registration) an Exchange administrator runs:"
                    + " New-ServicePrincipal -AppId <application id> -ObjectId <object id>; Add-MailboxPermission -Identity"
                    + " <mailbox> -User <object id> -AccessRights FullAccess"),
    SMTP_AUTH_DISABLED(
            "OMC-2202",
            Fault.CREDENTIAL,
            Retry.AFTER_CHANGE,
            "Authenticated SMTP is switched off for the mailbox or the tenant; that applies to OAuth too.",
            "An Exchange administrator runs: Set-CASMailbox -Identity <mailbox> -SmtpClientAuthenticationDisabled $false;"
                    + " where the reply names the tenant: Set-TransportConfig -SmtpClientAuthenticationDisabled $false"),
    MAILBOX_NOT_PERMITTED(
            "OMC-2203",
            Fault.CREDENTIAL,
            Retry.AFTER_CHANGE,
            "The token is good, but the application has no right on this mailbox (Exchange also says so while it"
                    + " throttles).",
            "Check the property {mailbox}; an Exchange administrator runs: Add-MailboxPermission -Identity <mailbox>"
                    + " -User <object id> -AccessRights FullAccess"),
    SECURITY_POLICY(
            "OMC-2204",
            Fault.CREDENTIAL,
            Retry.AFTER_CHANGE,
            "Security defaults or a Conditional Access policy of the tenant forbid this sign-in.",
            "Exempt the application in the policy that the Entra sign-in log names."),
    PASSWORD_REFUSED(
            "OMC-2205",
            Fault.CREDENTIAL,
            Retry.AFTER_CHANGE,
            "The property {userName} or {userPassword} is wrong, or the server takes no passwords of programs.",
            "Correct {userName&userPassword}; Microsoft 365 and Google take tokens only: set {provider}."),
    BASIC_NOT_SUPPORTED(
            "OMC-2206",
            Fault.CONFIGURATION,
            Retry.AFTER_CHANGE,
            "Exchange Online no longer takes passwords for sending (basic authentication).",
            "Set {provider} to microsoft and use a token; docs/tokens.md shows each way."),
    NOT_AUTHENTICATED(
            "OMC-2207",
            Fault.CREDENTIAL,
            Retry.AFTER_CHANGE,
            "The mail server wants a login before a message (530 5.7.57), and this configuration reached it without one.",
            "Remove mail.*.auth from {mailProperties|the properties}; check that {smtpHost&smtpPort} lead to the submission port (587), not"
                    + " to the port of other mail servers (25)."),
    TOKEN_EXPIRES_SOON(
            "OMC-2208",
            Fault.CREDENTIAL,
            Retry.WITH_NEW_TOKEN,
            "The mail server takes only tokens that live for another ten minutes or so (High Volume Email).",
            "The adapter has asked for a new token and tried again; if this stays, the tenant's token lifetime policy is"
                    + " too short."),
    MECHANISM_NOT_OFFERED(
            "OMC-2209",
            Fault.CONFIGURATION,
            Retry.AFTER_CHANGE,
            "The mail server does not offer the way to log in that is configured: XOAUTH2 for a token, PLAIN or LOGIN for a"
                    + " password. Nothing secret was shown to it.",
            "Compare what the server offers (in the details) with {provider|the properties}; check that"
                    + " {smtpHost&smtpPort&storeHost&storePort} lead to a server that takes tokens, on its port for submission"
                    + " (587 or 465) and not on the one of other mail servers (25)."),
    RELAY_REFUSED(
            "OMC-2210",
            Fault.CREDENTIAL,
            Retry.AFTER_CHANGE,
            "The server takes mail without a login from known addresses only, and this server's is not among them, or the"
                    + " sender's domain is not.",
            "Have the address by which this server reaches it allowed there (Exchange Online: a connector for mail from your"
                    + " organisation's server), or set {provider} to one that logs in."),
    READING_NEEDS_LOGIN(
            "OMC-2211",
            Fault.CONFIGURATION,
            Retry.AFTER_CHANGE,
            "{provider} is \"none\": there is no login, and without one a server shows no mail.",
            "Use a factory for reading whose {provider} is microsoft, google, generic or basic."),
    SEND_AS_DENIED(
            "OMC-2301",
            Fault.CREDENTIAL,
            Retry.AFTER_CHANGE,
            "The From address of the message is not the mailbox, and the mailbox has no SendAs right for it.",
            "Send from the mailbox itself, {senderPolicy?set *=\"sender\", }or an Exchange administrator runs:"
                    + " Add-RecipientPermission -Identity <sender> -Trustee <object id> -AccessRights SendAs"),
    RECIPIENT_REFUSED(
            "OMC-2302",
            Fault.MESSAGE,
            Retry.AFTER_CHANGE,
            "The mail server does not accept at least one of the recipients.",
            "Correct the addresses in the details; if the summary says \"for the time being\" (greylisting, a full mailbox),"
                    + " send the same again some minutes later. Nothing was sent to the others."),
    MESSAGE_REFUSED(
            "OMC-2303",
            Fault.MESSAGE,
            Retry.AFTER_CHANGE,
            "The mail server refused the message.",
            "Read the server's reply in the details; if the summary says \"for the time being\", send the same again some"
                    + " minutes later. Nothing was sent."),
    MESSAGE_INCOMPLETE(
            "OMC-2304",
            Fault.MESSAGE,
            Retry.AFTER_CHANGE,
            "The message has no recipient, an address that is none, a header that is not clear, or content that could not be"
                    + " written.",
            "Read the reason in the details, set at least one recipient and check the message's parts; nothing was sent."),
    MAIL_THROTTLED(
            "OMC-2305",
            Fault.LIMIT,
            Retry.LATER,
            "A limit of Exchange Online was reached: three connections or 30 messages a minute for one mailbox.",
            "Look for other programs that use the mailbox; {maxWaitMillis?lower maxConnectionsPerMailbox or"
                    + " maxMessagesPerMinute, or raise *, and }try again; the message was not accepted."),
    OUTCOME_UNKNOWN(
            "OMC-2306",
            Fault.CONNECTION,
            Retry.OUTCOME_UNKNOWN,
            "The connection broke after the whole message was transmitted and before the server's reply arrived, or that reply"
                    + " was neither yes nor no, so the server may or may not have accepted it (RFC 5321, section 4.2.5; RFC"
                    + " 1047).",
            "Look into Sent Items of the mailbox before sending again; the Message-ID is in the details."),
    MAILBOX_BUSY(
            "OMC-2307",
            Fault.LIMIT,
            Retry.LATER,
            "The mailbox has as many connections open as {maxConnectionsPerMailbox} allows, over all servers of the cluster,"
                    + " and none came free in time.",
            "Send less at a time or raise {maxWaitMillis}; the details say which server holds how many. Exchange Online does"
                    + " not allow more than three."),
    MESSAGE_RATE_REACHED(
            "OMC-2308",
            Fault.LIMIT,
            Retry.LATER,
            "The mailbox has sent as many messages in a minute as {maxMessagesPerMinute} allows, over all servers.",
            "Send more slowly, from several mailboxes, or raise {maxWaitMillis}; the message was not sent."),
    MAIL_PAUSED(
            "OMC-2309",
            Fault.LIMIT,
            Retry.LATER,
            "The mail server has throttled the mailbox, and all servers of the cluster wait until the pause ends.",
            "Try again after the moment in the details, or raise {maxWaitMillis}; the message was not sent."),
    MAILBOX_FULL(
            "OMC-2310",
            Fault.PROVIDER,
            Retry.AFTER_CHANGE,
            "A mailbox is full; most of the time the sender's Sent Items, which grow with each message.",
            "Empty Sent Items of the mailbox, or give it a retention policy; an Exchange administrator may run:"
                    + " Set-MailboxSentItemsConfiguration, or raise its quota. The message was not accepted."),
    SENDER_BLOCKED(
            "OMC-2311",
            Fault.CREDENTIAL,
            Retry.AFTER_CHANGE,
            "Microsoft has blocked the sender, because what it sent looked like spam.",
            "Find out what was sent; an administrator unblocks the address under Restricted entities in Microsoft Defender."
                    + " The message was not accepted."),
    SENDER_LIMIT(
            "OMC-2312",
            Fault.LIMIT,
            Retry.LATER,
            "An address of an onmicrosoft.com domain may send 100 messages a day to others.",
            "Send from an address of a domain of your own. The message was not accepted."),
    SENDER_NOT_ALLOWED(
            "OMC-2313",
            Fault.APPLICATION,
            Retry.AFTER_CHANGE,
            "An address in whose name the message would leave (From, Sender, Resent-From, Resent-Sender, the envelope) is neither"
                    + " the mailbox nor in {allowedMailboxes}.",
            "Add the address or its @domain to {allowedMailboxes}, or correct the From; nobody got the message."),
    ADDRESS_NOT_TRANSMISSIBLE(
            "OMC-2314",
            Fault.MESSAGE,
            Retry.AFTER_CHANGE,
            "An address of the message, or a field of its header, has characters beyond ASCII that this mail server cannot be"
                    + " told without the risk that it means somebody else.",
            "Correct the address in the details, write its domain with A-labels (xn--), encode the field (RFC 2047), or send"
                    + " over a server that offers SMTPUTF8; nobody got the message."),
    INTERRUPTED(
            "OMC-2316",
            Fault.APPLICATION,
            Retry.LATER,
            "The thread was interrupted while it waited for its turn or for a token: the application server stops, or whoever runs the"
                    + " thread has given it up. Neither the mailbox nor the mail server is to blame.",
            "Try again; if it happens often, look for what cancels the task. Nothing was sent."),
    MESSAGE_TOO_LARGE(
            "OMC-2317",
            Fault.MESSAGE,
            Retry.AFTER_CHANGE,
            "The message is larger than the mail server takes; attachments grow by a third on their way (base64).",
            "Send less at once, or a link to the file; the limit is in the details as far as the server tells it (Exchange"
                    + " Online: Set-Mailbox <mailbox> -MaxSendSize, at most 150 MB)."),
    FOLDER_FAILURE(
            "OMC-2401",
            Fault.APPLICATION,
            Retry.AFTER_CHANGE,
            "The folder or message does not exist, or no longer, or the mail server refused what was asked of it.",
            "Read the server's reply in the details; check the folder's name, and list the mailbox's folders if in doubt."),
    GRAPH_ACCESS_DENIED(
            "OMC-2402",
            Fault.CREDENTIAL,
            Retry.AFTER_CHANGE,
            "Neither the token nor a role of Exchange (RBAC for Applications, which no token shows) gives the application the"
                    + " permission named on this mailbox; a change takes up to two hours to be known everywhere.",
            "Give the app registration the application permission named (Microsoft Graph) and grant admin consent; or, for this"
                    + " mailbox alone, an Exchange administrator runs: New-ServicePrincipal -AppId <application id> -ObjectId"
                    + " <object id>; New-ManagementScope -Name OutlookMail -RecipientRestrictionFilter"
                    + " \"PrimarySmtpAddress -eq '<mailbox>'\"; New-ManagementRoleAssignment -App <object id> -Role"
                    + " \"Application <permission>\" -CustomResourceScope OutlookMail; and looks at the result with"
                    + " Test-ServicePrincipalAuthorization -Identity <object id> -Resource <mailbox>. A grant in Entra has no"
                    + " scope and adds to that of Exchange."),
    GRAPH_MAILBOX_UNKNOWN(
            "OMC-2403",
            Fault.CREDENTIAL,
            Retry.AFTER_CHANGE,
            "The property {mailbox} names no user of the tenant: it is mistyped, an alias or a group, or of another tenant.",
            "Set {mailbox} to the user principal name of the mailbox; Get-Mailbox -Identity <mailbox> shows it."),
    GRAPH_MAILBOX_NOT_SERVED(
            "OMC-2404",
            Fault.PROVIDER,
            Retry.AFTER_CHANGE,
            "The mailbox is none that Microsoft Graph serves: it is on premises, has no licence of Exchange Online, is inactive,"
                    + " or is being moved.",
            "Give it a licence of Exchange Online, or move it there; for one that stays on premises set {transport} and {store}"
                    + " to its own servers."),
    GRAPH_NOT_TAKEN(
            "OMC-2405",
            Fault.MESSAGE,
            Retry.AFTER_CHANGE,
            "Graph answered with success, but not with 202, by which alone it takes a message; it has been seen to do so with"
                    + " messages that are too large for it in one piece.",
            "Set {graphSend} to \"draft\" or \"auto\", so that a large message goes in pieces; nothing was sent."),
    GRAPH_RECIPIENT_WITHHELD(
            "OMC-2406",
            Fault.APPLICATION,
            Retry.AFTER_CHANGE,
            "The header of the message (To, Cc) names somebody who is not among the recipients that it is to go to. Graph knows"
                    + " no envelope: it sends to all whom the header names.",
            "Take the address out of the header, or add it to the recipients; or set {transport} to \"smtp\", which has an"
                    + " envelope. Nothing was sent."),
    GRAPH_CANNOT_CARRY(
            "OMC-2407",
            Fault.MESSAGE,
            Retry.AFTER_CHANGE,
            "Graph cannot carry the part or field named as it is, and it is not sent in another form than it was made.",
            "Leave it out or make the message smaller; or set {transport} to \"smtp\", which carries everything. Nothing was"
                    + " sent."),
    GRAPH_APPEND_IS_DRAFT(
            "OMC-2408",
            Fault.APPLICATION,
            Retry.AFTER_CHANGE,
            "Graph makes a draft of every message that is put into a folder as MIME, and this one is not marked as a draft.",
            "Mark the message with Flags.Flag.DRAFT if a draft is what is wanted; or set {store} to \"imaps\". Nothing was"
                    + " appended."),
    GRAPH_NO_SUCH_NUMBERS(
            "OMC-2409",
            Fault.APPLICATION,
            Retry.AFTER_CHANGE,
            "Over Graph the UIDs of messages are stable, but say nothing of the order in which messages came, so that a range of"
                    + " them means nothing.",
            "Ask for single UIDs, or search by the date received; or set {store} to \"imaps\"."),
    GRAPH_SYNC_STATE_LOST(
            "OMC-2410",
            Fault.PROVIDER,
            Retry.LATER,
            "Graph keeps the state of a synchronisation for a limited time, and loses it when a mailbox moves.",
            "Nothing is to be done: the whole folder is looked at anew, and nothing that was delivered is delivered again. After"
                    + " a restart, mail that somebody has moved in meanwhile and that was received before the last one delivered"
                    + " is passed over."),
    GRAPH_CHANGES_INCOMPLETE(
            "OMC-2411",
            Fault.PROVIDER,
            Retry.LATER,
            "Graph ended a round of changes before it had told all of them.",
            "Nothing is to be done: the messages that were missing have been looked up and are delivered with the others."),
    MAIL_FAILURE(
            "OMC-2999",
            Fault.PROVIDER,
            Retry.AFTER_CHANGE,
            "The mail server answered in a way that this version does not know.",
            "Read the server's reply in the details."),

    HANDLE_CLOSED(
            "OMC-3101",
            Fault.APPLICATION,
            Retry.AFTER_CHANGE,
            "The application used an OutlookMailSession, Transport or Store after it had closed it, or after its"
                    + " connection had failed.",
            "Borrow a new one; keep the use inside the try block."),
    HANDLE_LEAKED(
            "OMC-3102",
            Fault.APPLICATION,
            Retry.AFTER_CHANGE,
            "The application did not close an OutlookMailSession, Transport or Store; its connection was taken back.",
            "Close it where it was opened (the place is in the details), best by try-with-resources."),
    POOL_EXHAUSTED(
            "OMC-3103",
            Fault.LIMIT,
            Retry.LATER,
            "All connections of the pool are in use: too many callers at once for its size, or an application does not close"
                    + " what it opened.",
            "Look at the places in the details; close what is forgotten there, or raise {@poolSize}."),
    MAILBOX_NOT_ALLOWED(
            "OMC-3104",
            Fault.APPLICATION,
            Retry.AFTER_CHANGE,
            "The application asked for a mailbox that this factory does not give out.",
            "Add the address or its @domain to {allowedMailboxes} of the {@factory}."),
    SESSION_TAKEN_BACK(
            "OMC-3105",
            Fault.APPLICATION,
            Retry.LATER,
            "The server has taken the connection back while the application still had it: the transaction or request that it"
                    + " belonged to has ended, or the server is restarting the adapter after a change of its"
                    + " configuration.",
            "Borrow a new session and try again; nothing was sent. Do not keep one longer than the transaction or request."),
    MAILBOX_MALFORMED(
            "OMC-3106",
            Fault.APPLICATION,
            Retry.AFTER_CHANGE,
            "The application asked for a mailbox by a text that is not the address of one: it has control characters,"
                    + " blanks, quotes, letters beyond ASCII, or not exactly one @.",
            "Give one address such as orders@contoso.com and nothing around it, a domain in another script with its"
                    + " A-labels (xn--). If the text came from outside, find out who sent it."),
    MAILBOX_NOT_BOUND(
            "OMC-3201",
            Fault.CONFIGURATION,
            Retry.AFTER_CHANGE,
            "The name in @Mailbox differs from the JNDI name of the {@factory}, that {@factory} is missing or could not start,"
                    + " or it is of another type than the injection point.",
            "Correct the name in @Mailbox, or add what the details say to {@configuration}; the server's log tells if a"
                    + " {@factory} of that name did not start."),
    COMMIT_FAILED(
            "OMC-3301",
            Fault.APPLICATION,
            Retry.AFTER_CHANGE,
            "The transaction was about to commit, and a message of it could not be sent.",
            "The cause says why; the details say which messages of the transaction had left before."),
    TRANSACTION_ABANDONED(
            "OMC-3302",
            Fault.APPLICATION,
            Retry.AFTER_CHANGE,
            "An application began a transaction with session.getLocalTransaction() and closed the session without commit() or"
                    + " rollback(); or the server stopped, or restarted the adapter, in the middle of a transaction.",
            "Call commit() before the session is closed. The messages in the details were not sent: send them again if they"
                    + " were wanted."),
    TRANSACTION_ORDER(
            "OMC-3303",
            Fault.APPLICATION,
            Retry.AFTER_CHANGE,
            "The application called begin() of session.getLocalTransaction() while a transaction was under way, its own or the"
                    + " server's (of a UserTransaction, or of a method with a container-managed one), or commit() or"
                    + " rollback() without a begin() of its own.",
            "Inside a transaction of the server leave begin, commit and rollback to it; else call begin() once, and then"
                    + " commit() or rollback(). Nothing was begun, sent or dropped.");

    /** Who, or what, is at fault, and so who can mend it and what is of no more use. */
    public enum Fault {
        /** What an administrator has set, or the surroundings of the server. */
        CONFIGURATION,
        /** What the application asks for, or how it asks. */
        APPLICATION,
        /** The message, or an address of it; its sender can mend it. */
        MESSAGE,
        /** The credential, its token, or what they may do. */
        CREDENTIAL,
        /** The connection to the mail server, which is of no more use. */
        CONNECTION,
        /** The identity provider or the mail server. */
        PROVIDER,
        /** A limit of the provider or of the server; nobody has done anything wrong. */
        LIMIT
    }

    /** Whether, and when, the same again makes sense. */
    public enum Retry {
        /** Not before somebody has changed something. */
        AFTER_CHANGE,
        /** After a while, without anybody doing anything. */
        LATER,
        /** With another token; the connector has done so already where that could help. */
        WITH_NEW_TOKEN,
        /** Over another connection; the connector has done so already where nothing could happen twice. */
        OVER_ANOTHER_CONNECTION,
        /** Not before somebody has looked whether it has happened. */
        OUTCOME_UNKNOWN
    }

    private final String code;
    private final Fault fault;
    private final Retry retry;

    /** With its properties in braces, see {@link PropertyNames}. */
    private final String likelyCause;

    private final String cure;

    DiagnosisCode(String code, Fault fault, Retry retry, String likelyCause, String cure) {
        this.code = code;
        this.fault = fault;
        this.retry = retry;
        this.likelyCause = likelyCause;
        this.cure = cure;
    }

    /** The stable code, such as {@code OMC-1201}. */
    public String code() {
        return code;
    }

    /** Who, or what, is at fault; never null. */
    public Fault fault() {
        return fault;
    }

    /** Whether, and when, the same again makes sense; never null. */
    public Retry retry() {
        return retry;
    }

    /** Why this happens most of the time; one sentence. */
    public String likelyCause() {
        return PropertyNames.STANDARD.in(likelyCause);
    }

    /** What to do about it; one sentence. */
    public String cure() {
        return PropertyNames.STANDARD.in(cure);
    }

    /** The same in the words of somebody who calls properties otherwise. */
    String likelyCause(PropertyNames names) {
        return names.in(likelyCause);
    }

    /** The same in the words of somebody who calls properties otherwise. */
    String cure(PropertyNames names) {
        return names.in(cure);
    }

    /**
     * Finds a code by its text.
     *
     * @param code such as {@code OMC-1201}, perhaps null
     */
    public static Optional<DiagnosisCode> byCode(String code) {
        for (DiagnosisCode candidate : values()) {
            if (candidate.code.equals(code)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }
}
