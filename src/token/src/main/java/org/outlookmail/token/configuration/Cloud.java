package org.outlookmail.token.configuration;

import java.util.Locale;
import java.util.Optional;

/** Microsoft's clouds and where their servers are. */
public enum Cloud {
    GLOBAL("login.microsoftonline.com", "smtp.office365.com", "outlook.office365.com", "graph.microsoft.com"),
    US_GOV_HIGH("login.microsoftonline.us", "smtp.office365.us", "outlook.office365.us", "graph.microsoft.us"),
    /** Microsoft does not publish the names of its mail servers there; an administrator knows them. */
    US_DOD("login.microsoftonline.us", null, null, "dod-graph.microsoft.us"),
    CHINA(
            "login.partner.microsoftonline.cn",
            "smtp.partner.outlook.cn",
            "partner.outlook.cn",
            "microsoftgraph.chinacloudapi.cn");

    private final String authorityHost;
    private final String smtpHost;
    private final String storeHost;
    private final String graphHost;

    Cloud(String authorityHost, String smtpHost, String storeHost, String graphHost) {
        this.authorityHost = authorityHost;
        this.smtpHost = smtpHost;
        this.storeHost = storeHost;
        this.graphHost = graphHost;
    }

    /** By its name, a choice of the property. */
    static Cloud of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /** Where tokens are issued, without a path. */
    public String authority() {
        return "https://" + authorityHost;
    }

    /** Where mail is sent; empty if Microsoft does not tell. */
    public Optional<String> smtpHost() {
        return Optional.ofNullable(smtpHost);
    }

    /** Where Microsoft Graph is. */
    public String graphHost() {
        return graphHost;
    }

    /** Where mail is read; empty if Microsoft does not tell. */
    public Optional<String> storeHost() {
        return Optional.ofNullable(storeHost);
    }
}
