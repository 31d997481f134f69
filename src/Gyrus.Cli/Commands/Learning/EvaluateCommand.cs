using System.CommandLine;
using System.Globalization;
using Gyrus.Cli.Terminal;
using Gyrus.Data;
using Gyrus.Evaluation.Figures;
using Gyrus.Evaluation.Reports;
using Gyrus.Evaluation.Scans;
using Gyrus.Evaluation.TrustFitting;
using Gyrus.Imaging;
using Gyrus.Inference;
using Gyrus.Learning.Runs;
using Gyrus.Learning.Training;
using Gyrus.Learning.Weights;
using Gyrus.Package;

namespace Gyrus.Cli.Commands.Learning;

/// <summary><c>gyrus evaluate</c>.</summary>
internal static class EvaluateCommand
{
    public static Command Create()
    {
        var model = new Argument<string?>("model")
        {
            Description = "Folder of a run, or of a model package; not with --folds.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var dataset = new Argument<string?>("dataset")
        {
            Description = "Manifest with labels; not with --folds.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var folds = new Option<string?>("--folds")
        {
            Description = "A manifest with folds: trains on them and evaluates what each run says of the fold that it has "
                + "not seen. Needs --out, goes on after a kill, and takes the options of gyrus train.",
            HelpName = "MANIFEST",
        };
        var split = new Option<Split>("--split")
        {
            Description = "The part to evaluate on: test, val, train, or none for every image.",
            DefaultValueFactory = _ => Split.Test,
        }.TakeNames();
        var folder = new Option<string?>("--out")
        {
            Description = "Folder for evaluation.json, predictions.csv and the plots; evaluation-PART in the model's "
                + "folder for a run, none for a package.",
        };
        var threshold = new Option<double>("--threshold")
        {
            Description = "Tumour probability from which a scan is called a tumour.",
            DefaultValueFactory = _ => EvaluationOptions.DefaultTumourThreshold,
        };
        var allowLeaked = new Option<bool>("--allow-leaked")
        {
            Description = "Exit with 0 even where the model, or a fold's run, was trained on some of the images or on "
                + "copies of them.",
        };
        var withoutLeaked = new Option<bool>("--without-leaked")
        {
            Description = "Leave out the images that the model was trained on, and the copies of them that the manifest's "
                + "groups tell of.",
        };
        var views = ViewsOption.Create();
        var by = new Option<string[]>("--by")
        {
            Description = "Also the figures apart for each value of a column: modality, mode, format, or one of the "
                + "manifest's own such as a plane or a scanner. May be given several times.",
            HelpName = "COLUMN",
        };
        var map = new Option<string[]>("--map")
        {
            Description = "Where the data's labels are not the model's, what each stands for: tumour, healthy, a type that the model knows, or one of "
                + "its labels, as yes=tumour,no=healthy. The model's probabilities are added up, and its own threshold holds.",
            HelpName = "LABEL=MEANING",
        };
        var cache = CacheOption.Create();
        var format = FormatOption.Create();
        var recipe = new RecipeOptions(new TrainingOptions().Patience);
        var command = new Command(
            "evaluate",
            "Says how good a model is, each figure with a 95 % bootstrap interval, by group where the manifest has groups. "
            + "Looks for the images among those "
            + "that the model was trained on, and for copies of them where the manifest has groups; where it finds some, "
            + "the figures are marked as leaked and the exit code "
            + $"is {ExitCode.CheckFailed}.")
        {
            model, dataset, folds, split, folder, threshold, allowLeaked, withoutLeaked, views, by, map, cache, format,
        };
        var trust = new TrustFlags();
        trust.AddTo(command);
        var fineTune = new FineTuneFlags();
        recipe.AddTo(command);
        fineTune.AddTo(command);
        command.Validators.Add(result =>
        {
            bool Given(Option option) => result.GetResult(option) is { Implicit: false };
            if (!Given(folds))
            {
                if (result.GetValue(dataset) is null)
                    result.AddError("evaluate needs a model and a dataset; or --folds MANIFEST and --out.");
                if (recipe.All.Concat(fineTune.All).FirstOrDefault(Given) is { } option)
                    result.AddError($"{option.Name} says how to train, which only --folds does.");
                return;
            }
            if (result.GetValue(model) is not null || ((Option[])[split, withoutLeaked, map]).Any(Given))
            {
                result.AddError("--folds trains its own models and tests on every fold: a model, --split, --map and "
                    + "--without-leaked have no place beside it.");
            }
            if (!Given(folder)) result.AddError("--folds needs --out, a folder for the runs.");
        });
        command.AddExamples(
            "gyrus evaluate runs/first dataset.csv",
            "gyrus evaluate runs/first dataset.csv --without-leaked",
            "gyrus evaluate runs/first dataset.csv --by modality --by plane",
            "gyrus evaluate models/default other.csv --split none --out report --format json",
            "gyrus evaluate models/default yes-no.csv --split none --map yes=tumour,no=healthy",
            "gyrus evaluate --folds folds.csv --out runs/folds --dropout 0.5 --patience 5");
        command.SetAction((parsed, cancellation) =>
        {
            if (parsed.GetValue(folds) is { } foldsManifest)
            {
                return Task.FromResult(FoldEvaluation.Run(
                    foldsManifest, parsed.GetValue(folder)!, parsed.GetValue(threshold), parsed.GetValue(allowLeaked), parsed.GetValue(by)!,
                    parsed.GetValue(cache)!, parsed.GetValue(format), recipe, fineTune, trust.Read(parsed), parsed, cancellation));
            }
            var part = parsed.GetValue(split);
            var whole = Manifest.Load(parsed.GetValue(dataset)!);
            var columns = parsed.GetValue(by)!;
            ScanColumns.Require(whole, columns);
            var manifest = Part(whole, part);
            if (manifest.Rows.Count == 0) throw new GyrusException(Empty(parsed.GetValue(dataset)!, whole, part));
            var options = new EvaluationOptions { TumourThreshold = parsed.GetValue(threshold) };
            options.Check();
            var mapped = MapOf(manifest.Labels, LabelsOf(parsed.GetValue(model)!), parsed.GetValue(map)!);
            using var progress = new ProgressLine();
            var unusable = new List<string>();
            var scored = Score(
                parsed.GetValue(model)!, whole, manifest, trust.Read(parsed), parsed.GetValue(cache)!, parsed.GetValue(views),
                progress, unusable, cancellation);
            scored = scored with
            {
                TrainingImages = KnownScans.WithCopies(whole, scored.TrainingImages),
                SelectionImages = KnownScans.WithCopies(whole, scored.SelectionImages),
            };
            progress.Clear();
            foreach (var reason in unusable) progress.WriteLine("left out: " + reason);
            bool unseenOnly = parsed.GetValue(withoutLeaked);
            if (unseenOnly) scored = scored.WithoutLeaked(progress);

            int chosenOn = scored.Scans.Count(scan => scored.SelectionImages.Contains(scan.Sha256));
            if (chosenOn > 0)
            {
                progress.WriteLine(
                    $"{chosenOn} of these images, or copies of them, chose the model's epoch (validation): the figures flatter a little");
            }
            var calibrated = scored.Calibrated();
            if (mapped is not null)
            {
                var labels = manifest.Rows.ToDictionary(row => row.Path, row => row.Label);
                calibrated = [.. calibrated.Select(scan => mapped.Map(scan, labels[scan.Path]))];
                // What was learnt speaks of the model's labels; its threshold holds all the same.
                if (scored.Trust is { } own && parsed.GetResult(threshold) is null or { Implicit: true })
                    options = options with { TumourThreshold = own.Threshold.Threshold };
                scored = scored with { Trust = null };
            }
            options = options with { Groups = ScanGroupNumbers.Of(manifest, calibrated) };
            var report = Evaluator.Run(calibrated, scored.TrainingImages, options) with
            {
                By = ScanColumns.Figures(manifest, columns, calibrated, options),
            };
            if (scored.Trust is { } learnt)
                report = report with { Trust = TrustReport.Of([.. scored.Scans.Select(scan => (scan, learnt))]) };
            var output = parsed.GetValue(folder)
                ?? (scored.IsRun ? Path.Combine(parsed.GetValue(model)!, FolderName(part, unseenOnly)) : null);
            if (output is not null) EvaluationFiles.Write(output, report, calibrated, scored.Trust is null ? null : scored.Scans);
            Console.Out.Write(parsed.GetValue(format) == OutputFormat.Json
                ? EvaluationJson.Write(report)
                : EvaluationTable.Render(report));
            return Task.FromResult(
                report.IsLeaked && !parsed.GetValue(allowLeaked) ? ExitCode.CheckFailed
                : unusable.Count > 0 ? ExitCode.SomeUnreadable
                : ExitCode.Success);
        });
        return command;
    }

    private static LabelSet LabelsOf(string model) => File.Exists(Path.Combine(model, RunRecord.FileName))
        ? RunRecord.Load(model).Recipe.LabelSet() : ModelPackage.Load(model).Manifest.LabelSet();

    /// <summary>How the data's labels are judged by the model's; null where they are the same.</summary>
    private static LabelMap? MapOf(LabelSet data, LabelSet model, string[] given)
    {
        if (given.Length == 0 && data.Names.All(name => model.IndexOf(name) >= 0)) return null;
        return LabelMap.Of(data, model, NamePairs.Read("--map", given));
    }

    /// <summary>The folder, within a run's, that an evaluation of a part goes to.</summary>
    internal static string FolderName(Split part, bool unseenOnly = false)
    {
        var name = part == Split.None ? "evaluation-all" : "evaluation-" + part.ToString().ToLowerInvariant();
        return unseenOnly ? name + "-unseen" : name;
    }

    private static Manifest Part(Manifest manifest, Split split) => split == Split.None
        ? manifest
        : manifest with { Rows = [.. manifest.Rows.Where(row => row.Split == split)] };

    private static string Empty(string path, Manifest whole, Split part)
    {
        if (whole.Rows.Count == 0) return $"{path}: the manifest names no image. Name another one.";
        var there = whole.Rows.GroupBy(row => row.Split).OrderBy(rows => rows.Key)
            .Select(rows => string.Create(CultureInfo.InvariantCulture, $"{Name(rows.Key)} ({rows.Count()} images)"));
        return $"{path}: no image is in the part {Name(part)}. There are {string.Join(", ", there)}: name one of them with --split, "
            + "--split none for every image, or split the data: gyrus data split.";
    }

    private static string Name(Split part) => part.ToString().ToLowerInvariant();

    private sealed record Scored(
        List<ScoredScan> Scans,
        IReadOnlySet<string> TrainingImages,
        IReadOnlySet<string> SelectionImages,
        TrustSettings? Trust,
        bool IsRun)
    {
        public List<ScoredScan> Calibrated() =>
            [.. Scans.Select(scan => Trust is null ? scan : TemperatureFit.At(scan, Trust.Temperature))];

        public Scored WithoutLeaked(ProgressLine progress)
        {
            var unseen = Scans.Where(scan => !TrainingImages.Contains(scan.Sha256)).ToList();
            progress.WriteLine($"{Scans.Count - unseen.Count} images that the model was trained on, or on copies of, are left out");
            return this with { Scans = unseen };
        }
    }

    private static Scored Score(
        string folder,
        Manifest whole,
        Manifest manifest,
        TrustOptions trust,
        string cache,
        int views,
        ProgressLine progress,
        List<string> unusable,
        CancellationToken cancellation)
    {
        if (!File.Exists(Path.Combine(folder, RunRecord.FileName)))
            return ScorePackage(folder, manifest, views, progress, unusable, cancellation);
        if (views != 1) throw new GyrusException("--views looks at images with a model package: export the run first.");
        var run = TrainedRun.Open(folder, new WeightStore(UserCache.Folder("weights")));
        var observer = new RunObserver(progress, OnUnusable: scan => unusable.Add(scan.Reason));
        var scans = run.Score(manifest, cache, observer, cancellation).ToList();
        return new Scored(
            scans,
            run.Record.TrainingImages.ToHashSet(),
            run.Record.SelectionImages.ToHashSet(),
            run.LearnTrust(whole, trust, cache, observer, cancellation),
            IsRun: true);
    }

    private static Scored ScorePackage(
        string folder,
        Manifest manifest,
        int views,
        ProgressLine progress,
        List<string> unusable,
        CancellationToken cancellation)
    {
        using var classifier = ScanClassifier.Open(folder, new ClassifierOptions(Views: views));
        if (NetworkFile.Doubt(classifier.Package) is { } doubt) progress.WriteLine("gyrus: " + doubt);
        var scans = new List<ScoredScan>();
        var results = classifier.Classify(
            manifest.Rows, manifest.FullPath, row => ManifestScans.Read(manifest, row), progress, cancellation);
        foreach (var (row, result) in manifest.Rows.Zip(results))
        {
            if (result.Probabilities is null) unusable.Add(result.Error!);
            else scans.Add(new ScoredScan(row.Path, row.Sha256, classifier.Labels.IndexOf(row.Label), result.Uncalibrated!) { Labels = classifier.Labels });
        }
        var description = classifier.Package.Manifest;
        return new Scored(
            scans, description.TrainingImages.ToHashSet(), description.SelectionImages.ToHashSet(), description.Trust, IsRun: false);
    }
}
