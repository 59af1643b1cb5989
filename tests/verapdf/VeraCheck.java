import java.io.File;
import java.util.Map;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.RuleId;

/** Judges one file by the veraPDF library. Arguments: file, then profiles such as 3a and ua1. Exit status 0: all pass. */
public class VeraCheck {
    public static void main(String[] arguments) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        boolean pass = true;
        for (int i = 1; i < arguments.length; i++) {
            pass &= passes(new File(arguments[0]), PDFAFlavour.fromString(arguments[i]));
        }
        System.exit(pass ? 0 : 1);
    }

    private static boolean passes(File file, PDFAFlavour flavour) throws Exception {
        try (PDFAParser parser = Foundries.defaultInstance().createParser(file, flavour)) {
            ValidationResult result = Foundries.defaultInstance().createValidator(flavour, false).validate(parser);
            System.out.println(flavour + (result.isCompliant() ? " PASS " : " FAIL ") + result.getTotalAssertions());
            for (Map.Entry<RuleId, Integer> failed : result.getFailedChecks().entrySet()) {
                RuleId rule = failed.getKey();
                System.out.println("  " + rule.getClause() + "-" + rule.getTestNumber() + " x" + failed.getValue());
            }
            return result.isCompliant();
        }
    }
}
