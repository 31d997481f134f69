#:project ../src/Gyrus.Learning/Gyrus.Learning.csproj
#:package libtorch-cpu-linux-x64
#:property PublishAot=false

// Tunes and trains a head on features of ResNet18, which are computed once and kept, and plots how it went. Takes the published set's folder and one to write to; on another system the
// second line names its libtorch:
//     dotnet run -c Release examples/train.cs ../shared/data/brain-ct-mri trained
using System.Globalization;
using Gyrus;
using Gyrus.Data.Import;
using Gyrus.Learning.Runs;
using Gyrus.Learning.Training;
using Gyrus.Learning.Tuning;
using Gyrus.Learning.Weights;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var (dataset, folder) = (Path.GetFullPath(args[0]), args[1]);
var (list, path, features) = (Path.Combine(folder, "list.csv"), Path.Combine(folder, "scans.csv"), Path.Combine(folder, "features"));

// Every twentieth scan of the set, in the parts that it came with.
Directory.CreateDirectory(folder);
File.WriteAllLines(list, File.ReadLines(Path.Combine(dataset, "published-split.csv")).Skip(1)
    .Where((_, i) => i % 20 == 0).Select(line => Path.Combine(dataset, line)).Prepend("path,label,split"));
var manifest = DatasetImport.Run(list, path, images: folder, progress: null, CancellationToken.None).Manifest;
manifest.Save(path);

var recipe = new TrainingRecipe { Backbone = "resnet18", Training = new TrainingOptions { Epochs = 12 } };
var plan = RunPlan.Of(recipe, manifest, path, new WeightStore(UserCache.Folder("weights")));
var grid = new TuningGrid
{
    LearningRates = [1e-3, 3e-3],
    InnerSizes = [100],
    Dropouts = [0.2, 0.5],
};
var tuned = TuningStudy.Run(plan, grid, Path.Combine(folder, "tuning"), features, TimeProvider.System, new RunObserver(), CancellationToken.None);
foreach (var (point, best, _) in tuned.Results.OrderBy(result => result.Point.LearningRate).ThenBy(result => result.Point.Dropout))
    Console.WriteLine($"learning rate {point.LearningRate}, dropout {point.Dropout}: {best.Val.Accuracy:0.00} of the validation part right, {best.Val.TumourRecall:0.00} of its tumours seen");

// Of one setting the whole run: checkpoints, the recipe to repeat it by, and its curves.
var run = Path.Combine(folder, "run");
var record = TrainingRun.Train(plan, run, resume: false, features, TimeProvider.System, new RunObserver(), CancellationToken.None);
Console.WriteLine($"trained on {record.TrainingImages.Count} images: {record.Best.Val.Accuracy:0.00} of the validation part right");
foreach (var plot in Directory.GetFiles(folder, "*.svg", SearchOption.AllDirectories).Order(StringComparer.Ordinal)) Console.WriteLine(Path.GetRelativePath(folder, plot));
