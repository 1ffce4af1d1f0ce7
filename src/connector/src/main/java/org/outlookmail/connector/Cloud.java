package org.outlookmail.connector;

import java.util.Arrays;
import java.util.Optional;

/** Microsoft's clouds and where their servers are. */
enum Cloud {
    GLOBAL("global", "login.microsoftonline.com", "smtp.office365.com", "outlook.office365.com"),
    US_GOV_HIGH("us-gov-high", "login.microsoftonline.us", "smtp.office365.us", "outlook.office365.us"),
    /** Microsoft does not publish the names of its mail servers there; an administrator knows them. */
    US_DOD("us-dod", "login.microsoftonline.us", null, null),
    CHINA("china", "login.partner.microsoftonline.cn", "smtp.partner.outlook.cn", "partner.outlook.cn");

    private final String property;
    private final String authorityHost;
    private final String smtpHost;
    private final String storeHost;

    Cloud(String property, String authorityHost, String smtpHost, String storeHost) {
        this.property = property;
        this.authorityHost = authorityHost;
        this.smtpHost = smtpHost;
        this.storeHost = storeHost;
    }

    static String[] names() {
        return Arrays.stream(values()).map(cloud -> cloud.property).toArray(String[]::new);
    }

    /** By its name, one of {@link #names}. */
    static Cloud of(String property) {
        return Arrays.stream(values())
                .filter(cloud -> cloud.property.equals(property))
                .findFirst()
                .orElse(GLOBAL);
    }

    String authority() {
        return "https://" + authorityHost;
    }

    Optional<String> smtpHost() {
        return Optional.ofNullable(smtpHost);
    }

    Optional<String> storeHost() {
        return Optional.ofNullable(storeHost);
    }
}
