package org.outlookmail.token.configuration;

import java.util.Locale;
import java.util.Optional;

/** Microsoft's clouds and where their servers are. */
public enum Cloud {
    GLOBAL("login.microsoftonline.com", "smtp.office365.com", "outlook.office365.com"),
    US_GOV_HIGH("login.microsoftonline.us", "smtp.office365.us", "outlook.office365.us"),
    /** Microsoft does not publish the names of its mail servers there; an administrator knows them. */
    US_DOD("login.microsoftonline.us", null, null),
    CHINA("login.partner.microsoftonline.cn", "smtp.partner.outlook.cn", "partner.outlook.cn");

    private final String authorityHost;
    private final String smtpHost;
    private final String storeHost;

    Cloud(String authorityHost, String smtpHost, String storeHost) {
        this.authorityHost = authorityHost;
        this.smtpHost = smtpHost;
        this.storeHost = storeHost;
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

    /** Where mail is read; empty if Microsoft does not tell. */
    public Optional<String> storeHost() {
        return Optional.ofNullable(storeHost);
    }
}
