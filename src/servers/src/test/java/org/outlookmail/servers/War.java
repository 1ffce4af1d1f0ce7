package org.outlookmail.servers;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes the application's archive: the servlet, and what a server wants beside it. Stateless. */
final class War {
    private War() {}

    /** {@code further} are entries by their names. */
    static Path write(Path file, Map<String, String> further) throws IOException {
        String servlet = MailServlet.class.getName().replace('.', '/') + ".class";
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out);
                InputStream in = War.class.getClassLoader().getResourceAsStream(servlet)) {
            zip.putNextEntry(new ZipEntry("WEB-INF/classes/" + servlet));
            in.transferTo(zip);
            zip.closeEntry();
            for (Map.Entry<String, String> each : further.entrySet()) {
                zip.putNextEntry(new ZipEntry(each.getKey()));
                zip.write(each.getValue().getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
        return file;
    }
}
