#:project ../src/Gyrus.Evaluation/Gyrus.Evaluation.csproj

// Judges the model that comes with Gyrus on scans of several collections, each collection apart. Takes their folder, with an index.csv of path, label and source, and one to write to:
//     dotnet run -c Release examples/evaluate.cs ../shared/data/sources judged
using System.Globalization;
using Gyrus.Data.Import;
using Gyrus.Data.Manifests;
using Gyrus.Evaluation.Answers;
using Gyrus.Evaluation.Figures;
using Gyrus.Evaluation.Pages;
using Gyrus.Inference;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var (collections, folder) = (Path.GetFullPath(args[0]), args[1]);
var (list, path) = (Path.Combine(folder, "list.csv"), Path.Combine(folder, "scans.csv"));

// Every sixth scan. A haemorrhage and a stroke are no tumours.
Directory.CreateDirectory(folder);
File.WriteAllLines(list, File.ReadLines(Path.Combine(collections, "index.csv")).Skip(1).Where((_, i) => i % 6 == 0)
    .Select(line => Path.Combine(collections, string.Join(',', line.Split(',').Take(3)))).Prepend("path,label,source"));
var noTumours = new ImportLabels(Renamed: new Dictionary<string, string> { ["ct_haemorrhage"] = "ct_healthy", ["ct_stroke"] = "ct_healthy" });
DatasetImport.Run(list, path, images: folder, progress: null, CancellationToken.None, noTumours).Manifest.Save(path);

// Most of them are images that the model was trained on, of which figures would say nothing.
const string Model = "models/default";
using var model = new JudgedPackage(ScanClassifier.Open(Model));
var request = new EvaluationRequest(path, Split.None, new EvaluationOptions()) { Columns = ["source"], WithoutKnown = true };
var judged = ModelEvaluation.Run(model, request, progress: null, Console.Error.WriteLine, CancellationToken.None);
EvaluationPage.Write(folder, Model, path, judged, model.Explainer(), progress: null, CancellationToken.None);
Console.WriteLine($"{judged.LeftOut} images that it was trained on left out, judged on {judged.Report.Count}:");
var all = judged.Report.Tumour[BinaryFigures.BalancedAccuracy];
Console.WriteLine($"balanced accuracy {all.Value:0.00} [{all.Low:0.00}, {all.High:0.00}]");
foreach (var source in judged.Report.By!.Single().Values.Where(source => !source.IsFew).OrderBy(source => source.Value, StringComparer.Ordinal))
    Console.WriteLine($"{source.Value,-12} {source.Count,4} images, right {source.Right:0.00}, accepted {source.Figures["accepted"].Value:0.00}");
