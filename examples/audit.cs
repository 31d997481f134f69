#:project ../src/Gyrus.Data/Gyrus.Data.csproj
#:property PublishAot=false

// Audits some hundred scans of the published set, and splits them so that all copies of a scan are on one side. Takes the set's folder and one to write to:
//     dotnet run -c Release examples/audit.cs ../shared/data/brain-ct-mri audited
using System.Globalization;
using System.Text.RegularExpressions;
using Gyrus.Data.Audit;
using Gyrus.Data.AuditPages;
using Gyrus.Data.Examining;
using Gyrus.Data.Import;
using Gyrus.Data.Splits;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var (dataset, folder) = (Path.GetFullPath(args[0]), args[1]);
var (list, cache) = (Path.Combine(folder, "list.csv"), Path.Combine(folder, "cache"));

// The first sixty of each label, with the parts that the set came with.
Directory.CreateDirectory(folder);
File.WriteAllLines(list, File.ReadLines(Path.Combine(dataset, "published-split.csv"))
    .Where(line => !Regex.IsMatch(line, @"\((\d{3,}|6[1-9]|[7-9]\d)\)"))
    .Select(line => line.StartsWith("path,", StringComparison.Ordinal) ? line : Path.Combine(dataset, line)));

// What makes figures from them wrong. The page, audited/index.html, shows the pairs side by side.
var report = DatasetAudit.Run(list, new AuditOptions(cache, UnpackTo: folder), progress: null, CancellationToken.None);
AuditFiles.Write(report, folder);
Console.WriteLine($"{report.Images} images; copies in {report.Groups.Count} groups, {report.Leakage.Count} of a training image in the parts to be judged on");
foreach (var line in report.ScoreCard.Where(line => line.Verdict is Verdict.Warn or Verdict.Fail)) Console.WriteLine($"{line.Verdict}: {line.Finding}");

// New parts, by groups: nothing leaks.
var manifest = DatasetImport.Run(list, Path.Combine(folder, "split.csv"), images: folder, progress: null, CancellationToken.None).Manifest;
var copies = CopySearch.In(manifest, cache, progress: null, CancellationToken.None).Run(progress: null, CancellationToken.None);
var split = DatasetSplit.Run(manifest, copies, new SplitOptions { ValShare = 0.2, TestShare = 0.2 });
split.Save(Path.Combine(folder, "split.csv"));
var leakage = Leakage.Find([.. split.Rows.Select(row => new PlacedImage(row.Path, row.Label, row.Split, row.Fold))], copies.Groups);
foreach (var part in split.Rows.GroupBy(row => row.Split).OrderBy(part => part.Key)) Console.WriteLine($"{part.Key}: {part.Count()} images");
Console.WriteLine(leakage.IsAny ? "copies on both sides" : "no copies on both sides");
