using System.Globalization;
using System.Text;
using Gyrus.Imaging.Labels;
using Gyrus.Imaging.Tensors;
using Gyrus.Models.Trust;

namespace Gyrus.Models;

/// <summary>Writes the card of a model: what it is for, what it is not for, how good it is, where it comes
/// from. The headings follow Mitchell et al. 2019, "Model Cards for Model Reporting".</summary>
public static class ModelCard
{
    /// <summary>Writes the card as Markdown.</summary>
    public static string Render(ModelDescription description, CardFacts facts)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"""
            # {description.Name} {description.Version}

            A {description.Backbone} network that gives a CT or MRI image of a head one of {description.Labels.Count} labels:
            {string.Join(", ", description.Labels.Select(label => $"`{label}`"))}.
            {Meaning(description.LabelSet())}

            ## Intended use
            Research and decision support on single axial, coronal or sagittal images of a head: to study data sets and
            methods, and to sort images for a person who looks at every one of them.

            ## Not intended
            This is not a medical device. It has not been approved or tested for clinical use. Do not diagnose, treat or
            leave untreated because of its answers. It has not been tested on children as a group or on scanners outside its
            training data. {Others(description)}

            ## Limits of an answer
            {string.Concat(AnswerLimits.Of(description).Select(limit => $"- {limit.ReplaceLineEndings(" ")}\n"))}
            ## Data
            {facts.Data}
            SHA-256 of the {description.TrainingImages.Count} images that the weights were fitted on, and of the
            {description.SelectionImages.Count} that the epoch was chosen on, are in `{ModelPackage.DescriptionFile}`, so that an
            evaluation can refuse them.

            ## Preprocessing
            {Framed(description.Preprocessing)} to {description.Preprocessing.Size} x {description.Preprocessing.Size} pixels, with the
            {Name(description.Preprocessing.Kernel)} kernel; values scaled as
            `{Name(description.Preprocessing.Normalisation)}` ({PixelScaling.Of(description.Preprocessing.Normalisation).Words}).

            ## Figures

            """);
        AppendFigures(text, facts);
        if (facts.KnownFailures.Length > 0)
            text.Append(CultureInfo.InvariantCulture, $"\n## Known failures\n{facts.KnownFailures.Trim()}\n");
        if (description.Trust is { } trust) AppendTrust(text, trust, description);
        text.Append(CultureInfo.InvariantCulture, $"""

            ## Provenance
            | | |
            | --- | --- |
            | trained | {description.Provenance.TrainedAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC, seed {description.Provenance.Seed} |
            | Gyrus | {description.Provenance.GyrusVersion} |
            | data | `{description.Provenance.DataHash}` |
            | split | `{description.Provenance.SplitHash}` |
            | pretrained weights | `{description.Provenance.WeightsHash}` |
            | kernels stored as | {Name(description.Precision)} |

            """);
        foreach (var (name, version) in description.Provenance.PackageVersions.OrderBy(p => p.Key, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"| {name} | {version} |\n");
        }
        text.Append(CultureInfo.InvariantCulture, $"""

            ## Origin and licence of the pretrained weights
            {facts.WeightsOrigin} Licence: {facts.WeightsLicence}.

            """);
        if (facts.Licence is { } licence)
        {
            var title = licence.ReplaceLineEndings("\n").Split('\n').First(line => !string.IsNullOrWhiteSpace(line)).Trim();
            text.Append(CultureInfo.InvariantCulture, $"\n## Licence of these weights\n{title}. The terms, and the data behind them, are in `{ModelPackage.LicenceFile}`.\n");
        }
        return text.ToString();
    }

    private static void AppendTrust(StringBuilder text, TrustSettings trust, ModelDescription description)
    {
        var conformal = trust.Conformal;
        var labels = description.LabelSet();
        var least = description.Labels.Select((label, i) => conformal.Missing(i, labels) is { } reason
            ? $"`{label}` never: {reason}"
            : string.Create(CultureInfo.InvariantCulture, $"`{label}` {conformal.Least[i]:0.000}"));
        var calibrated = trust.RejectedTemperature is { } drawn && trust.Temperature != 1
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"logits are divided by a temperature of {trust.Temperature:0.000}; {drawn:0.000} was fitted (Guo et al. 2017) and drawn towards 1 as far as "
                + $"answers on validation images that it was not fitted on asked")
            : trust.RejectedTemperature is { } rejected
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"probabilities are the network's own. A temperature of {rejected:0.000} was fitted (Guo et al. 2017) and left out, "
                + $"since it made answers worse on validation images that it was not fitted on")
            : string.Create(
                CultureInfo.InvariantCulture, $"logits are divided by a temperature of {trust.Temperature:0.000} (Guo et al. 2017)");
        text.Append(CultureInfo.InvariantCulture, $"""

            ## How it is calibrated
            On {trust.Images} validation images: {calibrated}.{Called(labels, trust.Threshold)}

            """);
        text.Append(conformal.MakesSets
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"A label is in the conformal set of {100 * conformal.Coverage:0.##} % from these probabilities on: {string.Join(", ", least)}.\n")
            : string.Create(
                CultureInfo.InvariantCulture,
                $"There are no conformal sets: {conformal.LeastImages} validation images of a label are needed for a coverage of "
                + $"{100 * conformal.Coverage:0.##} %, and no label has as many.\n"));
        if (trust.Over is { } over)
        {
            text.Append(CultureInfo.InvariantCulture, $"""

                The images are of {over.Sources.Count} sources ({string.Join(", ", over.Sources.Select(source => $"{Named(source.Source)} {source.Images}"))}). For temperature and
                threshold each source weighs the same; the sensitivity and specificity above are means over sources. A label's limit is the lowest
                that a source asks for, so that sets cover in each source, and are larger for it.

                """);
        }
        if (trust.Doubt is { } doubt)
        {
            text.Append(CultureInfo.InvariantCulture, $"""

                It is not sure, and gives no answer, between probabilities of a tumour of {doubt.From:0.000} and {doubt.To:0.000}, which {100 * doubt.Refused:0.0} % of the
                validation images have: of the others {100 * doubt.Wrong:0.0} % are called wrongly, of all {100 * doubt.WrongBefore:0.0} %. Sources with both answers weigh the same.

                """);
        }
        if (trust.Studies is { } studies)
        {
            text.Append(CultureInfo.InvariantCulture, $"""

                The images of a series are put together and calibrated on {studies.Series.Tumours} series of patients with a tumour and {studies.Series.Healthy} without one in it, studies on
                {studies.Study.Tumours} and {studies.Study.Healthy}; a tumour is called from one half on, where both are equally frequent.

                """);
        }
        if (description.Abstention is not { } abstention) return;
        text.Append(CultureInfo.InvariantCulture, $"""
            An image is refused above a novelty of {abstention.NoveltyLimit:0.00}, which {100 * abstention.Refused:0.0} % of {abstention.LimitFrom} validation images have{Weighed(abstention)}; what
            is known was learnt on {abstention.FittedOn} training images.

            """);
        if (abstention.Kinds is { } kinds) text.Append(Kinds(kinds));
    }

    private static string Kinds(KnownKinds known)
    {
        string[] refused = [.. known.Answers.Zip(known.Kinds.Kinds).Where(kind => kind.First.Lacking is not null)
            .Select(kind => $"- {(kind.Second.Name.Length > 0 ? Cell(kind.Second.Name) : "A kind without a name")}: {kind.First.Lacking}.\n")];
        var count = string.Create(CultureInfo.InvariantCulture, $"The training images are of {known.Answers.Count} kinds by how the head was imaged");
        return refused.Length == 0 ? $"\n{count}; each had both answers.\n"
            : $"\n{count}. An image of one of these is refused, since its answer may be read from the kind:\n\n{string.Concat(refused)}";
    }

    private static string Named(string source) => source.Length == 0 ? "of no source" : Cell(source);

    private static string Weighed(AbstentionSettings abstention) => abstention.Sources is { } sources
        ? string.Create(CultureInfo.InvariantCulture, $", each of {sources} sources weighing the same") : "";

    private static string Meaning(LabelSet labels)
    {
        if (!labels.TellsTumours) return "The labels do not part tumours from the healthy, so it gives no probability of a tumour.";
        string[] untyped = [.. Enumerable.Range(0, labels.Count).Where(i => labels.Allowed(i).Count > 1).Select(i => $"`{labels[i].Name}`")];
        return "The probability of a tumour is the sum over the labels that name one"
            + (untyped.Length == 0 ? "." : $"; {string.Join(" and ", untyped)} is a tumour whose type\nnobody wrote down.");
    }

    private static string Called(LabelSet labels, OperatingPoint point) => !labels.TellsTumours ? "" : string.Create(
        CultureInfo.InvariantCulture, $" An image is\ncalled a tumour from a calibrated probability of {point.Threshold:0.000} on{Chosen(point)}.");

    private static string Chosen(OperatingPoint point) => point.WantedSensitivity is null ? ", which was not chosen: no tumour was there to choose it on"
        : string.Create(
            CultureInfo.InvariantCulture,
            $", chosen for a sensitivity of\n{point.WantedSensitivity:0.00}; on the validation images it was {Share(point.Sensitivity)}, at a "
            + $"specificity of {Share(point.Specificity)}");

    private static string Share(double? share) =>
        share is { } value ? value.ToString("0.000", CultureInfo.InvariantCulture) : "not defined (no image of that kind)";

    private static string Others(ModelDescription description) => description.Abstention is null
        ? "It gives images of other body parts, and images that hold no scan, one of its labels all the same."
        : "It refuses images that do not look like those it knows, but not all of them: images of other body parts above all "
            + "may get one of its labels.";

    private static string Framed(Preprocessing preprocessing) => preprocessing.Framing == Framing.Head
        ? "The head cut out as a square, grey, everything else made black (the whole image where no head is found); brought"
        : "The image stretched";

    private static void AppendFigures(StringBuilder text, CardFacts facts)
    {
        if (facts.Figures.Count == 0) text.Append("None measured yet.\n");
        else AppendTable(text, facts.Figures);
        foreach (var note in facts.Notes) text.Append(CultureInfo.InvariantCulture, $"\n{note}\n");
        if (facts.Trust.Count > 0)
        {
            text.Append("\n## Calibration, threshold and sets\nLearnt on validation images, measured on those above.\n\n");
            AppendTable(text, facts.Trust);
        }
        foreach (var column in facts.By) AppendColumn(text, column);
    }

    private static void AppendTable(StringBuilder text, IReadOnlyList<CardFigure> figures)
    {
        text.Append("| figure | value | 95 % interval |\n| --- | --- | --- |\n");
        foreach (var figure in figures)
            text.Append(CultureInfo.InvariantCulture, $"| {figure.Name} | {figure.Value:0.0000} | {Interval(figure)} |\n");
    }

    private static void AppendColumn(StringBuilder text, CardColumn column)
    {
        string[] names = [.. column.Values.SelectMany(value => value.Figures).Select(figure => figure.Name).Distinct()];
        text.Append(CultureInfo.InvariantCulture, $"\n## Figures by {column.Column}\n");
        text.Append("Each with its 95 % interval; from a few images an interval knows only those and is too narrow.\n\n");
        text.Append(CultureInfo.InvariantCulture, $"| {Cell(column.Column)} | images | {string.Join(" | ", names)} |\n");
        text.Append("| --- | --- |").Insert(text.Length, " --- |", names.Length).Append('\n');
        foreach (var value in column.Values)
        {
            var cells = names.Select(name => value.Figures.FirstOrDefault(figure => figure.Name == name) is { } figure
                ? string.Create(CultureInfo.InvariantCulture, $"{figure.Value:0.0000}{(Interval(figure) is { Length: > 0 } ends ? $" ({ends})" : "")}")
                : "-");
            var shown = value.Value.Length == 0 ? "(none)" : Cell(value.Value);
            text.Append(CultureInfo.InvariantCulture, $"| {shown} | {value.Count} | {string.Join(" | ", cells)} |\n");
        }
    }

    private static string Interval(CardFigure figure) => double.IsNaN(figure.Low) || double.IsNaN(figure.High) ? ""
        : string.Create(CultureInfo.InvariantCulture, $"{figure.Low:0.0000} to {figure.High:0.0000}");

    // A column's values are anybody's text.
    private static string Cell(string text) =>
        text.Replace("|", "\\|", StringComparison.Ordinal).ReplaceLineEndings(" ");

    private static string Name<T>(T value) where T : struct, Enum =>
        value.ToString().ToLowerInvariant();
}
